import { weekdayOf, type Calendar, type CalendarYear } from '../calendar/holidays';
import type { Mistake } from './policy-file';

/** Holidays that overlap or are worked as well, years that are missing, and a horizon that does not fit. */
export function calendarMistakes(calendar: Calendar, at: string, today: string): Mistake[] {
  return [...horizonMistakes(calendar, at, today), ...yearMistakes(calendar, at), ...dayMistakes(calendar, at)];
}

function horizonMistakes({ horizon, years }: Calendar, at: string, today: string): Mistake[] {
  const pointer = `${at}/horizon`;
  const known = years.map(({ year }) => year);
  if (horizon < today) return [{ pointer, message: `The calendar ended on ${horizon}: add the days that follow.` }];
  if (known.length > 0 && Number(horizon.slice(0, 4)) > Math.max(...known))
    return [{ pointer, message: `Nothing is said about the year of ${horizon}.` }];
  return [];
}

function yearMistakes({ years, weekend }: Calendar, at: string): Mistake[] {
  return years.flatMap((said, i) => {
    const pointer = `${at}/years/${i}`;
    const before = years[i - 1];
    const order =
      before && said.year !== before.year + 1
        ? [{ pointer: `${pointer}/year`, message: `After ${before.year} comes ${before.year + 1}, not ${said.year}.` }]
        : [];
    return [...order, ...outsideYear(said, pointer), ...worked(said, weekend, pointer)];
  });
}

/** A notice may begin in the December before. */
function outsideYear({ year, holidays, makeUpDays }: CalendarYear, at: string): Mistake[] {
  const isOutside = (date: string) => date < `${year - 1}-12-01` || date > `${year}-12-31`;
  const message = `This day is not of ${year}.`;
  return [
    ...holidays.flatMap(({ from, to }, i) => [
      ...(isOutside(from) ? [{ pointer: `${at}/holidays/${i}/from`, message }] : []),
      ...(isOutside(to) ? [{ pointer: `${at}/holidays/${i}/to`, message }] : []),
    ]),
    ...makeUpDays.flatMap((date, i) => (isOutside(date) ? [{ pointer: `${at}/makeUpDays/${i}`, message }] : [])),
  ];
}

function worked({ makeUpDays }: CalendarYear, weekend: Calendar['weekend'], at: string): Mistake[] {
  return makeUpDays.flatMap((date, i) =>
    weekend.includes(weekdayOf(date))
      ? []
      : [{ pointer: `${at}/makeUpDays/${i}`, message: `${date} is a ${weekdayOf(date)}, which is worked anyway.` }],
  );
}

/** Each day is said once, in all years together. */
function dayMistakes({ years }: Calendar, at: string): Mistake[] {
  const holidays = years.flatMap((year, y) =>
    year.holidays.map((holiday, i) => ({ ...holiday, pointer: `${at}/years/${y}/holidays/${i}` })),
  );
  const makeUps = years.flatMap((year, y) =>
    year.makeUpDays.map((date, i) => ({ date, pointer: `${at}/years/${y}/makeUpDays/${i}` })),
  );
  return [
    ...holidays.flatMap(({ from, to, pointer }, i) => {
      if (from > to) return [{ pointer, message: `Ends on ${to}, before it begins on ${from}.` }];
      const other = holidays.slice(0, i).find((before) => before.from <= to && from <= before.to);
      return other ? [{ pointer, message: `Overlaps ${other.name}, ${other.from} to ${other.to}.` }] : [];
    }),
    ...makeUps.flatMap(({ date, pointer }, i) => {
      const off = holidays.find(({ from, to }) => from <= date && date <= to);
      if (off) return [{ pointer, message: `${date} is both worked and a holiday (${off.name}).` }];
      return makeUps.findIndex((other) => other.date === date) < i
        ? [{ pointer, message: `${date} is said twice.` }]
        : [];
    }),
  ];
}
