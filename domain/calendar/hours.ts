import { DateTime } from 'luxon';
import type { Period } from '../policies/terms';
import { addDays, firstMomentAt, lastMomentAt } from './local-time';

/**
 * Hours of the day in a zone. Periods are half-open, `[from, to)`, and lie within one day. Instants go in and come out as ISO in UTC.
 * They last from the first moment the clock shows their beginning until the last moment it shows their end; a beginning that a clock
 * change takes away is the first moment after the gap, and a period that it takes away altogether is none.
 */
export function isWithin(at: string, period: Period, zone: string): boolean {
  const { from } = periodFrom(at, period, zone);
  return from.toMillis() === Date.parse(at);
}

/** The instant itself if it lies in the period, else the next beginning. */
export function nextWithin(at: string, period: Period, zone: string): string {
  return iso(periodFrom(at, period, zone).from);
}

/** The instant itself if it lies in the period, else so many minutes before the end of the last one before it. */
export function lastWithin(at: string, period: Period, zone: string, minutesBefore: number): string {
  if (isWithin(at, period, zone)) return at;
  for (let date = dateIn(at, zone); ; date = addDays(date, -1)) {
    const [begins, ends] = [firstMomentAt(date, period.from, zone), lastMomentAt(date, period.to, zone)];
    if (begins < ends && ends <= local(at, zone))
      return iso(DateTime.max(begins, ends.minus({ minutes: minutesBefore })));
  }
}

/** Counts minutes only while the period lasts; a count that ends exactly with it is due then, not the next morning. */
export function plusMinutesWithin(at: string, minutes: number, period: Period, zone: string): string {
  let left = minutes * 60_000;
  for (let start = at; ;) {
    const { from, to } = periodFrom(start, period, zone);
    const lasts = to.toMillis() - from.toMillis();
    if (left <= lasts) return iso(from.plus(left));
    left -= lasts;
    start = iso(to);
  }
}

/** A time of day, some days after the local day of `at`. */
export function timeOnDay(at: string, timeOfDay: string, zone: string, daysLater = 0): string {
  return iso(firstMomentAt(addDays(dateIn(at, zone), daysLater), timeOfDay, zone));
}

/** When the clock shows the same on the next day. */
export function sameTimeNextDay(at: string, zone: string): string {
  return iso(local(at, zone).plus({ days: 1 }));
}

/** The local date of an instant, `YYYY-MM-DD`. */
export function dateIn(at: string, zone: string): string {
  return local(at, zone).toISODate() ?? '';
}

/** What the clock shows, `HH:mm`. */
export const clockIn = (at: string, zone: string): string => local(at, zone).toFormat('HH:mm');

/** For the eyes of operators: `11-24 16:20`. */
export const shortTime = (at: string, zone: string): string => local(at, zone).toFormat('MM-dd HH:mm');

export function isTimeZone(zone: string): boolean {
  return DateTime.local({ zone }).isValid;
}

const local = (at: string, zone: string) => DateTime.fromISO(at, { zone });
const iso = (time: DateTime) => time.toUTC().toISO() ?? '';

/** What is left of the period of that day, or the whole of the next one. */
function periodFrom(at: string, { from, to }: Period, zone: string): { from: DateTime; to: DateTime } {
  const time = local(at, zone);
  for (let date = dateIn(at, zone); ; date = addDays(date, 1)) {
    const [begins, ends] = [firstMomentAt(date, from, zone), lastMomentAt(date, to, zone)];
    if (begins < ends && time < ends) return { from: begins < time ? time : begins, to: ends };
  }
}
