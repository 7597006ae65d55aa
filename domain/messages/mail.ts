import type { Language, Terms } from '../policies/terms';
import { mailPage, type FooterLine } from './mail-page';
import { mailSubjects } from './mail-subjects';
import type { TemplateId } from './message';

export interface MailFacts {
  /** The words of the message as they were rendered: they stand in the mail word for word. */
  body: string;
  template: TemplateId;
  caseNumber: string;
  terms: Pick<Terms, 'brand' | 'phone'>;
  language: Language;
  shortCode: string;
  /** A page of ours where the customer sees the case and answers: an `https` address. Without one the mail names none. */
  page?: string;
}

/** One mail in both its parts. */
export interface Mail {
  subject: string;
  text: string;
  html: string;
}

/** The mail that carries a rendered message: a text part and an HTML part that say the same, and a footer with the ways to answer. */
export function mailOf(facts: MailFacts): Mail {
  const { template, terms, language, caseNumber } = facts;
  const brand = readable(terms.brand[language]);
  const subject = `${brand}${language === 'en' ? ': ' : '：'}${mailSubjects[template][language]} (${caseNumber})`;
  const body = readable(facts.body);
  const footer = footerOf(facts);
  const lines = footer.map(({ before, words, after }) => before + words + after);
  return {
    subject,
    text: [body, '', '--------', brand, ...lines, ''].join('\n'),
    html: mailPage({ subject, brand, body, footer, language }),
  };
}

function footerOf({ caseNumber, terms: { phone }, language, shortCode, page }: MailFacts): FooterLine[] {
  const tel = `tel:${phone.replace(/[^+\d]/g, '')}`;
  const way = page && safePage(page);
  if (language === 'en')
    return [
      { before: 'Case ', words: caseNumber, after: '' },
      { before: 'To answer or ask, call ', words: phone, link: tel, after: ` and give the code ${shortCode}.` },
      ...(way ? [{ before: 'Or see your case and answer here: ', words: way, link: way, after: '' }] : []),
      { before: '', words: 'This mail was sent automatically.', after: '' },
    ];
  return [
    { before: '单号：', words: caseNumber, after: '' },
    { before: '答复或咨询请致电 ', words: phone, link: tel, after: `，报短码 ${shortCode}。` },
    ...(way ? [{ before: '也可在线查看和答复：', words: way, link: way, after: '' }] : []),
    { before: '', words: '本邮件由系统自动发送。', after: '' },
  ];
}

/** @throws RangeError for an address that a browser would not open as a page. */
function safePage(page: string): string {
  if (!/^https?:\/\/[^\s\p{C}<>"]+$/u.test(page)) throw new RangeError('The page in a mail must be a web address.');
  return page;
}

/** What every mail program can show: no control characters but line breaks, no halves of characters. */
function readable(words: string): string {
  return words
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(/(?!\n)\p{Cc}/gu, ' ')
    .replace(/\p{Surrogate}/gu, '\uFFFD');
}
