import { clockIn, dateIn } from '../calendar/hours';
import { periodsOn } from '../calendar/opening-hours';
import type { DueFacts } from '../promises/due';
import { storeOf } from '../promises/store-of';
import { canStillCome, dayNamed, datesFrom, type Today } from './day-named';

type Facts = Pick<DueFacts, 'terms' | 'calendar'>;

/**
 * The days on which a customer can come to the store of his case, `YYYY-MM-DD`: those on which it opens, from today (as long as there is
 * time to come) to the last that can be named. `at`: an ISO instant in case time.
 */
export function daysOnOffer(at: string, facts: Facts): string[] {
  const today = todayAt(at, facts);
  return datesFrom(today).filter((date) =>
    date === today.date ? canStillCome(today) : periodsOn(date, storeOf(facts)) !== 'closed',
  );
}

/** The day on offer that a text, which came in at `at`, names. A day on which the store is closed is talked about with a person. */
export function dayOnOffer(text: string, at: string, facts: Facts): string | undefined {
  const day = dayNamed(text, todayAt(at, facts));
  return daysOnOffer(at, facts).find((date) => date === day);
}

function todayAt(at: string, facts: Facts): Today {
  const { store, pickup } = facts.terms;
  const date = dateIn(at, store.timeZone);
  const periods = periodsOn(date, storeOf(facts));
  const closesAt = periods === 'closed' ? undefined : periods.at(-1)?.to;
  return {
    date,
    time: clockIn(at, store.timeZone),
    ...(closesAt && { closesAt }),
    untilMinutesBeforeClosing: pickup.namedTodayUntilMinutesBeforeClosing,
    daysAhead: pickup.nameableDays,
  };
}
