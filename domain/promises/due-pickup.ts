import { plusCalendarDays, plusWorkingDays, type CountedTime } from '../calendar/business-days';
import { dateIn } from '../calendar/hours';
import { addDays } from '../calendar/local-time';
import { closingOf, nextOpenDay, nextOpening, plusOpenMinutes, timeOnOpenDay } from '../calendar/opening-hours';
import { inSendingHours, sendingTime } from './counting';
import type { DueFacts } from './due';
import type { Due } from './kinds';
import { dueOn } from './provisional';
import { storeOf } from './store-of';
import { taskTimes } from './task-times';

type PickupRule =
  | 'pickup-notice'
  | 'pickup-notice-at-once'
  | 'pickup-call-next-day'
  | 'headquarters-informed'
  | 'parcel-sent'
  | 'send-parcel'
  | 'parcel-check'
  | DayRule;

/** Counted from the day that the customer named, `YYYY-MM-DD` in the store's zone; the others from an instant. */
type DayRule = 'after-named-day' | 'call-after-named-day' | 'day-after-named-day' | 'parcel-after-named-day';

/** Times of a product that waits to be collected, or goes home (S-27, S-28, TR-6). */
export function pickupDue(rule: PickupRule, from: string, facts: DueFacts): Due {
  const { everyDays, headquartersAfterDays, parcelAskedAfterDays } = facts.terms.pickup;
  switch (rule) {
    case 'pickup-notice-at-once':
      return inSendingHours(from, facts, ['told at once that it is ready (S-27)']);
    case 'pickup-notice':
      return noticeDue(from, everyDays, facts);
    case 'headquarters-informed':
      return dueOn(daysLater(from, headquartersAfterDays, facts), [
        `${headquartersAfterDays} days after the last notice (S-28)`,
      ]);
    case 'pickup-call-next-day': {
      const day = addDays(dateIn(from, storeOf(facts).timeZone), 1);
      return storeCall(timeOnOpenDay(day, '00:00', storeOf(facts)), ['on the next day of the store (S-28)'], facts);
    }
    case 'after-named-day':
      return afterNamedDay(from, facts);
    case 'call-after-named-day': {
      const { dueAt, provisional = false, because } = afterNamedDay(from, facts);
      return storeCall({ at: dueAt, provisional }, because, facts);
    }
    case 'day-after-named-day':
      return dayAfterNamedDay(from, facts);
    case 'parcel-sent':
    case 'send-parcel':
      return parcelDue(from, facts);
    case 'parcel-after-named-day':
      return parcelDue(dayAfterNamedDay(from, facts).dueAt, facts);
    case 'parcel-check':
      return inSendingHours(daysLater(from, parcelAskedAfterDays, facts).at, facts, [
        `${parcelAskedAfterDays} days after it was sent`,
      ]);
  }
}

/** At the same clock time, moved only later: into sending hours and a day on which the store opens (S-27). */
function noticeDue(from: string, days: number, facts: DueFacts): Due {
  const usual = daysLater(from, days, facts);
  const moved = whenToRemind(usual, facts);
  const why = `${days} days after the notice before (S-27)`;
  return dueOn(moved, moved.at === usual.at ? [why] : [why, 'in sending hours, on a day on which the store opens']);
}

/** Silence until the day has passed; then the next step on the next open day (TR-6). */
function afterNamedDay(day: string, facts: DueFacts): Due {
  const { nextStepAt } = facts.terms.pickup;
  const at = whenToRemind(timeOnOpenDay(addDays(day, 1), nextStepAt, storeOf(facts)), facts);
  return dueOn(at, [`${nextStepAt} of the next open day after the day that he named (TR-6)`]);
}

function dayAfterNamedDay(day: string, facts: DueFacts): Due {
  const { dueAt, provisional = false, because } = afterNamedDay(day, facts);
  return dueOn({ ...daysLater(dueAt, 1, facts), provisional }, [...because, 'one day after the call']);
}

/** By closing time of the working day (S-28). */
function parcelDue(from: string, facts: DueFacts): Due {
  const days = facts.terms.pickup.parcelWithinWorkingDays;
  const store = storeOf(facts);
  const day = plusWorkingDays(dateIn(from, store.timeZone), days, facts.calendar);
  const { at, provisional } = closingOf(day.date, store);
  const why = `within ${days} working day${days > 1 ? 's' : ''}, by closing time (S-28)`;
  return dueOn({ at, provisional: provisional || day.provisional }, [why], nextOpening(from, store).at);
}

/** In the hours of the store, and not at night where the customer is. */
function storeCall(opens: CountedTime, because: string[], facts: DueFacts): Due {
  const store = storeOf(facts);
  const { dueInMinutes } = taskTimes('pickup-call', facts);
  const notBefore = nextOpening(sendingTime(opens.at, facts.terms, facts.customerZone), store).at;
  const due =
    dueInMinutes === 'next-day'
      ? closingOf(addDays(dateIn(notBefore, store.timeZone), 1), store)
      : plusOpenMinutes(notBefore, dueInMinutes, store);
  return dueOn({ at: due.at, provisional: due.provisional || opens.provisional }, because, notBefore);
}

const looks = 8;

/** Sending hours are the customer's, days those of the store; where both never meet, the sending hours count. */
function whenToRemind(usual: CountedTime, facts: DueFacts): CountedTime {
  const { terms, customerZone } = facts;
  const store = storeOf(facts);
  let { provisional } = usual;
  let at = sendingTime(usual.at, terms, customerZone);
  for (let look = 0; look < looks; look += 1) {
    const date = dateIn(at, store.timeZone);
    const open = nextOpenDay(date, store);
    provisional ||= open.provisional;
    if (open.date === date) return { at, provisional };
    at = sendingTime(daysLater(at, daysBetween(date, open.date), facts).at, terms, customerZone);
  }
  return { at: sendingTime(usual.at, terms, customerZone), provisional };
}

const daysLater = (at: string, days: number, { terms }: DueFacts) => plusCalendarDays(at, days, terms.store.timeZone);
const daysBetween = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / (24 * 3_600_000);
