import { dayIn, type DayWords } from './day-words';
import { saidIn } from './understand';

/** The local day of the case: what "today" is, and how long one can still come. */
export interface Today {
  /** `YYYY-MM-DD` */
  date: string;
  /** `HH:mm` */
  time: string;
  /** When the store closes today, `HH:mm`; without it the store is not open today. */
  closesAt?: string;
  /** Until so long before that, today can be named. */
  untilMinutesBeforeClosing: number;
  /** How far ahead a day can be named. */
  daysAhead: number;
}

/**
 * The date, `YYYY-MM-DD`, that a text names and says nothing else about: "周五", "28号来取", "the 28th". Only questions that can be
 * answered with a day read it so.
 *
 * A day lies between today and `daysAhead`. A weekday is the next such day, today included as long as it can be named. What
 * contradicts itself, may mean two days, or asks, names none.
 */
export function dayNamed(text: string, today: Today): string | undefined {
  const said = dayIn(saidIn(text));
  if (!said) return undefined;
  const [first, second] = datesFrom(today).filter((date) => said.every((words) => fits(date, words, today.date)));
  if (first !== today.date || canStillCome(today)) return first;
  return said.every(isBareWeekday) ? second : undefined;
}

function fits(date: string, words: DayWords, today: string): boolean {
  const [year, month, day] = date.split('-').map(Number);
  if (words.inDays !== undefined && daysLater(today, words.inDays) !== date) return false;
  if (words.weekday !== undefined && words.weekday !== weekdayOf(date)) return false;
  if (words.inWeeks !== undefined && words.inWeeks !== weekOf(date) - weekOf(today)) return false;
  return [
    [words.year, year],
    [words.month, month],
    [words.day, day],
  ].every(([named, actual]) => named === undefined || named === actual);
}

const isBareWeekday = ({ weekday, inWeeks }: DayWords) => weekday !== undefined && inWeeks === undefined;

export function canStillCome({ time, closesAt, untilMinutesBeforeClosing }: Today): boolean {
  return closesAt !== undefined && minutesOf(time) < minutesOf(closesAt) - untilMinutesBeforeClosing;
}

function minutesOf(timeOfDay: string): number {
  const [hour = 0, minute = 0] = timeOfDay.split(':').map(Number);
  return hour * 60 + minute;
}

// A date without a time is counted in UTC, where every day has 24 hours.
const dayMs = 24 * 3_600_000;
const daysLater = (date: string, days: number) => new Date(Date.parse(date) + days * dayMs).toISOString().slice(0, 10);
/** Today, and the days that can be named. */
export const datesFrom = ({ date, daysAhead }: Today): string[] =>
  Array.from({ length: daysAhead + 1 }, (_, days) => daysLater(date, days));
/** From 1, Monday, to 7. */
const weekdayOf = (date: string) => new Date(date).getUTCDay() || 7;
const weekOf = (date: string) => Math.floor((Date.parse(date) / dayMs - weekdayOf(date)) / 7);
