import type { Place } from '../calendar/opening-hours';
import type { DueFacts } from './due';

/** The store of a case, with its hours as they were at the opening and its holidays as they are known now. */
export function storeOf({ terms, calendar }: Pick<DueFacts, 'terms' | 'calendar'>): Place {
  const { timeZone, hours } = terms.store;
  return { timeZone, hours, calendar };
}
