import { dateWords, dayWords } from '../../../domain/calendar/words';
import { catalogue } from '../../../domain/messages/catalogue';
import { daysOnOffer } from '../../../domain/messages/days-on-offer';
import type { Words } from '../../../domain/messages/template';
import type { Language } from '../../../domain/policies/terms';
import { wholeTerms } from '../../../domain/policies/whole-terms';
import type { CaseRow, QuestionRow } from './case-row';
import { labels } from './labels';
import { endingInWords, promiseInWords, provisionalInWords, waitingInWords } from './promise-words';

/** One question as a customer sees it: with the choices that he may still press. */
export interface QuestionShown {
  id: string;
  isOpen: boolean;
  body: string;
  choices: { choice: string; label: string }[];
  /** Of a question that can be answered with a day: those on which the store can be visited. */
  days: { day: string; label: string }[];
  answer?: { label: string; at: string };
}

/** A case in the words of its customer, in his zone. */
export interface CaseShown {
  caseNumber: string;
  product: string;
  ending?: string;
  /** What happens next by itself. */
  next: { words: string; isLate: boolean };
  promises: { words: string; madeAt: string; isLate: boolean }[];
  texts: { channel: string; at: string; body: string }[];
  questions: QuestionShown[];
  /** Something is asked that nobody has answered yet. */
  isAsked: boolean;
  provesBy: 'phone' | 'code';
  /** For the phone; only once we know who reads it. */
  shortCode?: string;
}

/**
 * What is shown to somebody who is known to be the customer. To whoever only holds a link: product, promises and what comes next, but
 * no texts, questions or short code, which would tell how to become known.
 */
export function presentCase(row: CaseRow, language: Language, isKnown: boolean): CaseShown {
  const promises = row.promises.map(({ kind, madeAt, dueAt, provisional }) => ({
    words:
      promiseInWords(kind)[language].replace('{by}', timeInWords(row, dueAt, language)) +
      (provisional ? provisionalInWords[language] : ''),
    madeAt: timeInWords(row, madeAt, language),
    isLate: Date.parse(dueAt) < row.now.getTime(),
  }));
  const open = row.questions.filter(({ isOpen }) => isOpen);
  const { channels } = labels[language];
  return {
    caseNumber: row.caseNumber,
    product: [row.category, row.model].filter(Boolean).join(' · ') || labels[language].product,
    ...(row.ending !== null && { ending: endingInWords(row.ending)[language] }),
    next: promises[0] ?? { words: waitingInWords(row.waitingFor)[language], isLate: false },
    promises,
    provesBy: row.hasPhone ? 'phone' : 'code',
    questions: isKnown ? open.map((question) => presentQuestion(row, question, language)) : [],
    isAsked: open.some(({ answer }) => answer === null),
    texts: isKnown
      ? row.texts.map(({ channel, at, body }) => ({
          channel: channel === 'email' ? channels.email : channels.sms,
          at: timeInWords(row, at, language),
          body,
        }))
      : [],
    ...(isKnown && { shortCode: row.shortCode }),
  };
}

export function presentQuestion(row: CaseRow, question: QuestionRow, language: Language): QuestionShown {
  const { id, template, isOpen, body, answer } = question;
  const pressable = question.choices.filter(({ choice }) => choice !== 'day' && choice !== answer?.choice);
  const days = daysFor(row, question).filter((day) => day !== answer?.day);
  return {
    id,
    isOpen,
    body: body ?? '',
    choices: pressable.map(({ choice }) => ({ choice, label: choiceInWords(template, choice, language) })),
    days: days.map((day) => ({ day, label: dayWords(day, language) })),
    ...(answer && {
      answer: {
        label: answer.day ? dayWords(answer.day, language) : choiceInWords(template, answer.choice, language),
        at: timeInWords(row, answer.at, language),
      },
    }),
  };
}

/** The days that may be chosen, in the case's time. */
export function daysFor({ now, terms, calendar }: CaseRow, { choices }: QuestionRow): string[] {
  const takesDay = terms !== null && choices.some(({ choice }) => choice === 'day');
  return takesDay ? daysOnOffer(now.toISOString(), { terms: wholeTerms(terms), calendar }) : [];
}

const otherChoices: Partial<Record<string, Words>> = {
  yes: { 'zh-CN': '是', en: 'yes' },
  no: { 'zh-CN': '否', en: 'no' },
};

/** What stands on the button, and in the ledger as the customer's words. */
export function choiceInWords(template: string, choice: string, language: Language): string {
  const asked = (catalogue as Partial<typeof catalogue>)[template as keyof typeof catalogue];
  const words = (asked?.choices?.[choice] ?? otherChoices[choice])?.[language] ?? choice;
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const timeInWords = ({ zone, storeZone }: CaseRow, at: string, language: Language): string =>
  dateWords(new Date(at).toISOString(), language, zone, storeZone);
