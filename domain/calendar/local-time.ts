import { DateTime } from 'luxon';
import type { TimeOfDay } from '../policies/terms';

/**
 * Days and clock times of a zone as moments. A clock time that a clock change skips becomes the first moment after the gap; one that
 * comes twice has a first and a last moment. `24:00` is where the next day begins.
 */
export function firstMomentAt(date: string, time: TimeOfDay, zone: string): DateTime {
  return momentsAt(date, time, zone)[0];
}

/** The last moment at which the clock shows this time; `24:00` comes once. */
export function lastMomentAt(date: string, time: TimeOfDay, zone: string): DateTime {
  const [first, last = first] = momentsAt(date, time, zone);
  return time === '24:00' ? first : last;
}

/** A date some days later, or earlier; no zone has a say in that. */
export function addDays(date: string, days: number): string {
  return DateTime.fromISO(date, { zone: 'utc' }).plus({ days }).toISODate() ?? '';
}

function momentsAt(date: string, time: TimeOfDay, zone: string): [DateTime, DateTime?] {
  const [day, clock] = time === '24:00' ? [addDays(date, 1), '00:00'] : [date, time];
  const found = DateTime.fromISO(`${day}T${clock}`, { zone });
  if (found.toFormat("yyyy-MM-dd'T'HH:mm") !== `${day}T${clock}`) return [endOfGapBefore(found)];
  const [first = found, last = first] = found.getPossibleOffsets();
  return [first, last];
}

/** The library goes on by the length of the gap: go back to where the new offset begins. */
function endOfGapBefore(found: DateTime): DateTime {
  const before = found.minus({ minutes: 1 });
  return before.offset === found.offset ? endOfGapBefore(before) : found;
}
