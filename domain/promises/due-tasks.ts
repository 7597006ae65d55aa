import { nextWithin, timeOnDay } from '../calendar/hours';
import type { TaskTimeTerms } from '../policies/terms';
import { later } from './counting';
import type { DueFacts } from './due';
import { hoursOfRole } from './hours-of-role';
import type { Due, Role, TaskKind } from './kinds';
import { dueOn } from './provisional';
import { taskTimes } from './task-times';

/** What the time is for: the second half of "30 min: …". */
const whatFor: Record<TaskKind, string> = {
  'complete-details': 'what is missing is asked for (H-02)',
  'guidance-call': 'the customer is called (H-75)',
  'revisit-call': 'the customer is called (H-75)',
  'satisfaction-call': 'the customer is called (H-75)',
  'say-when-ready': 'the workshop says whether it is ready in time (S-26)',
  'repair-overdue': 'somebody above the workshop says when it is ready (S-26)',
  'repair-without-date': 'the service manager speaks with a customer who got no date (S-26)',
  'delay-call': 'the customer is told by phone that it takes longer (S-26)',
  'unsuited-date-call': 'the customer is called to whom the new date does not suit (S-26)',
  'honour-offer': 'what was offered for the delay is carried out (E-11)',
  'propose-remedy': 'the store manager proposes a remedy to the customer (S-29)',
  'pickup-call': 'the store tells the customer that it is ready (S-27)',
  'day-named-again': 'the store manager speaks with a customer who put it off again (TR-6)',
  'not-collected': 'headquarters hears of a product that nobody collects (S-28)',
  'decide-way-home': 'headquarters decides how it goes home (S-28)',
  'send-parcel': 'the store sends it (S-28)',
  'deliver-home': 'somebody brings it home (S-28)',
  'parcel-call': 'the customer is called (H-75)',
  'trace-parcel': 'the store asks the carrier where it is (S-28)',
  'another-round': 'somebody above hears of a customer who is not satisfied (H-76)',
  'agree-next-step': 'the desk agrees the next step with the customer (H-03)',
  'decide-unreached': 'the service manager decides (H-05)',
  'read-reply': 'a person reads the reply and answers it',
  'message-unknown': 'a person finds out whether the text arrived',
  depart: 'the engineer leaves in time (H-22)',
  'not-departed': 'the dispatcher finds out why the engineer has not left (H-26)',
  'ask-engineer': 'the engineer says when he arrives (H-33)',
  'late-call': 'the dispatcher phones a customer who waits (H-35)',
  'visit-late': 'the service manager knows of a late visit (H-35)',
  'find-engineer': 'the dispatcher finds out where the engineer is',
  'visit-missed': 'the service manager contacts a customer to whom nobody came (K-16)',
  'agree-other-time': 'another time is agreed with the customer (H-08)',
  apologise: 'the service manager says sorry in person (H-35)',
  'tell-by-phone': 'the customer is told by phone what no text could tell him (H-13)',
  'report-result': 'the engineer says how the visit ended',
  'customer-chases': 'the service manager calls a customer who had to ask twice (K-16)',
};

/** By when a task of a kind is done, in the hours of who has it. `why`: what for, if not for what its kind is. */
export function taskDue(kind: TaskKind, from: string, facts: DueFacts, why = whatFor[kind]): Due {
  const { dueInMinutes } = taskTimes(kind, facts);
  const role = facts.role ?? facts.terms.tasks[kind].role;
  return roleTime(role, from, dueInMinutes, facts, `${inWords(dueInMinutes)}: ${why}`);
}

function inWords(minutes: TaskTimeTerms['dueInMinutes']): string {
  if (minutes === 'next-day') return 'by the end of the next day';
  return minutes < 60 ? `${minutes} min` : `${minutes / 60} h`;
}

/** So many minutes of a role's hours. */
export function roleTime(
  role: Role,
  from: string,
  minutes: TaskTimeTerms['dueInMinutes'],
  facts: DueFacts,
  why: string,
): Due {
  const hours = hoursOfRole(role, facts);
  const due = minutes === 'next-day' ? hours.endOfNextDay(from) : hours.plus(from, minutes);
  const shifted = minutes !== 'next-day' && due.at !== later(from, minutes);
  return dueOn(due, shifted ? [why, hours.inWords] : [why], hours.next(from));
}

/** By the end of the next desk day. */
export function dueAtClosing(from: string, { terms }: DueFacts): Due {
  const { deskHours, store } = terms;
  return {
    notBefore: nextWithin(from, deskHours, store.timeZone),
    dueAt: timeOnDay(from, deskHours.to, store.timeZone, 1),
    because: ['by the end of the next desk day'],
  };
}
