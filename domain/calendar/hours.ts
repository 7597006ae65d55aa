import { DateTime } from 'luxon';
import type { Period } from '../policies/terms';

/**
 * Hours of the day in a zone. Periods are half-open, `[from, to)`, and lie within one day. Instants go in and come out as ISO in UTC.
 * Where a clock change takes away a period's beginning, it begins at the first moment that exists.
 */
export function isWithin(at: string, period: Period, zone: string): boolean {
  const { from, to } = on(local(at, zone), period);
  const time = Date.parse(at);
  return time >= from.toMillis() && time < to.toMillis();
}

/** The instant itself if it lies in the period, else the next beginning. */
export function nextWithin(at: string, period: Period, zone: string): string {
  if (isWithin(at, period, zone)) return iso(local(at, zone));
  const day = local(at, zone);
  const { from } = on(day, period);
  return iso(Date.parse(at) < from.toMillis() ? from : on(day.plus({ days: 1 }), period).from);
}

/** Counts minutes only while the period lasts; a count that ends exactly with it is due then, not the next morning. */
export function plusMinutesWithin(at: string, minutes: number, period: Period, zone: string): string {
  let left = minutes * 60_000;
  let start = nextWithin(at, period, zone);
  for (;;) {
    const { to } = on(local(start, zone), period);
    const today = to.toMillis() - Date.parse(start);
    if (left <= today) return iso(local(start, zone).plus(left));
    left -= today;
    start = nextWithin(iso(to), period, zone);
  }
}

/** A time of day, some days after the local day of `at`. */
export function timeOnDay(at: string, timeOfDay: string, zone: string, daysLater = 0): string {
  return iso(atTime(local(at, zone).plus({ days: daysLater }), timeOfDay));
}

/** When the clock shows the same on the next day. */
export function sameTimeNextDay(at: string, zone: string): string {
  return iso(local(at, zone).plus({ days: 1 }));
}

/** The local date of an instant, `YYYY-MM-DD`. */
export function dateIn(at: string, zone: string): string {
  return local(at, zone).toISODate() ?? '';
}

/** For the eyes of operators: `11-24 16:20`. */
export const shortTime = (at: string, zone: string): string => local(at, zone).toFormat('MM-dd HH:mm');

export function isTimeZone(zone: string): boolean {
  return DateTime.local({ zone }).isValid;
}

const local = (at: string, zone: string) => DateTime.fromISO(at, { zone });
const iso = (time: DateTime) => time.toUTC().toISO() ?? '';
const on = (day: DateTime, { from, to }: Period) => ({ from: atTime(day, from), to: atTime(day, to) });

function atTime(day: DateTime, timeOfDay: string): DateTime {
  const [hour = 0, minute = 0] = timeOfDay.split(':').map(Number);
  return day.startOf('day').set({ hour, minute });
}
