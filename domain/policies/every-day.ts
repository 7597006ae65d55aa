import type { OpeningHours } from '../calendar/opening-hours';
import type { Period } from './terms';

/** A place that opens at the same times on every day of the year. */
export function everyDay(periods: Period[]): OpeningHours {
  const week = { monday: periods, tuesday: periods, wednesday: periods, thursday: periods };
  return {
    week: { ...week, friday: periods, saturday: periods, sunday: periods },
    holidays: 'as-usual',
    makeUpDays: 'as-usual',
    exceptions: {},
  };
}
