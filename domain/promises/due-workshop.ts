import { minusWorkingDays, plusWorkingDays, type CountedDay } from '../calendar/business-days';
import { dateIn, lastWithin } from '../calendar/hours';
import { addDays } from '../calendar/local-time';
import { closingOf, timeOnOpenDay } from '../calendar/opening-hours';
import { later } from './counting';
import type { DueFacts } from './due';
import { roleTime } from './due-tasks';
import type { Due } from './kinds';
import { dueOn } from './provisional';
import { storeOf } from './store-of';

type WorkshopRule =
  | 'repair-due'
  | 'repair-due-store'
  | 'repair-due-service-centre'
  | 'repair-due-factory'
  | 'workshop-asked'
  | 'repair-late-told'
  | 'repair-news'
  | 'unsuited-date-call';

/**
 * Times of a repair away from the customer. By route they are counted from when the product left his hands, the day of which is day 0,
 * and are due at closing (TR-10); `repair-due` itself is counted from the day that was forecast. `workshop-asked` and
 * `repair-late-told` come before a due time and are counted from it, the others from when they are said.
 */
export function workshopDue(rule: WorkshopRule, from: string, facts: DueFacts): Due {
  const { storeDays, serviceCentreWorkingDays, factoryDays, unsuitedCallWithinMinutes } = facts.terms.workshop;
  switch (rule) {
    case 'repair-due':
      return closing(from, (day) => known(day), facts, 'the day that the workshop forecast (S-26)');
    case 'repair-due-store':
      return closing(from, (day) => known(addDays(day, storeDays)), facts, `${storeDays} days in our store (TR-10)`);
    case 'repair-due-service-centre':
      return closing(
        from,
        (day) => plusWorkingDays(day, serviceCentreWorkingDays, facts.calendar),
        facts,
        `${serviceCentreWorkingDays} working days in the service centre (TR-10)`,
      );
    case 'repair-due-factory':
      return closing(
        from,
        (day) => known(addDays(day, factoryDays)),
        facts,
        `${factoryDays} days at the factory (TR-10)`,
      );
    case 'workshop-asked':
      return askedBefore(from, facts);
    case 'repair-late-told':
      return toldBefore(from, facts);
    case 'repair-news':
      return news(from, facts);
    case 'unsuited-date-call':
      return roleTime('desk', from, unsuitedCallWithinMinutes, facts, 'a call to whom the new date does not suit');
  }
}

const known = (date: string): CountedDay => ({ date, provisional: false });

/** At closing of a day counted from that of `from`; where the store is closed on it, or was closed by then, of the next open day. */
function closing(from: string, count: (day: string) => CountedDay, facts: DueFacts, why: string): Due {
  const store = storeOf(facts);
  const day = count(dateIn(from, store.timeZone));
  const closes = closingOf(day.date, store);
  const { at, provisional } = closes.at >= from ? closes : closingOf(addDays(day.date, 1), store);
  return dueOn({ at, provisional: provisional || day.provisional }, [why, 'at closing of that day'], from);
}

/** On the working day before, while the store is open: whoever repairs says whether it will be in time. */
function askedBefore(due: string, facts: DueFacts): Due {
  const { askWorkingDaysBefore, tellHoursBefore } = facts.terms.workshop;
  const store = storeOf(facts);
  const day = minusWorkingDays(dateIn(due, store.timeZone), askWorkingDaysBefore, facts.calendar);
  const [opens, closes] = [timeOnOpenDay(day.date, '00:00', store).at, closingOf(day.date, store)];
  // Where the store is closed on that day, it is asked when it opens again, but before the customer is told.
  const at = earlier(closes.at, later(due, -tellHoursBefore * 60));
  const why = `asked ${askWorkingDaysBefore} working day before (S-26)`;
  return dueOn({ at, provisional: closes.provisional || day.provisional }, [why], earlier(opens, at));
}

const earlier = (one: string, other: string) => (one < other ? one : other);
const roomMinutes = 15;

/** Before it was promised, and not at night: where the customer sleeps then, in the evening before. */
function toldBefore(due: string, facts: DueFacts): Due {
  const { terms, customerZone } = facts;
  const { tellHoursBefore } = terms.workshop;
  const asked = later(due, -tellHoursBefore * 60);
  const dueAt = lastWithin(asked, terms.sendingHours, customerZone, roomMinutes);
  const why = `${tellHoursBefore} h before it was promised (S-26)`;
  const notBefore = earlier(askedBefore(due, facts).notBefore, dueAt); // until the workshop was asked, there is nothing to tell
  return { notBefore, dueAt, because: dueAt === asked ? [why] : [why, 'earlier, in sending hours'] };
}

function news(from: string, facts: DueFacts): Due {
  const days = facts.terms.workshop.firmDateWithinWorkingDays;
  const why = `a firm date within ${days} working day${days > 1 ? 's' : ''} (S-26)`;
  return closing(from, (day) => plusWorkingDays(day, days, facts.calendar), facts, why);
}
