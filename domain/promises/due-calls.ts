import { nextWithin, plusMinutesWithin, timeOnDay } from '../calendar/hours';
import { later } from './counting';
import type { DueFacts } from './due';
import type { Due } from './kinds';

/** Some time of a later desk day, when the customer is awake. */
export function callOnDay(from: string, days: number, facts: DueFacts): Due {
  const { deskHours, store } = facts.terms;
  const notBefore = callTime(timeOnDay(from, deskHours.from, store.timeZone, days), facts);
  return {
    notBefore,
    dueAt: timeOnDay(notBefore, deskHours.to, store.timeZone, 0),
    because: [`a call ${days} day${days > 1 ? 's' : ''} later (H-75)`],
  };
}

/** The task opens in desk hours, and the call is made by then (H-75); who was asked too late for today is called in the morning. */
export function call(from: string, opensAfterMinutes: number, withinMinutes: number, facts: DueFacts): Due {
  const { deskHours, store } = facts.terms;
  const opens = later(from, opensAfterMinutes);
  const notBefore = callTime(opens, facts);
  const dueAt =
    notBefore === opens
      ? plusMinutesWithin(from, withinMinutes, deskHours, store.timeZone)
      : plusMinutesWithin(notBefore, withinMinutes - opensAfterMinutes, deskHours, store.timeZone);
  const why = [`within ${withinMinutes} min of the question (H-05)`];
  if (dueAt !== later(from, withinMinutes)) why.push(`in desk hours ${deskHours.from}–${deskHours.to}`);
  return { notBefore, dueAt, because: why };
}

const looks = 8;

/** The desk is there, and it is no night where the customer is; where both never meet, the desk's hours count. */
function callTime(at: string, { terms, customerZone }: DueFacts): string {
  const { deskHours, sendingHours, store } = terms;
  let time = nextWithin(at, deskHours, store.timeZone);
  for (let look = 0; look < looks; look += 1) {
    const awake = nextWithin(time, sendingHours, customerZone);
    if (awake === time) return time;
    time = nextWithin(awake, deskHours, store.timeZone);
  }
  return nextWithin(at, deskHours, store.timeZone);
}

export function again(from: string, facts: DueFacts): Due {
  const { guidance, deskHours, store } = facts.terms;
  const notBefore = callTime(later(from, guidance.hoursBetweenTries * 60), facts);
  return {
    notBefore,
    dueAt: plusMinutesWithin(notBefore, guidance.callWithinMinutes, deskHours, store.timeZone),
    because: [`${guidance.hoursBetweenTries} h after the try before, in desk hours`],
  };
}

/** Not later than noon of the next day, unless it could not even begin before. */
export function lastTry(from: string, facts: DueFacts): Due {
  const { guidance, store } = facts.terms;
  const due = again(from, facts);
  const latest = timeOnDay(from, guidance.lastTryBy, store.timeZone, 1);
  if (due.dueAt <= latest || latest <= due.notBefore) return due;
  return { ...due, dueAt: latest, because: [...due.because, `by ${guidance.lastTryBy} of the next day`] };
}
