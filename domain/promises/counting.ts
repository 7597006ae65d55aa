import { dateIn, nextWithin } from '../calendar/hours';
import type { Terms } from '../policies/terms';
import type { DueFacts } from './due';
import type { Due } from './kinds';

/** The instant itself if texts may go out then, else the next beginning of the sending hours in the customer's zone. */
export function sendingTime(at: string, terms: Terms, customerZone: string): string {
  return nextWithin(at, terms.sendingHours, customerZone);
}

/** A text that is due then, or when texts may go out next. */
export function inSendingHours(at: string, { terms, customerZone }: DueFacts, because: string[]): Due {
  const dueAt = sendingTime(at, terms, customerZone);
  if (dueAt === at) return { notBefore: at, dueAt, because };
  const { from, to } = terms.sendingHours;
  const day = dateIn(at, customerZone) === dateIn(dueAt, customerZone) ? 'the same day' : 'the next morning';
  return { notBefore: at, dueAt, because: [...because, `outside sending hours ${from}–${to}: ${from} ${day}`] };
}

/** So many hours later, day and night. */
export const within = (from: string, hours: number, why: string): Due => ({
  notBefore: from,
  dueAt: later(from, hours * 60),
  because: [`${hours} h: ${why}`],
});

export const later = (from: string, minutes: number) => new Date(Date.parse(from) + minutes * 60_000).toISOString();
