import { dateIn, timeOnDay } from '../calendar/hours';
import { addDays } from '../calendar/local-time';
import { closingOf, nextOpenDay } from '../calendar/opening-hours';
import type { DueFacts } from './due';
import { roleTime } from './due-tasks';
import type { Due } from './kinds';
import { dueOn } from './provisional';
import { storeOf } from './store-of';

type AnswerRule = 'complaint-contact' | 'complaint-answer' | 'estimate-expires' | 'stock-answer' | 'stock-held';

/** By when a customer hears, who complained, asked for a price or asked for goods, and how long something is kept for his answer. */
export function answerDue(rule: AnswerRule, from: string, facts: DueFacts): Due {
  const { complaint, estimate, stock, store } = facts.terms;
  switch (rule) {
    case 'complaint-contact':
      return roleTime('desk', from, complaint.contactWithinMinutes, facts, 'a first call to who complained (C-15)');
    case 'complaint-answer':
      return complaintAnswer(from, facts);
    case 'estimate-expires': {
      const day = addDays(dateIn(from, store.timeZone), estimate.validDays);
      return dueOn(closingOf(day, storeOf(facts)), [`a price holds ${estimate.validDays} days (S-30)`], from);
    }
    case 'stock-answer': {
      const dueAt = timeOnDay(from, stock.answerAt, store.timeZone, stock.answerAfterDays);
      return {
        notBefore: from,
        dueAt,
        because: [`an answer after ${stock.answerAfterDays} days, whatever happened (S-35)`],
      };
    }
    case 'stock-held':
      return held(from, facts);
  }
}

/** Until the evening what came in by day, by noon what came in later: it counts when it was received, to the second. */
function complaintAnswer(from: string, { terms: { complaint, store } }: DueFacts): Due {
  const { timeZone } = store;
  const { sameDayUntil, sameDayBy, nextDayBy } = complaint;
  const isSameDay = from < timeOnDay(from, sameDayUntil, timeZone);
  return {
    notBefore: from,
    dueAt: isSameDay ? timeOnDay(from, sameDayBy, timeZone) : timeOnDay(from, nextDayBy, timeZone, 1),
    because: [
      isSameDay
        ? `received before ${sameDayUntil}: by ${sameDayBy} of the day (C-15)`
        : `by ${nextDayBy} of the next day (C-15)`,
    ],
  };
}

/** Days on which the store is open, the first one after that of the arrival. */
function held(from: string, facts: DueFacts): Due {
  const { heldStoreDays } = facts.terms.stock;
  const store = storeOf(facts);
  let day = { date: dateIn(from, store.timeZone), provisional: false };
  for (let left = heldStoreDays; left > 0; left -= 1) {
    const next = nextOpenDay(addDays(day.date, 1), store);
    day = { date: next.date, provisional: day.provisional || next.provisional };
  }
  const { at, provisional } = closingOf(day.date, store);
  const why = `kept for ${heldStoreDays} days on which the store is open (S-36)`;
  return dueOn({ at, provisional: provisional || day.provisional }, [why], from);
}
