import { dateIn, nextWithin, plusMinutesWithin, timeOnDay } from '../calendar/hours';
import { addDays } from '../calendar/local-time';
import { closingOf, nextOpening, plusOpenMinutes } from '../calendar/opening-hours';
import type { CountedTime } from '../calendar/business-days';
import type { DueFacts } from './due';
import type { Role } from './kinds';
import { storeOf } from './store-of';

/** When a role works, at the date of its case. Instants in and out are ISO in UTC. */
export interface WorkingHours {
  /** The instant itself if somebody is there, else when they come next. */
  next(at: string): string;
  /** Counts minutes only while somebody is there. */
  plus(at: string, minutes: number): CountedTime;
  /** When they go home on the next day on which they work. */
  endOfNextDay(at: string): CountedTime;
  /** "in desk hours 08:00–21:00" */
  inWords: string;
}

/** Those on the ladder of the store work while it is open; everybody else by the hours of the desk, every day. */
export function hoursOfRole(role: Role, facts: DueFacts): WorkingHours {
  return facts.terms.ladders.store?.flat().includes(role) ? storeHours(facts) : deskHours(facts);
}

function deskHours({ terms: { deskHours, store } }: DueFacts): WorkingHours {
  const { timeZone } = store;
  return {
    next: (at) => nextWithin(at, deskHours, timeZone),
    plus: (at, minutes) => known(plusMinutesWithin(at, minutes, deskHours, timeZone)),
    endOfNextDay: (at) => known(timeOnDay(at, deskHours.to, timeZone, 1)),
    inWords: `in desk hours ${deskHours.from}–${deskHours.to}`,
  };
}

/** Every day is alike to the desk. */
const known = (at: string): CountedTime => ({ at, provisional: false });

function storeHours(facts: DueFacts): WorkingHours {
  const place = storeOf(facts);
  return {
    next: (at) => nextOpening(at, place).at,
    plus: (at, minutes) => plusOpenMinutes(at, minutes, place),
    endOfNextDay: (at) => closingOf(addDays(dateIn(at, place.timeZone), 1), place),
    inWords: 'while the store is open',
  };
}
