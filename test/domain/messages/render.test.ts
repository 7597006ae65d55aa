import fc from 'fast-check';
import { catalogue } from '../../../domain/messages/catalogue';
import { render, type RenderFacts } from '../../../domain/messages/render';
import { isGsm7, segmentsOf } from '../../../domain/messages/segments';
import { everyDay } from '../../../domain/policies/every-day';
import type { Language, Terms } from '../../../domain/policies/terms';
import { firstPolicy } from '../../../prisma/seed';
import { calendar } from '../../support/terms';

const store = {
  id: 'hz-01',
  name: { 'zh-CN': '杭州西湖店', en: 'Hangzhou' },
  timeZone: 'Asia/Shanghai',
  calendar: 'china',
  hours: everyDay([{ from: '09:00', to: '20:00' }]),
};
const terms: Terms = { ...firstPolicy, store };
type Asked = 'guidance-check' | 'not-understood' | 'satisfaction';
const asked: Record<Asked, Pick<RenderFacts['message'], 'facts' | 'names'>> = {
  'guidance-check': { facts: { guidedAt: '2026-11-24T04:00:00.000Z' }, names: { callBy: 'guidance-call' } },
  'not-understood': { facts: {}, names: { callBy: 'reply-answered' } },
  satisfaction: { facts: { withinMinutes: 30 }, names: {} },
};
const templates = Object.keys(asked) as Asked[];
const languages: Language[] = ['zh-CN', 'en'];

function text(
  template: Asked,
  language: Language,
  more: Partial<RenderFacts> & { dueAt?: string; twoWay?: boolean } = {},
) {
  const { dueAt, twoWay = true, ...facts } = more;
  const at = '2026-11-24T06:00:00.000Z';
  const message = { caseNumber: 'AC-7K3M-9XQ2', template, at, ...asked[template], ...(dueAt && { dueAt }) };
  const question = template === 'not-understood' ? 'guidance-check' : template;
  const choices = [
    { choice: 'yes', digit: '1' },
    { choice: 'no', digit: '2' },
  ];
  const digits = twoWay ? { digits: { template: question, choices } as const } : {};
  return render({
    message,
    terms,
    calendar,
    language,
    customerZone: 'Asia/Shanghai',
    shortCode: '4821',
    product: '空调',
    ...digits,
    ...facts,
  });
}

test.each([
  [
    'guidance-check',
    'zh-CN',
    true,
    '【安心服务】您好，11月24日 周二 12:00电话指导后，您的空调能正常使用了吗？能用回1，不能用回2。如不能用或未收到答复，我们会在11月24日 周二 15:00前致电您。单号AC-7K3M-9XQ2',
  ],
  [
    'guidance-check',
    'zh-CN',
    false,
    '【安心服务】您好，11月24日 周二 12:00电话指导后，您的空调能正常使用了吗？答复请致电400-000-0000，报短码4821。如不能用或未收到答复，我们会在11月24日 周二 15:00前致电您。单号AC-7K3M-9XQ2',
  ],
  [
    'guidance-check',
    'en',
    true,
    'Anxin Service AC-7K3M-9XQ2: after our phone advice (Tue 24 Nov 12:00), does your product work now? Reply 1 = yes, 2 = no. If it does not, or if we hear nothing, we will phone you by Tue 24 Nov 15:00.',
  ],
  [
    'guidance-check',
    'en',
    false,
    'Anxin Service AC-7K3M-9XQ2: after our phone advice (Tue 24 Nov 12:00), does your product work now? To answer, call 400-000-0000, code 4821. If it does not, or if we hear nothing, we will phone you by Tue 24 Nov 15:00.',
  ],
  [
    'not-understood',
    'zh-CN',
    true,
    '【安心服务】抱歉，系统未能识别您的回复，已原文转给客服，11月24日 周二 14:30前会有人联系您。也可以只回数字：1=能用，2=不能用。客服电话400-000-0000，单号AC-7K3M-9XQ2',
  ],
  [
    'not-understood',
    'zh-CN',
    false,
    '【安心服务】抱歉，系统未能识别您的回复，已原文转给客服，11月24日 周二 14:30前会有人联系您。答复请致电客服，报短码4821。客服电话400-000-0000，单号AC-7K3M-9XQ2',
  ],
  [
    'not-understood',
    'en',
    true,
    'Anxin Service AC-7K3M-9XQ2: sorry, our system did not understand your reply. A person has it and will contact you by Tue 24 Nov 14:30. You can also reply with one digit: 1 = it works, 2 = it does not. Phone 400-000-0000.',
  ],
  [
    'not-understood',
    'en',
    false,
    'Anxin Service AC-7K3M-9XQ2: sorry, our system did not understand your reply. A person has it and will contact you by Tue 24 Nov 14:30. To answer, call us, code 4821. Phone 400-000-0000.',
  ],
  [
    'satisfaction',
    'zh-CN',
    true,
    '【安心服务】您的空调服务已完成，您对这次处理满意吗？满意回1，不满意回2，不想收短信回T。若不满意，会有专人在您答复后30分钟内致电，继续为您处理。单号AC-7K3M-9XQ2',
  ],
  [
    'satisfaction',
    'en',
    false,
    'Anxin Service AC-7K3M-9XQ2: our work on your product is done. Are you satisfied with how it was handled? To answer, call 400-000-0000, code 4821. If you are not, a person will phone you within 30 minutes of your answer and go on with it.',
  ],
] as const)('%s in %s, with digits %s', (template, language, twoWay, expected) => {
  expect(text(template, language, { twoWay })).toBe(expected);
});

