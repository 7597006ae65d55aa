import { dateIn, nextWithin, plusMinutesWithin, timeOnDay } from '../calendar/hours';
import type { Calendar } from '../calendar/holidays';
import type { Priority } from '../cases/case';
import type { TaskTimeTerms, Terms } from '../policies/terms';
import { hoursOfRole } from './hours-of-role';
import type { Due, DueRule, Role, TaskKind } from './kinds';
import { taskTimes } from './task-times';

/** What a due time is counted by. */
export interface DueFacts {
  terms: Terms;
  customerZone: string;
  /** What is known of the store's holidays now. */
  calendar: Calendar;
  priority?: Priority;
  /** Who has the task that is counted, if not who has it by its kind. */
  role?: Role;
}

/**
 * When something is due, counted by a rule from a fact, and the pieces that make it so.
 * @param from ISO instant in case time; so are the answers.
 */
export function dueBy(rule: DueRule, from: string, facts: DueFacts): Due {
  const { terms } = facts;
  const { guidance } = terms;
  switch (rule) {
    case 'guidance-check':
      return inSendingHours(later(from, guidance.checkAfterHours * 60), facts, [
        `${guidance.checkAfterHours} h after the guidance (H-05)`,
      ]);
    case 'revisit-check':
      return inSendingHours(later(from, terms.check.uncertainHours * 60), facts, [
        `${terms.check.uncertainHours} h after the engineer left (H-75)`,
      ]);
    case 'revisit-check-untested':
      return inSendingHours(later(from, terms.check.afterVisitHours * 60), facts, [
        `${terms.check.afterVisitHours} h after a visit without a trial run (H-63)`,
      ]);
    case 'new-visit':
      return within(from, terms.check.visitWithinHours, 'somebody comes again (H-76)');
    case 'satisfaction':
      return inSendingHours(timeOnDay(from, terms.satisfaction.askAt, facts.customerZone, 1), facts, [
        `${terms.satisfaction.askAt} on the day after the work was done (S-32)`,
      ]);
    case 'satisfaction-reminder':
      return inSendingHours(later(from, terms.satisfaction.reminderAfterDays * 24 * 60), facts, [
        `${terms.satisfaction.reminderAfterDays} day after the question, unanswered`,
      ]);
    case 'satisfaction-call':
      return callOnDay(from, terms.satisfaction.callAfterDays, facts);
    case 'call-next-day':
      return callOnDay(from, 1, facts);
    case 'guidance-call':
    case 'revisit-call':
      return call(from, guidance.callOpensAfterMinutes, guidance.callWithinMinutes, facts);
    case 'call-one-way':
      return call(from, guidance.oneWayCallOpensAfterMinutes, guidance.oneWayCallWithinMinutes, facts);
    case 'call-at-once':
      return { ...call(from, 0, guidance.callWithinMinutes, facts), because: ['a call at once (H-75)'] };
    case 'call-again':
      return again(from, facts);
    case 'call-last':
      return lastTry(from, facts);
    case 'call-agreed':
      return roleTime(
        'desk',
        from,
        taskTimes('guidance-call', facts).dueInMinutes,
        facts,
        'the time agreed with the customer',
      );
    case 'next-step-carried-out':
      return { ...dueAtClosing(from, facts), because: ['by the end of the next desk day'] };
    case 'snoozed':
      return roleTime(facts.role ?? 'desk', from, 30, facts, '30 min after it was put off to');
    case 'reply-answered':
      return taskDue('read-reply', from, facts);
    case 'complete-details':
    case 'agree-next-step':
    case 'another-round':
    case 'decide-unreached':
    case 'read-reply':
    case 'message-unknown':
    case 'customer-chases':
      return taskDue(rule, from, facts);
  }
}

/** The instant itself if texts may go out then, else the next beginning of the sending hours in the customer's zone. */
export function sendingTime(at: string, terms: Terms, customerZone: string): string {
  return nextWithin(at, terms.sendingHours, customerZone);
}

const within = (from: string, hours: number, why: string): Due => ({
  notBefore: from,
  dueAt: later(from, hours * 60),
  because: [`${hours} h: ${why}`],
});

