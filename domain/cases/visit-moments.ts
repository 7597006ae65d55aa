import type { VisitTerms } from '../policies/terms';
import type { Visit, VisitSlot } from './visit';

/** What the clock brings about while an engineer is expected, in this order. */
export type Moment = 'not-departed' | 'ask-engineer' | 'late-notice' | 'late' | 'look' | 'missed';

export interface Ahead {
  moment: Moment;
  at: string;
}

type Way = Pick<VisitSlot, 'from' | 'travelMinutes'>;

/** When the engineer leaves: with what he has in hand, he is there 5 to 10 minutes early (H-22, H-23). */
export const departureOf = ({ from, travelMinutes }: Way, { departureBufferMinutes }: VisitTerms): string =>
  plus(from, -(travelMinutes + departureBufferMinutes));

/** From when to when he has no time for others (H-07): from his departure until the work is done if he comes as late as told. */
export const busyTimes = (slot: Omit<VisitSlot, 'engineerId'>, terms: VisitTerms): { from: string; to: string } => ({
  from: departureOf(slot, terms),
  to: plus(slot.by, terms.jobMinutes),
});

/** What the clock will bring about next, as things stand; nothing any more once he is there, or a new time is looked for. */
export function nextMoment(visit: Visit, terms: VisitTerms): Ahead | undefined {
  if (visit.arrivedAt !== undefined || visit.missedAt !== undefined) return undefined;
  return moments
    .filter(({ moment, needed }) => !visit.passed.includes(moment) && (needed?.(visit) ?? true))
    .map(({ moment, at }) => ({ moment, at: at(visit, terms) }))
    .sort((a, b) => (a.at < b.at ? -1 : 1))[0];
}

interface Planned {
  moment: Moment;
  at(visit: Visit, terms: VisitTerms): string;
  /** As things stand; otherwise it passes without a word. */
  needed?(visit: Visit): boolean;
}

const moments: Planned[] = [
  {
    moment: 'not-departed',
    at: (visit, terms) => plus(departureOf(visit, terms), terms.dispatcherAsksAfterMinutes),
    needed: ({ departedAt, delay }) => !departedAt && !delay,
  },
  {
    moment: 'ask-engineer',
    at: ({ by }, terms) => plus(by, -terms.askEngineerBeforeMinutes),
    needed: ({ delay }) => !delay,
  },
  {
    moment: 'late-notice',
    at: ({ by }, terms) => plus(by, -terms.lateTextBeforeMinutes),
    needed: ({ lateTexts, delay }) => lateTexts.length === 0 && !delay,
  },
  { moment: 'late', at: ({ by }, terms) => plus(by, terms.lateFromMinutes) },
  { moment: 'look', at: ({ by }, terms) => plus(by, terms.dispatcherLooksAfterMinutes) },
  { moment: 'missed', at: ({ by }, terms) => plus(by, terms.missedAfterMinutes) },
];

/** Late for real from the fifteenth minute on (H-35); less is said sorry for beforehand (H-34). */
export const isLateFrom = ({ by }: VisitSlot, arrivedAt: string, { lateFromMinutes }: VisitTerms): boolean =>
  Date.parse(arrivedAt) >= Date.parse(by) + lateFromMinutes * 60_000;

/** The customer is told a time at once, again only of a real slip, and not over and over. */
export const needsTelling = (visit: Visit, terms: VisitTerms): boolean =>
  hasSlipped(visit, terms) && visit.lateTexts.length < terms.lateTextsAtMost;

/** What no text tells any more, a person does. */
export const needsPhoning = (visit: Visit, terms: VisitTerms): boolean =>
  hasSlipped(visit, terms) && visit.lateTexts.length >= terms.lateTextsAtMost;

function hasSlipped({ delay, lateTexts, arrivedAt, missedAt }: Visit, { lateAgainFromMinutes }: VisitTerms): boolean {
  if (!delay || arrivedAt || missedAt) return false;
  const told = lateTexts.at(-1);
  if (told === undefined || told === 'unknown') return true;
  return Date.parse(delay.eta) >= Date.parse(told) + lateAgainFromMinutes * 60_000;
}

const plus = (at: string, minutes: number) => new Date(Date.parse(at) + minutes * 60_000).toISOString();