test.each(templates)('%s has the same keys, and the same in its reply clause, in both languages', (template) => {
  const keys = (words: string) => [...words.matchAll(/\{(\w+)\}/g)].map(([, key]) => key).toSorted();
  const clause = (words: string) => keys(/⟦(.*)⟧/u.exec(words)?.[1] ?? '');
  const { 'zh-CN': chinese, en: english } = catalogue[template].words;
  expect(keys(english)).toEqual(keys(chinese));
  expect(clause(english)).toEqual(clause(chinese));
  expect(clause(english).length).toBeGreaterThan(0);
});

describe('a text that comes late', () => {
  test('says sorry when more than five minutes late, not before', () => {
    expect(text('guidance-check', 'zh-CN', { dueAt: '2026-11-24T05:54:59.000Z' })).toContain(
      '您好，抱歉来晚了。11月24日',
    );
    expect(text('guidance-check', 'en', { dueAt: '2026-11-24T05:54:59.000Z' })).toContain(
      ': sorry to be late; after our phone',
    );
    expect(text('guidance-check', 'en', { dueAt: '2026-11-24T05:55:00.000Z' })).not.toContain('sorry');
  });

  test('keeps to two segments also for a customer abroad on a number that hears no replies', () => {
    const late = text('guidance-check', 'zh-CN', {
      dueAt: '2026-11-24T01:00:00.000Z',
      customerZone: 'America/St_Johns',
      twoWay: false,
    });
    expect(segmentsOf(late)).toBe(2);
    expect(late).toContain('11月24日 周二 00:30电话指导后');
    expect(late).toContain('11月24日 周二 08:30 GMT-3:30前致电您');
  });
});

