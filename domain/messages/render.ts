import type { Calendar } from '../calendar/holidays';
import type { Language, Terms } from '../policies/terms';
import { dueBy, type DueFacts } from '../promises/due';
import { catalogue } from './catalogue';
import type { Message, NamedTime, TemplateId } from './message';
import { missing, mustEqual, placesOf } from './places';
import { withReplyClause } from './reply-clause';
import { segmentsOf } from './segments';
import type { Typed } from './template';
import { fill, typedOrInstead, variantsInWords } from './fill';
import { everShorter, shortened } from './typed-values';
import { hoursInWords } from './hours-in-words';
import { inWords, promisedInWords } from './values';

/** The digits that a reply may name, and the question whose choices they are. */
export interface Digits {
  template: TemplateId;
  /** Of whose case it is, where a customer has more than one. */
  product?: string | null;
  choices: { choice: string; digit: string }[];
}

export interface RenderFacts {
  message: Pick<Message, 'caseNumber' | 'template' | 'facts' | 'names' | 'dueAt' | 'at' | 'countedFrom'>;
  terms: Terms;
  /** What is known of the store's holidays. */
  calendar: Calendar;
  language: Language;
  customerZone: string;
  shortCode: string;
  /** What people call the product, as they typed it. */
  product?: string;
  /** What people typed for the other places of the text, see `placesOf`. */
  typed?: Record<string, string>;
  /** Whether the channel carries replies. */
  twoWay?: boolean;
  /** Without them a question says where to answer, or whom to call. */
  digits?: Digits;
  /** A page of ours where the customer sees his case and answers; only for a channel that carries addresses of pages. */
  link?: string;
  /** Other questions that are open for this number: whoever is asked which, must know them apart. */
  alsoOpen?: Digits[];
}

const lateMs = 5 * 60_000;
const segmentsAtMost = 2;
const product: Typed = { atMost: 40, instead: { 'zh-CN': '产品', en: 'product' } };
const store: Typed = { atMost: 40, instead: { 'zh-CN': '门店', en: 'our store' } };

/**
 * The text of a message, two segments at most: what people typed is shortened if need be, the product's name first, then the opening
 * hours are said of the next open day only, then the apology goes, then the link. It holds no address of a page but the link.
 * @throws an Error when it is longer all the same, or when not exactly what the template names was given: a fault of the template
 * or of the story.
 */
export function render(facts: RenderFacts): string {
  const { message, terms, calendar, language, typed = {} } = facts;
  const { link, ...without } = facts;
  const template = catalogue[message.template];
  const places = placesOf(message);
  mustEqual(Object.keys(places.typed), typed, message.template);
  const words = withReplyClause(template, facts);
  const values = valuesOf(facts, places);
  const spoken = { ...typed, product: facts.product ?? '', store: terms.store.name[language] };
  const all: Record<string, Typed> = { product, ...places.typed, store };

  const textWith = (said: Record<string, string>, hours: string, lateLine = values.lateLine ?? '') => {
    const known = { ...values, ...typedOrInstead(said, all, language), hours, lateLine };
    return fill(words, { ...known, ...variantsInWords(template, message.facts, known, language) }).trim();
  };
  let bare = '';
  for (const hours of hoursInWords(terms.store, calendar, message.at, language))
    for (const said of everShorter(spoken, all, language)) {
      const text = textWith(said, hours);
      if (segmentsOf(text) <= segmentsAtMost) return withNoOtherPage(text, link);
      bare = textWith(said, hours, '');
    }
  if (segmentsOf(bare) <= segmentsAtMost) return withNoOtherPage(bare, link);
  if (link) return render(without);
  throw new Error(`${message.template} in ${language} is longer than ${segmentsAtMost} segments`);
}

/** Where a channel forbids addresses of pages its carrier drops the whole text. */
function withNoOtherPage(text: string, link = ''): string {
  if (/https?:|www\./iu.test(link ? text.replace(link, '') : text)) throw new Error('it names a page');
  return text;
}

function valuesOf(facts: RenderFacts, places: ReturnType<typeof placesOf>): Record<string, string> {
  const { message, terms, calendar, language, customerZone, shortCode } = facts;
  const saying = { language, customerZone, storeZone: terms.store.timeZone };
  // The zone stands with what is promised, once; to say it with what was adds nothing but length.
  const lastName = Object.keys(places.names).findLast((name) => places.names[name] === 'instant');
  const said = Object.entries(places.facts).map(([name, kind]) => [
    name,
    inWords(kind, message.facts[name] ?? '', { ...saying, namesZone: lastName === undefined }),
  ]);
  const promised = Object.entries(places.names).map(([name, kind]) => {
    const named = message.names[name];
    if (named === undefined) throw missing(name);
    const dueAt = timeNamed(named, message.countedFrom ?? message.at, { terms, calendar, customerZone });
    return [name, promisedInWords(kind, dueAt, { ...saying, namesZone: name === lastName })];
  });
  return {
    ...Object.fromEntries([...said, ...promised]),
    ...replyValues(facts, language),
    brand: terms.brand[language],
    phone: terms.phone,
    case: message.caseNumber,
    code: shortCode,
    lateLine: isLate(message) ? (catalogue[message.template].lateLine?.[language] ?? '') : '',
  };
}

/** The instant that a text means by a time it names; `at` is that of its hand-over. */
export function timeNamed(named: NamedTime, at: string, facts: DueFacts): string {
  const { rule, from } = typeof named === 'string' ? { rule: named, from: at } : named;
  return dueBy(rule, from, facts).dueAt;
}

/** Each choice's digit by its name, and all of them in words: `1 = it works, 2 = it does not`. */
function replyValues({ digits, alsoOpen = [] }: RenderFacts, language: Language): Record<string, string> {
  if (!digits) return {};
  const all = [digits, ...alsoOpen];
  const listed = all.map(
    (question) => (all.length > 1 ? productOf(question, language) : '') + listOf(question, language),
  );
  return {
    ...Object.fromEntries(digits.choices.map(({ choice, digit }) => [choice, digit])),
    choices: listed.join(language === 'en' ? '; ' : '；'),
  };
}

function listOf({ template, choices }: Digits, language: Language): string {
  const { choices: inWords } = catalogue[template];
  const pairs = choices.map(({ choice, digit }) => [digit, inWords?.[choice]?.[language] ?? choice]);
  return language === 'en' ? joined(pairs, ' = ', ', ') : joined(pairs, '=', '，');
}

const productInListAtMost = 8;

function productOf({ product: typed }: Digits, language: Language): string {
  const said = shortened(typed ?? '', productInListAtMost, language) || product.instead?.[language];
  return language === 'en' ? `${said}: ` : `${said}：`;
}

const joined = (pairs: string[][], is: string, and: string) => pairs.map((pair) => pair.join(is)).join(and);

function isLate({ at, dueAt }: RenderFacts['message']): boolean {
  return dueAt !== undefined && Date.parse(at) - Date.parse(dueAt) > lateMs;
}
