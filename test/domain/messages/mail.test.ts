import { catalogue } from '../../../domain/messages/catalogue';
import { mailOf, type MailFacts } from '../../../domain/messages/mail';
import { isOneAddress } from '../../../domain/messages/mail-address';
import type { TemplateId } from '../../../domain/messages/message';
import type { Language } from '../../../domain/policies/terms';

const terms = { brand: { 'zh-CN': '安心服务', en: 'Anxin Service' }, phone: '+86 400-000-0000' };
const aMail = (more: Partial<MailFacts> = {}) =>
  mailOf({
    body: '【安心服务】您好，您的空调能正常使用了吗？',
    template: 'guidance-check',
    caseNumber: 'AC-7K3M-9XQ2',
    terms,
    language: 'zh-CN',
    shortCode: '483920',
    ...more,
  });
/** What a person reads of an HTML part. */
const wordsOf = (html: string) =>
  html
    .replace(/<head>.*<\/head>/s, '')
    .replace(/<br>\n/g, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&');

const languages: Language[] = ['zh-CN', 'en'];
const templates = Object.keys(catalogue) as TemplateId[];

test.each(templates.flatMap((template) => languages.map((language) => ({ template, language }))))(
  'the subject of $template in $language names brand, case and what it is about, on one line',
  ({ template, language }) => {
    const { subject } = aMail({ template, language });
    expect(subject.startsWith(terms.brand[language])).toBe(true);
    expect(subject).toContain('(AC-7K3M-9XQ2)');
    expect(subject.replace(terms.brand[language], '').replace('(AC-7K3M-9XQ2)', '')).toMatch(/\p{L}{2,}/u);
    expect(subject).not.toMatch(/\p{Cc}/u);
    expect(subject.length).toBeLessThanOrEqual(80);
    if (language === 'en') expect(subject).toMatch(/^[\x20-\x7e]*$/);
  },
);

test.each(languages)(
  'both parts in %s say the same: the words, and how to answer by phone with the short code',
  (language) => {
    const body = 'one\ntwo 三 <b>&"\'';
    const { text, html } = aMail({ body, language, page: 'https://service.example/track' });
    for (const part of [text, wordsOf(html)]) {
      expect(part).toContain(body);
      for (const words of ['AC-7K3M-9XQ2', terms.phone, '483920', 'https://service.example/track'])
        expect(part).toContain(words);
    }
    const bare = (words: string) => words.replace(/[\s-]+/g, '');
    expect(bare(text).replace(bare(body), '')).toBe(bare(wordsOf(html)).replace(bare(body), ''));
  },
);

test('a page to answer on is named only where there is one', () => {
  expect(aMail().text).not.toContain('http');
  expect(aMail().html).not.toContain('http');
});

test.each(['javascript:alert(1)', 'https://x.example/"><script>', 'https://x.example/ y', '/track'])(
  'a page that is no web address is refused: %s',
  (page) => {
    expect(() => aMail({ page })).toThrow(RangeError);
  },
);

test('nothing that a person typed becomes markup', () => {
  const body = '<script>alert(1)</script><img src=x onerror=alert(1)>"\' style=x &lt; </p></div></body>';
  const { html } = aMail({ body });
  expect(html).not.toMatch(/<script|<img|<\/p><\/div>/);
  expect(wordsOf(html)).toContain(body);
});

test('the HTML part loads nothing and needs nothing but inline styles', () => {
  const { html } = aMail({ page: 'https://service.example/track' });
  expect(html).not.toMatch(
    /<(img|link|script|iframe|object|video|audio|form|table)\b|url\(|@import|\bsrc=|background/i,
  );
  expect([...html.matchAll(/https?:[^"<\s]*/g)].map(([url]) => url)).toEqual(
    Array(2).fill('https://service.example/track'),
  );
});

test.each(languages)(
  'the HTML part says that it is in %s, and names no colour that a dark screen would hide',
  (language) => {
    const { html } = aMail({ language });
    expect(html).toMatch(new RegExp(`<html lang="${language}" dir="ltr">`));
    expect(html).toContain('<meta name="color-scheme" content="light dark">');
    expect(html.match(/[^-]color:(?!inherit)[^;"]*/g)).toEqual(null);
  },
);

test('what is written from right to left stays by itself, so that a date after it keeps its place', () => {
  const { html } = aMail({ body: '您的مكيف هواء سبليت 11月24日 14:00，שלום 2' });
  expect(html).toContain('您的<bdi>مكيف هواء سبليت</bdi> 11月24日 14:00，<bdi>שלום</bdi> 2');
});

test('control characters and halves of characters do not reach a mail', () => {
  const { text, html } = aMail({ body: 'a\0b\u001bc\ud83dd\r\ne\u2028f😀' });
  for (const part of [text, wordsOf(html)]) expect(part).toContain('a b c\ufffdd\ne\nf😀');
});

test.each(['li.mei@example.com', 'a+b_c-d@sub.example.co', "o'neil@example.com", '李梅@例子.中国', 'x@localhost'])(
  '%s is one address',
  (address) => expect(isOneAddress(address)).toBe(true),
);

test.each([
  'a@b@c',
  'a,b@c.d',
  'a b@c.d',
  '.a@c.d',
  'a..b@c.d',
  'a@c..d',
  'a@-c.d',
  'a@c.d.',
  'a@[127.0.0.1]',
  `${'a'.repeat(65)}@c.d`,
])('%s is none that we would mail to', (address) => expect(isOneAddress(address)).toBe(false));
