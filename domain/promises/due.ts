import { plusCalendarDays } from '../calendar/business-days';
import { timeOnDay } from '../calendar/hours';
import type { Calendar } from '../calendar/holidays';
import type { Priority } from '../cases/case';
import type { Terms } from '../policies/terms';
import { inSendingHours, later, within } from './counting';
import { answerDue } from './due-answers';
import { again, call, callOnDay, lastTry } from './due-calls';
import { pickupDue } from './due-pickup';
import { dueAtClosing, roleTime, taskDue } from './due-tasks';
import { visitDue } from './due-visit';
import { workshopDue } from './due-workshop';
import type { Due, DueRule, Role } from './kinds';
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
 * @param from ISO instant in case time; so are the answers. After a named day it is that day, `YYYY-MM-DD` in the store's zone.
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
      return inSendingHours(
        plusCalendarDays(from, terms.satisfaction.reminderAfterDays, facts.customerZone).at,
        facts,
        [`${terms.satisfaction.reminderAfterDays} day after the question, unanswered`],
      );
    case 'satisfaction-call':
      return callOnDay(from, terms.satisfaction.callAfterDays, facts);
    case 'call-next-day':
      return callOnDay(from, 1, facts);
    case 'guidance-call':
    case 'revisit-call':
    case 'parcel-call':
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
    case 'repair-due':
    case 'repair-due-store':
    case 'repair-due-service-centre':
    case 'repair-due-factory':
    case 'workshop-asked':
    case 'repair-late-told':
    case 'repair-news':
    case 'unsuited-date-call':
      return workshopDue(rule, from, facts);
    case 'complaint-contact':
    case 'complaint-answer':
    case 'estimate-expires':
    case 'stock-answer':
    case 'stock-held':
      return answerDue(rule, from, facts);
    case 'pickup-notice':
    case 'pickup-notice-at-once':
    case 'after-named-day':
    case 'pickup-call-next-day':
    case 'call-after-named-day':
    case 'headquarters-informed':
    case 'day-after-named-day':
    case 'parcel-sent':
    case 'send-parcel':
    case 'parcel-after-named-day':
    case 'parcel-check':
      return pickupDue(rule, from, facts);
    case 'next-step-carried-out':
      return dueAtClosing(from, facts);
    case 'snoozed':
      return roleTime(facts.role ?? 'desk', from, 30, facts, '30 min after it was put off to');
    case 'reply-answered':
      return taskDue('read-reply', from, facts);
    case 'visit':
    case 'visit-day-before':
    case 'change-by':
    case 'arrival-news':
    case 'depart':
    case 'ask-engineer':
    case 'manager-contact':
      return visitDue(rule, from, facts);
    case 'new-slot':
      return taskDue('agree-other-time', from, facts);
    case 'remedy-proposed':
      return taskDue('propose-remedy', from, facts);
    case 'late-call':
    case 'not-departed':
    case 'visit-late':
    case 'find-engineer':
    case 'visit-missed':
    case 'agree-other-time':
    case 'apologise':
    case 'tell-by-phone':
    case 'report-result':
    case 'say-when-ready':
    case 'repair-overdue':
    case 'repair-without-date':
    case 'delay-call':
    case 'honour-offer':
    case 'propose-remedy':
    case 'complete-details':
    case 'agree-next-step':
    case 'another-round':
    case 'decide-unreached':
    case 'read-reply':
    case 'message-unknown':
    case 'customer-chases':
    case 'pickup-call':
    case 'day-named-again':
    case 'not-collected':
    case 'decide-way-home':
    case 'deliver-home':
    case 'trace-parcel':
      return taskDue(rule, from, facts);
  }
}
