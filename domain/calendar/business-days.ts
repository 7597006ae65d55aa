import { DateTime } from 'luxon';
import { isKnown, isWorkingDay, type Calendar } from './holidays';
import { addDays, firstMomentAt } from './local-time';

/** A date, `YYYY-MM-DD`. */
export interface CountedDay {
  date: string;
  /** It rests on days that the calendar does not know yet: to be counted anew when it does. */
  provisional: boolean;
}

/** An instant, ISO in UTC. */
export interface CountedTime {
  at: string;
  provisional: boolean;
}

/**
 * Working days after a date, which is day 0 and not counted itself (`1` from a Friday is Monday). `0` is the date itself, or the next
 * working day if it is none.
 */
export function plusWorkingDays(date: string, days: number, calendar: Calendar): CountedDay {
  let day = date;
  for (let left = days; left > 0 || !isWorkingDay(day, calendar);) {
    day = addDays(day, 1);
    if (left > 0 && isWorkingDay(day, calendar)) left -= 1;
  }
  return { date: day, provisional: !isKnown(date, calendar) || !isKnown(day, calendar) };
}

/** Working days before a date, which is day 0 (`1` from a Monday is Friday). `0` is the date itself, or the last working day before it. */
export function minusWorkingDays(date: string, days: number, calendar: Calendar): CountedDay {
  let day = date;
  for (let left = days; left > 0 || !isWorkingDay(day, calendar);) {
    day = addDays(day, -1);
    if (left > 0 && isWorkingDay(day, calendar)) left -= 1;
  }
  return { date: day, provisional: !isKnown(date, calendar) || !isKnown(day, calendar) };
}

/**
 * The same clock time of the zone, days later: no holiday has a say in that, so it is never provisional. A time that the clocks skip on
 * that day becomes the first moment after the gap; of one that comes twice it is the first. Seconds are kept.
 */
export function plusCalendarDays(at: string, days: number, zone: string): CountedTime {
  const start = DateTime.fromISO(at, { zone });
  if (days === 0) return { at: start.toUTC().toISO() ?? '', provisional: false };
  const clock = start.toFormat('HH:mm');
  const found = firstMomentAt(addDays(start.toISODate() ?? '', days), clock, zone);
  const exists = found.toFormat('HH:mm') === clock;
  const result = exists ? found.set({ second: start.second, millisecond: start.millisecond }) : found;
  return { at: result.toUTC().toISO() ?? '', provisional: false };
}
