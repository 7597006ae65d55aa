import { DateTime } from 'luxon';
import type { Period, TimeOfDay } from '../policies/terms';
import type { CountedDay, CountedTime } from './business-days';
import { dayKind, isKnown, weekdayOf, type Calendar, type Weekday } from './holidays';
import { addDays, firstMomentAt, lastMomentAt } from './local-time';

/** When a place is open on one day. */
export type DayHours = 'closed' | Period[];

export interface OpeningHours {
  week: Record<Weekday, DayHours>;
  /** On public holidays. */
  holidays: 'as-usual' | DayHours;
  /** On days of a weekend that are worked instead of a holiday. */
  makeUpDays: 'as-usual' | DayHours;
  /** Dates with hours of their own; they come before everything else. */
  exceptions: Record<string, DayHours>;
}

/** A place with hours, in its zone, by its calendar. */
export interface Place {
  timeZone: string;
  hours: OpeningHours;
  calendar: Calendar;
}

/**
 * All answers count by the clock of the place: open from the first moment the clock shows a beginning until the last moment it shows
 * the end. They are provisional when they rest on days that the calendar does not know; a place that opens on holidays and make-up days
 * as on any other day asks no calendar.
 */
export function isOpen(at: string, place: Place): { open: boolean; provisional: boolean } {
  const time = DateTime.fromISO(at, { zone: place.timeZone });
  const date = dateOf(time);
  const open = openTimes(date, place).some(({ from, to }) => from <= time && time < to);
  return { open, provisional: rests([date], place) };
}

/** The instant itself if the place is open then, else when it opens next. */
export function nextOpening(at: string, place: Place): CountedTime {
  return plusOpenMinutes(at, 0, place);
}

/** Counts minutes only while the place is open; a count that ends exactly with a period is due then, not at the next opening. */
export function plusOpenMinutes(at: string, minutes: number, place: Place): CountedTime {
  const start = DateTime.fromISO(at, { zone: place.timeZone });
  let left = minutes * 60_000;
  for (const { date, from, to } of openTimesFrom(dateOf(start), place)) {
    if (to <= start) continue;
    const begins = from < start ? start : from;
    const lasts = to.toMillis() - begins.toMillis();
    if (left <= lasts) return { at: iso(begins.plus(left)), provisional: rests([dateOf(start), date], place) };
    left -= lasts;
  }
  throw neverOpen();
}

/** The day itself if the place opens on it, else the next on which it does. */
export function nextOpenDay(date: string, place: Place): CountedDay {
  for (const { date: open } of openTimesFrom(date, place))
    return { date: open, provisional: rests([date, open], place) };
  throw neverOpen();
}

/** When the place closes for the day; for a day on which it does not open, on the next one. */
export function closingOf(date: string, place: Place): CountedTime {
  const open = nextOpenDay(date, place);
  const last = openTimes(open.date, place).at(-1);
  if (!last) throw neverOpen();
  return { at: iso(last.to), provisional: open.provisional };
}

/**
 * A time of day on the day itself if the place opens on it, else on the next day on which it does; where the place is not open then,
 * when it opens next on that day, or, if it does not, when it first opened on it.
 */
export function timeOnOpenDay(date: string, time: TimeOfDay, place: Place): CountedTime {
  const open = nextOpenDay(date, place);
  const asked = firstMomentAt(open.date, time, place.timeZone);
  const periods = openTimes(open.date, place);
  const period = periods.find(({ to }) => asked < to) ?? periods[0];
  if (!period) throw neverOpen();
  const isLater = asked < period.to && period.from < asked;
  return { at: iso(isLater ? asked : period.from), provisional: open.provisional };
}

/** When the place opens and closes on a date, in order; `closed` if it does not. */
export function periodsOn(date: string, { hours, calendar }: Pick<Place, 'hours' | 'calendar'>): DayHours {
  const said = hoursOn(date, hours, calendar);
  return said === 'closed' ? said : said.toSorted((a, b) => (a.from < b.from ? -1 : 1));
}

/** From the first opening to the last closing of each day on which the place opens, as ISO instants, for the days that a time touches. */
export function openDays(from: string, until: string, place: Place): { from: string; to: string }[] {
  const local = (at: string) => dateOf(DateTime.fromISO(at, { zone: place.timeZone }));
  const days = [];
  for (let day = local(from); day <= local(until); day = addDays(day, 1)) {
    const times = openTimes(day, place);
    const [first, last] = [times.at(0), times.at(-1)];
    if (first && last) days.push({ from: iso(first.from), to: iso(last.to) });
  }
  return days;
}

/** Longer than any row of closed days that a published place can have: some weekday is always open. */
const daysToLookAt = 3 * 366;

function* openTimesFrom(date: string, place: Place) {
  for (let n = 0, day = date; n < daysToLookAt; n += 1, day = addDays(day, 1)) yield* openTimes(day, place);
}

/** The periods of one day, in order; one that a clock change takes away altogether is none. */
function openTimes(date: string, { hours, timeZone, calendar }: Place) {
  const said = hoursOn(date, hours, calendar);
  if (said === 'closed') return [];
  return said
    .map(({ from, to }) => ({
      date,
      from: firstMomentAt(date, from, timeZone),
      to: lastMomentAt(date, to, timeZone),
    }))
    .filter(({ from, to }) => from < to)
    .sort((a, b) => a.from.toMillis() - b.from.toMillis());
}

function hoursOn(date: string, { exceptions, holidays, makeUpDays, week }: OpeningHours, calendar: Calendar): DayHours {
  const kind = dayKind(date, calendar);
  const special = kind === 'holiday' ? holidays : kind === 'make-up-day' ? makeUpDays : 'as-usual';
  return exceptions[date] ?? (special === 'as-usual' ? week[weekdayOf(date)] : special);
}

const rests = (dates: string[], { calendar, hours }: Place) =>
  (hours.holidays !== 'as-usual' || hours.makeUpDays !== 'as-usual') &&
  dates.some((date) => hours.exceptions[date] === undefined && !isKnown(date, calendar));

const dateOf = (time: DateTime) => time.toISODate() ?? '';
const iso = (time: DateTime) => time.toUTC().toISO() ?? '';
const neverOpen = () => new Error('A place that never opens has no next opening.');
