import { dateWords } from '../calendar/words';
import type { Language, Terms } from '../policies/terms';
import { dueBy } from '../promises/due';
import { catalogue } from './catalogue';
import type { Message, TemplateId } from './message';
import { plainValue } from './plain-value';
import { segmentsOf } from './segments';

/** The digits that a reply may name, and the question whose choices they are. */
export interface Digits {
  template: TemplateId;
  choices: { choice: string; digit: string }[];
}

export interface RenderFacts {
  message: Pick<Message, 'caseNumber' | 'template' | 'facts' | 'names' | 'dueAt' | 'at'>;
  terms: Terms;
  language: Language;
  customerZone: string;
  shortCode: string;
  /** What people call the product, as they typed it. */
  product?: string;
  /** Without them the text says whom to call. */
  digits?: Digits;
}

const lateMs = 5 * 60_000;
const segmentsAtMost = 2;
const productAtMost = 40;
const anyProduct: Record<Language, string> = { 'zh-CN': '产品', en: 'product' };
const dots: Record<Language, string> = { 'zh-CN': '…', en: '...' };

/**
 * The text of a message, two segments at most: the product's name is shortened if need be, then the apology goes.
 * @throws an Error when it is longer all the same, or when a value is missing: a fault of the template or of the story.
 */
export function render(facts: RenderFacts): string {
  const { message, language } = facts;
  const words = withReplyClause(catalogue[message.template].words[language], facts);
  const values = valuesOf(facts);
  for (const product of productNames(facts.product ?? '', language)) {
    const text = fill(words, { ...values, product });
    if (segmentsOf(text) <= segmentsAtMost) return text;
  }
  const bare = fill(words, { ...values, product: anyProduct[language], lateLine: '' });
  if (segmentsOf(bare) <= segmentsAtMost) return bare;
  throw new Error(`${message.template} in ${language} is longer than ${segmentsAtMost} segments`);
}

function withReplyClause(words: string, { language, digits }: RenderFacts): string {
  return words.replace(/⟦(.*)⟧/u, (_clause, reply: string) => {
    if (digits) return reply;
    const namesPhone = words.includes('{phone}');
    if (language === 'en') return `To answer, call ${namesPhone ? 'us' : '{phone}'}, code {code}. `;
    return `答复请致电${namesPhone ? '客服' : '{phone}'}，报短码{code}。`;
  });
}

function valuesOf({ message, terms, language, customerZone, shortCode, digits }: RenderFacts): Record<string, string> {
  const date = (at: string) => dateWords(at, language, customerZone, terms.store.timeZone);
  const inOneZone = (at: string) => dateWords(at, language, customerZone, customerZone);
  // The zone stands with what is promised; to say it with what was adds nothing but length.
  const dateBefore = Object.keys(message.names).length > 0 ? inOneZone : date;
  const said = Object.entries(message.facts).map(([name, fact]) => [name, inWords(name, fact, language, dateBefore)]);
  const named = Object.entries(message.names).map(([name, rule]) => [
    name,
    date(dueBy(rule, message.at, { terms, customerZone }).dueAt),
  ]);
  return {
    ...Object.fromEntries(said),
    ...Object.fromEntries(named),
    ...replyValues(digits, language),
    brand: terms.brand[language],
    phone: terms.phone,
    case: message.caseNumber,
    code: shortCode,
    lateLine: isLate(message) ? (catalogue[message.template].lateLine?.[language] ?? '') : '',
  };
}

function inWords(name: string, fact: string | number, language: Language, date: (at: string) => string): string {
  if (name.endsWith('Minutes')) return language === 'en' ? `${fact} minutes` : `${fact}分钟`;
  if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(String(fact))) return date(String(fact));
  return plainValue(String(fact), language);
}

/** Each choice's digit by its name, and all of them in words: `1 = it works, 2 = it does not`. */
function replyValues(digits: Digits | undefined, language: Language): Record<string, string> {
  if (!digits) return {};
  const { choices: inWords } = catalogue[digits.template];
  const listed = digits.choices.map(({ choice, digit }) => [digit, inWords?.[choice]?.[language] ?? choice]);
  return {
    ...Object.fromEntries(digits.choices.map(({ choice, digit }) => [choice, digit])),
    choices: language === 'en' ? joined(listed, ' = ', ', ') : joined(listed, '=', '，'),
  };
}

const joined = (pairs: string[][], is: string, and: string) => pairs.map((pair) => pair.join(is)).join(and);

function isLate({ at, dueAt }: RenderFacts['message']): boolean {
  return dueAt !== undefined && Date.parse(at) - Date.parse(dueAt) > lateMs;
}

/** The whole name, then ever shorter ones, at last just "product". */
function* productNames(typed: string, language: Language): Generator<string> {
  const letters = [...new Intl.Segmenter(language).segment(plainValue(typed, language))].map(({ segment }) => segment);
  for (let length = Math.min(letters.length, productAtMost); length > 0; length -= 1)
    yield letters.slice(0, length).join('').trim() + (length < letters.length ? dots[language] : '');
  yield anyProduct[language];
}

/** In one pass, so that braces in a value stay what they are. */
function fill(words: string, values: Record<string, string>): string {
  return words.replace(/\{(\w+)\}/g, (_place, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`nothing to say for {${name}}`);
    return value;
  });
}