/** Some time of a later desk day, when the customer is awake. */
function callOnDay(from: string, days: number, facts: DueFacts): Due {
  const { deskHours, store } = facts.terms;
  const notBefore = callTime(timeOnDay(from, deskHours.from, store.timeZone, days), facts);
  return {
    notBefore,
    dueAt: timeOnDay(notBefore, deskHours.to, store.timeZone, 0),
    because: [`a call ${days} day${days > 1 ? 's' : ''} later (H-75)`],
  };
}

/** The task opens in desk hours, and the call is made by then (H-75); who was asked too late for today is called in the morning. */
function call(from: string, opensAfterMinutes: number, withinMinutes: number, facts: DueFacts): Due {
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

function again(from: string, facts: DueFacts): Due {
  const { guidance, deskHours, store } = facts.terms;
  const notBefore = callTime(later(from, guidance.hoursBetweenTries * 60), facts);
  return {
    notBefore,
    dueAt: plusMinutesWithin(notBefore, guidance.callWithinMinutes, deskHours, store.timeZone),
    because: [`${guidance.hoursBetweenTries} h after the try before, in desk hours`],
  };
}

/** Not later than noon of the next day, unless it could not even begin before. */
function lastTry(from: string, facts: DueFacts): Due {
  const { guidance, store } = facts.terms;
  const due = again(from, facts);
  const latest = timeOnDay(from, guidance.lastTryBy, store.timeZone, 1);
  if (due.dueAt <= latest || latest <= due.notBefore) return due;
  return { ...due, dueAt: latest, because: [...due.because, `by ${guidance.lastTryBy} of the next day`] };
}

/** What the time is for: the second half of "30 min: …". */
const whatFor: Record<TaskKind, string> = {
  'complete-details': 'what is missing is asked for (H-02)',
  'guidance-call': 'the customer is called (H-75)',
  'revisit-call': 'the customer is called (H-75)',
  'satisfaction-call': 'the customer is called (H-75)',
  'another-round': 'somebody above hears of a customer who is not satisfied (H-76)',
  'agree-next-step': 'the desk agrees the next step with the customer (H-03)',
  'decide-unreached': 'the service manager decides (H-05)',
  'read-reply': 'a person reads the reply and answers it',
  'message-unknown': 'a person finds out whether the text arrived',
  'customer-chases': 'the service manager calls a customer who had to ask twice (K-16)',
};

function taskDue(kind: TaskKind, from: string, facts: DueFacts): Due {
  const { dueInMinutes } = taskTimes(kind, facts);
  const role = facts.role ?? facts.terms.tasks[kind].role;
  return roleTime(role, from, dueInMinutes, facts, `${inWords(dueInMinutes)}: ${whatFor[kind]}`);
}

function inWords(minutes: TaskTimeTerms['dueInMinutes']): string {
  if (minutes === 'next-day') return 'by the end of the next day';
  return minutes < 60 ? `${minutes} min` : `${minutes / 60} h`;
}

function roleTime(role: Role, from: string, minutes: TaskTimeTerms['dueInMinutes'], facts: DueFacts, why: string): Due {
  const hours = hoursOfRole(role, facts);
  const dueAt = minutes === 'next-day' ? hours.endOfNextDay(from) : hours.plus(from, minutes);
  const shifted = minutes !== 'next-day' && dueAt !== later(from, minutes);
  return { notBefore: hours.next(from), dueAt, because: shifted ? [why, hours.inWords] : [why] };
}

function dueAtClosing(from: string, { terms }: DueFacts) {
  const { deskHours, store } = terms;
  return {
    notBefore: nextWithin(from, deskHours, store.timeZone),
    dueAt: timeOnDay(from, deskHours.to, store.timeZone, 1),
  };
}

function inSendingHours(at: string, { terms, customerZone }: DueFacts, because: string[]): Due {
  const dueAt = sendingTime(at, terms, customerZone);
  if (dueAt === at) return { notBefore: at, dueAt, because };
  const { from, to } = terms.sendingHours;
  const day = dateIn(at, customerZone) === dateIn(dueAt, customerZone) ? 'the same day' : 'the next morning';
  return { notBefore: at, dueAt, because: [...because, `outside sending hours ${from}–${to}: ${from} ${day}`] };
}

const later = (from: string, minutes: number) => new Date(Date.parse(from) + minutes * 60_000).toISOString();
