import { DateTime } from 'luxon';

export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export type Weekday = (typeof weekdays)[number];

/** Days off in a row, both ends included; dates `YYYY-MM-DD`. */
export interface Holiday {
  name: string;
  from: string;
  to: string;
}

/** What an authority said about one year. */
export interface CalendarYear {
  year: number;
  /** Where it says so. */
  source: string;
  holidays: Holiday[];
  /** Days of a weekend that are worked instead. */
  makeUpDays: string[];
}

/** The working days of a country, and how far they are known. */
export interface Calendar {
  id: string;
  weekend: Weekday[];
  /** The last day that is known; what is counted past it is provisional. */
  horizon: string;
  years: CalendarYear[];
}

export type DayKind = 'holiday' | 'make-up-day' | 'usual';

/** What the calendar says about a date beside its weekday. */
export function dayKind(date: string, { years }: Calendar): DayKind {
  if (years.some(({ holidays }) => holidays.some(({ from, to }) => from <= date && date <= to))) return 'holiday';
  return years.some(({ makeUpDays }) => makeUpDays.includes(date)) ? 'make-up-day' : 'usual';
}

export function isWorkingDay(date: string, calendar: Calendar): boolean {
  const kind = dayKind(date, calendar);
  return kind === 'usual' ? !calendar.weekend.includes(weekdayOf(date)) : kind === 'make-up-day';
}

/** Whether the calendar can say anything about this date. */
export function isKnown(date: string, { horizon, years }: Calendar): boolean {
  return date <= horizon && years.some(({ year }) => year === Number(date.slice(0, 4)));
}

export function weekdayOf(date: string): Weekday {
  return weekdays[DateTime.fromISO(date, { zone: 'utc' }).weekday - 1] ?? 'monday';
}
