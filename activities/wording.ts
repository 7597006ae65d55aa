import { catalogue } from '../domain/messages/catalogue';
import type { Channel, Message } from '../domain/messages/message';
import { render, timeNamed, type Digits } from '../domain/messages/render';
import type { Language } from '../domain/policies/terms';
import { sendingTime } from '../domain/promises/counting';
import type { DueFacts } from '../domain/promises/due';
import type { MessageFacts, Way } from './message-facts';
import { newPageLink, type PageLink } from './page-link';

/** A message in words, for the address that it was rendered for. */
export interface Wording {
  channel: Channel;
  intentKey: string;
  class: 'at-least-once' | 'at-most-once';
  language: Language;
  recipient: string | null;
  sender: string | null;
  /** Whether the customer can answer it in this channel. */
  twoWay: boolean;
  zone: string;
  body: string;
  /** For words that carry one: also for those of an earlier try, which are kept without it. */
  link?: PageLink;
  /** Why it cannot go this way. */
  cannot?: string;
  /** Of a question: with a digit each where the number hears replies; `day` without. */
  choices?: { choice: string; digit?: string }[];
  /** Not before then, if now is outside the customer's sending hours. */
  deferUntil?: string;
  /** The earliest time that it names: after that it is not true any more. */
  usefulUntil?: string;
  usefulSeconds: number;
}

const usefulSecondsAtMost = 4 * 3600;
/** More do not fit into a text beside what it has to say. */
const questionsAtMost = 2;
/**
 * @param site where our pages are.
 * @throws an Error when it cannot be put into words, see `render`.
 */
export function wordingOf(message: Message, facts: MessageFacts, way: Way, site: URL): Wording {
  const { terms, calendar, language } = facts;
  const { channel, recipient, sender } = way;
  const zone = facts.zone ?? terms.store.timeZone;
  const choices = choicesOf(message, way);
  const [digits, ...alsoOpen] = digitsOf(message, way, choices);
  const link = mayCarryLink(message, way) ? newPageLink() : undefined;
  const linkInText = link && channel === 'sms' && new URL(link.path, site).href;
  const body = render({
    message,
    terms,
    calendar,
    language,
    customerZone: zone,
    shortCode: facts.shortCode,
    ...(facts.product !== null && { product: facts.product }),
    typed: facts.typed,
    twoWay: way.twoWay,
    ...(digits && { digits, alsoOpen }),
    ...(linkInText && { link: linkInText }),
  });
  const isLinked = link && (channel === 'email' || body.includes(link.path));
  const usefulUntil = earliestNamed(message, { terms, calendar, customerZone: zone });
  const deferUntil =
    isPrompt(message) || catalogue[message.template].anyHour ? message.at : sendingTime(message.at, terms, zone);
  return {
    channel,
    intentKey: way.key,
    class: catalogue[message.template].class,
    language,
    recipient,
    sender,
    twoWay: isLinked || (message.choices ? digits !== undefined : way.twoWay),
    zone,
    body,
    ...(link && { link }),
    ...(way.templates && !way.templates.includes(message.template) && { cannot: 'template-not-registered' }),
    ...(choices && { choices }),
    ...(Date.parse(deferUntil) > Date.parse(message.at) && { deferUntil }),
    ...(usefulUntil && { usefulUntil }),
    usefulSeconds: usefulSeconds(message, usefulUntil),
  };
}

/** Mails always do. A text does where its channel carries one and no reply can, if there is something to answer or to follow. */
function mayCarryLink({ choices, template }: Message, { channel, carriesUrls, twoWay }: Way): boolean {
  if (channel === 'email') return true;
  const { takesDetails, takesDay } = catalogue[template];
  return carriesUrls && !twoWay && (choices !== undefined || takesDetails === true || takesDay === true);
}

/** What a reply may say to it; a day needs no digit. */
function choicesOf(message: Message, way: Way): Wording['choices'] {
  const listed = withDigits(message, way);
  return catalogue[message.template].takesDay ? [...(listed ?? []), { choice: 'day' }] : listed;
}

/** With too few digits left the question goes without: phone and short code stand in the text instead. */
function withDigits({ choices }: Message, { twoWay, freeDigits }: Way): Wording['choices'] {
  if (!choices || !twoWay || freeDigits.length < choices.length) return choices?.map((choice) => ({ choice }));
  return choices.map((choice, i) => ({ choice, digit: freeDigits[i] ?? '' }));
}

/** Of a question its own; any other text names those of the questions that are open for this number. */
function digitsOf({ template }: Message, way: Way, choices: Wording['choices']): Digits[] {
  const asked = choices ? [{ template, choices }] : way.twoWay ? (way.openQuestions ?? []) : [];
  return asked
    .map((question) => ({ ...question, choices: question.choices.flatMap(withDigit) }))
    .filter((question) => question.choices.length > 0)
    .slice(0, questionsAtMost);
}

const withDigit = ({ choice, digit }: { choice: string; digit?: string }) => (digit ? [{ choice, digit }] : []);

const promptMs = 10 * 60_000;

/** Whoever just wrote is awake. */
function isPrompt({ answersReply, at }: Message): boolean {
  return answersReply !== undefined && Date.parse(at) - Date.parse(answersReply) <= promptMs;
}

function earliestNamed({ names, at, countedFrom = at }: Message, facts: DueFacts): string | undefined {
  return Object.values(names)
    .map((named) => timeNamed(named, countedFrom, facts))
    .sort()[0];
}

function usefulSeconds({ at }: Message, usefulUntil: string | undefined): number {
  if (!usefulUntil) return usefulSecondsAtMost;
  const seconds = Math.floor((Date.parse(usefulUntil) - Date.parse(at)) / 1000);
  return Math.max(60, Math.min(usefulSecondsAtMost, seconds));
}
