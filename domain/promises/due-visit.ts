import { timeOnDay } from '../calendar/hours';
import { inSendingHours, later } from './counting';
import type { DueFacts } from './due';
import { roleTime } from './due-tasks';
import type { Due } from './kinds';

type VisitRule =
  'visit' | 'visit-day-before' | 'change-by' | 'arrival-news' | 'depart' | 'ask-engineer' | 'manager-contact';

/**
 * Times around a visit. `visit` and `ask-engineer` are counted from the latest arrival that the customer was told, `visit-day-before`
 * from the earliest, `depart` from when the engineer leaves, the others from when they are said.
 */
export function visitDue(rule: VisitRule, from: string, facts: DueFacts): Due {
  const { visit, deskHours, store } = facts.terms;
  switch (rule) {
    case 'visit':
      return { notBefore: from, dueAt: from, because: ['the latest arrival that the customer was told (H-32)'] };
    case 'visit-day-before':
      return inSendingHours(timeOnDay(from, visit.dayBeforeAt, facts.customerZone, -1), facts, [
        `${visit.dayBeforeAt} of the day before`,
      ]);
    case 'change-by': {
      const today = timeOnDay(from, deskHours.to, store.timeZone);
      const dueAt = today > from ? today : timeOnDay(from, deskHours.to, store.timeZone, 1);
      return { notBefore: from, dueAt, because: [`while the desk is there, until ${deskHours.to}`] };
    }
    case 'arrival-news': {
      const { lateNewsWithinMinutes: minutes } = visit;
      const because = [`${minutes} min: the customer hears when the engineer arrives (H-33)`];
      return { notBefore: from, dueAt: later(from, minutes), because };
    }
    case 'depart': {
      const because = [`told ${visit.tellEngineerBeforeMinutes} min before he leaves (H-22)`];
      return { notBefore: later(from, -visit.tellEngineerBeforeMinutes), dueAt: from, because };
    }
    case 'ask-engineer': {
      const { askEngineerBeforeMinutes, lateTextBeforeMinutes } = visit;
      const because = [`asked ${askEngineerBeforeMinutes} min before the slot ends: the customer hears in time (H-33)`];
      return { notBefore: later(from, -askEngineerBeforeMinutes), dueAt: later(from, -lateTextBeforeMinutes), because };
    }
    case 'manager-contact': {
      const { managerContactsWithinMinutes: minutes } = visit;
      return roleTime('service-manager', from, minutes, facts, `${minutes} min: the service manager says sorry (H-35)`);
    }
  }
}