describe('values', () => {
  const family = '👨‍👩‍👧‍👦';

  test.each([
    ['braces stay what they are', '{{phone}} {case}', '您的{{phone}} {case}能'],
    ['line breaks do not break the text', 'a\r\nb\u2028c', '您的a b c能'],
    ['nobody poses as another sender', '【银行】⟦{yes}⟧', '您的银行 {yes}能'],
    ['directions do not turn the text around', '\u202eabc\u202c مكيف', '您的abc مكيف能'],
    ['emoji stay whole', family, `您的${family}能`],
    ['no page is led to', 'http://bad.example/x 空调www.bad.cn', '您的空调能'],
    ['nor by its name alone', 'x.bad.com/pay?1 空调', '您的空调能'],
    ['nothing but blanks is a product', ' \n ', '您的产品能'],
  ])('%s', (_what, product, expected) => {
    expect(text('guidance-check', 'zh-CN', { product })).toContain(expected);
  });

  test.each([
    ['typographic marks are typewritten', 'Dyson “V8” – Tom’s', 'your Dyson "V8" - Tom\'s work'],
    ['accents that old phones lack are dropped', 'Electrolux Ångström â', 'your Electrolux Ångström a work'],
    ['a Chinese name does not halve the text', '空调 KFR-35', 'your KFR-35 work'],
    ['what is Chinese alone is a product', '空调', 'your product work'],
    ['emoji are dropped', 'TV 📺', 'your TV work'],
  ])('in English %s', (_what, product, expected) => {
    expect(text('guidance-check', 'en', { product })).toContain(expected);
  });

  test('a long product is shortened to what fits, between whole emoji', () => {
    const long = text('guidance-check', 'zh-CN', { product: family.repeat(30) });
    expect(long).toMatch(new RegExp(`您的(${family})+…能`, 'u'));
    expect(segmentsOf(long)).toBe(2);
  });

  test('whatever people type, a text is at most two segments, and English stays in the alphabet of old phones', () => {
    const typed = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.string({ unit: 'grapheme', maxLength: 300 }),
    );
    const zones = fc.constantFrom('Asia/Shanghai', 'America/St_Johns', 'Asia/Kathmandu');
    fc.assert(
      fc.property(
        typed,
        fc.constantFrom(...templates),
        fc.boolean(),
        zones,
        (product, template, twoWay, customerZone) => {
          for (const language of languages) {
            const said = text(template, language, { product, twoWay, customerZone, dueAt: '2026-11-24T01:00:00.000Z' });
            expect(segmentsOf(said)).toBeLessThanOrEqual(2);
            expect(said).not.toMatch(/[\n\r\u202a-\u202e]/);
            if (language === 'en') expect(isGsm7(said)).toBe(true);
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  test('what is left out cannot make a page’s address of the rest', () => {
    expect(text('guidance-check', 'en', { product: 'w中w中w.bad.example TV' })).toContain('does your TV work');
  });

  test('a fact that is missing is a fault, never a hole in the text', () => {
    expect(() => render({ ...factsWithout(), language: 'en' })).toThrow('nothing to say for {guidedAt}');
  });
});

function factsWithout(): RenderFacts {
  const message = {
    caseNumber: 'AC-1',
    template: 'guidance-check' as const,
    facts: {},
    names: {},
    at: '2026-11-24T06:00:00.000Z',
  };
  return { message, terms, calendar, language: 'zh-CN', customerZone: 'Asia/Shanghai', shortCode: '4821' };
}

test.each([
  ['zh-CN', '也可以只回数字：空调：1=能用，2=不能用；滚筒洗衣机带烘干…：3=能用，4=不能用。'],
  [
    'en',
    'You can also reply with one digit: product: 1 = it works, 2 = it does not; Washing...: 3 = it works, 4 = it does not.',
  ],
] as const)('who has two open questions is told which digits are for which product, in %s', (language, expected) => {
  const question = (product: string, yes: string, no: string) => ({
    template: 'guidance-check' as const,
    product,
    choices: [
      { choice: 'yes', digit: yes },
      { choice: 'no', digit: no },
    ],
  });
  const other = language === 'en' ? 'Washing machine' : '滚筒洗衣机带烘干功能';
  const said = text('not-understood', language, {
    digits: question('空调', '1', '2'),
    alsoOpen: [question(other, '3', '4')],
  });
  expect(said).toContain(expected);
  expect(segmentsOf(said)).toBeLessThanOrEqual(2);
});

describe('a link', () => {
  const link = `https://care.example/p/${'x'.repeat(43)}`;

  test('stands where nobody can reply, with a space behind it', () => {
    const said = text('guidance-check', 'en', { twoWay: false, link });
    expect(said).toContain(`Answer here: ${link} If it does not,`);
    expect(said).not.toContain('4821');
    const short = 'https://a.example/p/x';
    expect(text('satisfaction', 'zh-CN', { twoWay: false, link: short })).toContain(`在线答复：${short} 若不满意`);
  });

  test('that does not fit into two segments gives way to phone and short code', () => {
    const said = text('guidance-check', 'zh-CN', { twoWay: false, link: link + 'x'.repeat(60) });
    expect(said).toBe(text('guidance-check', 'zh-CN', { twoWay: false }));
    expect(said).toContain('4821');
  });

  test('is never there beside digits, nor is any other address of a page', () => {
    expect(text('guidance-check', 'en', { link })).not.toContain('http');
    const named = { ...terms, brand: { ...terms.brand, en: 'www.example.com' } };
    expect(() => text('guidance-check', 'en', { terms: named })).toThrow('it names a page');
  });
});
