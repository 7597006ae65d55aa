import type { Calendar } from '../domain/calendar/holidays';
import { catalogue } from '../domain/messages/catalogue';
import type { Message } from '../domain/messages/message';
import { render, type Digits } from '../domain/messages/render';
import type { Language, Terms } from '../domain/policies/terms';
import { sendingTime } from '../domain/promises/counting';
import { dueBy, type DueFacts } from '../domain/promises/due';

/** What a text is rendered from: the answer of `message_facts`. */
export interface MessageFacts {
  terms: Terms;
  calendar: Calendar;
  shortCode: string;
  language: Language;
  /** The customer's, if known. */
  zone: string | null;
  product: string | null;
  /** What people typed for the other places of the text. */
  typed: Record<string, string>;
  recipient: string | null;
  sender: string | null;
  twoWay: boolean;
  /** The digits that no question of this number holds. */
  freeDigits: string[];
  /** The questions of this number, of whatever case, that still wait for a digit. */
  openQuestions: (Omit<Digits, 'choices'> & { choices: { choice: string; digit?: string }[] })[] | null;
}

/** A message in words, for the number that it was rendered for. */
export interface Wording {
  class: 'at-least-once' | 'at-most-once';
  language: Language;
  recipient: string | null;
  sender: string | null;
  /** Whether the customer can answer it by a text. */
  twoWay: boolean;
  zone: string;
  body: string;
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

/** @throws an Error when it cannot be put into words, see `render`. */
export function wordingOf(message: Message, facts: MessageFacts): Wording {
  const { terms, calendar, language, recipient, sender } = facts;
  const zone = facts.zone ?? terms.store.timeZone;
  const choices = choicesOf(message, facts);
  const [digits, ...alsoOpen] = digitsOf(message, facts, choices);
  const usefulUntil = earliestNamed(message, { terms, calendar, customerZone: zone });
  const deferUntil = isPrompt(message) ? message.at : sendingTime(message.at, terms, zone);
  return {
    class: catalogue[message.template].class,
    language,
    recipient,
    sender,
    twoWay: message.choices ? digits !== undefined : facts.twoWay,
    zone,
    body: render({
      message,
      terms,
      calendar,
      language,
      customerZone: zone,
      shortCode: facts.shortCode,
      ...(facts.product !== null && { product: facts.product }),
      typed: facts.typed,
      twoWay: facts.twoWay,
      ...(digits && { digits, alsoOpen }),
    }),
    ...(choices && { choices }),
    ...(Date.parse(deferUntil) > Date.parse(message.at) && { deferUntil }),
    ...(usefulUntil && { usefulUntil }),
    usefulSeconds: usefulSeconds(message, usefulUntil),
  };
}

/** What a reply may say to it; a day needs no digit. */
function choicesOf(message: Message, facts: MessageFacts): Wording['choices'] {
  const listed = withDigits(message, facts);
  return catalogue[message.template].takesDay ? [...(listed ?? []), { choice: 'day' }] : listed;
}

/** With too few digits left the question goes without: phone and short code stand in the text instead. */
function withDigits({ choices }: Message, { twoWay, freeDigits }: MessageFacts): Wording['choices'] {
  if (!choices || !twoWay || freeDigits.length < choices.length) return choices?.map((choice) => ({ choice }));
  return choices.map((choice, i) => ({ choice, digit: freeDigits[i] ?? '' }));
}

/** Of a question its own; any other text names those of the questions that are open for this number. */
function digitsOf({ template }: Message, facts: MessageFacts, choices: Wording['choices']): Digits[] {
  const asked = choices ? [{ template, choices }] : facts.twoWay ? (facts.openQuestions ?? []) : [];
  return asked
    .map((question) => ({ ...question, choices: question.choices.flatMap(withDigit) }))
    .filter((question) => question.choices.length > 0)
    .slice(0, questionsAtMost);
}

const withDigit = ({ choice, digit }: { choice: string; digit?: string }) => (digit ? [{ choice, digit }] : []);

const promptMs = 10 * 60_000;

/** Whoever just wrote is awake: he is answered at once, or in sending hours. */
function isPrompt({ answersReply, at }: Message): boolean {
  return answersReply !== undefined && Date.parse(at) - Date.parse(answersReply) <= promptMs;
}

function earliestNamed({ names, at }: Message, facts: DueFacts): string | undefined {
  return Object.values(names)
    .map((rule) => dueBy(rule, at, facts).dueAt)
    .sort()[0];
}

function usefulSeconds({ at }: Message, usefulUntil: string | undefined): number {
  if (!usefulUntil) return usefulSecondsAtMost;
  const seconds = Math.floor((Date.parse(usefulUntil) - Date.parse(at)) / 1000);
  return Math.max(60, Math.min(usefulSecondsAtMost, seconds));
}
