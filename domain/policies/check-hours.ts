import type { DayHours } from '../calendar/opening-hours';
import { weekdays } from '../calendar/holidays';
import type { Mistake, PolicyFile, PublishedStore } from './policy-file';
import type { Period } from './terms';

/** Periods that end before they begin or overlap, empty days, places that never open, calls due before they open. */
export function hoursMistakes({ policy, stores }: PolicyFile): Mistake[] {
  return [
    ...backwards(policy.sendingHours, '/policy/sendingHours'),
    ...backwards(policy.deskHours, '/policy/deskHours'),
    ...callMistakes(policy.guidance),
    ...visitMistakes(policy.visit),
    ...stores.flatMap(({ hours }, i) => storeMistakes(hours, `/stores/${i}/hours`)),
  ];
}

function callMistakes(guidance: PolicyFile['policy']['guidance']): Mistake[] {
  const windows = [
    ['callWithinMinutes', 'callOpensAfterMinutes'],
    ['oneWayCallWithinMinutes', 'oneWayCallOpensAfterMinutes'],
  ] as const;
  return windows.flatMap(([within, opens]) =>
    guidance[within] > guidance[opens]
      ? []
      : [
          {
            pointer: `/policy/guidance/${within}`,
            message: `The call is due before it opens, after ${guidance[opens]} min.`,
          },
        ],
  );
}

/** A visit goes wrong step by step: each step comes after the one before. */
function visitMistakes(visit: PolicyFile['policy']['visit']): Mistake[] {
  const steps = [
    ['lateTextBeforeMinutes', 'askEngineerBeforeMinutes'],
    ['lateFromMinutes', 'dispatcherLooksAfterMinutes'],
    ['dispatcherLooksAfterMinutes', 'missedAfterMinutes'],
  ] as const;
  return steps.flatMap(([less, more]) =>
    visit[less] < visit[more]
      ? []
      : [{ pointer: `/policy/visit/${more}`, message: `This is more than ${less}, ${visit[less]} min.` }],
  );
}

function storeMistakes({ week, holidays, makeUpDays, exceptions }: PublishedStore['hours'], at: string): Mistake[] {
  const neverOpen = weekdays.every((day) => week[day] === 'closed');
  return [
    ...(neverOpen ? [{ pointer: `${at}/week`, message: 'This store is never open.' }] : []),
    ...weekdays.flatMap((day) => dayMistakes(week[day], `${at}/week/${day}`)),
    ...(holidays === 'as-usual' ? [] : dayMistakes(holidays, `${at}/holidays`)),
    ...(makeUpDays === 'as-usual' ? [] : dayMistakes(makeUpDays, `${at}/makeUpDays`)),
    ...Object.entries(exceptions).flatMap(([date, day]) => dayMistakes(day, `${at}/exceptions/${date}`)),
  ];
}

function dayMistakes(day: DayHours, at: string): Mistake[] {
  if (day === 'closed') return [];
  if (day.length === 0) return [{ pointer: at, message: 'A day without hours is said as "closed".' }];
  return day.flatMap((period, i) => {
    const other = day.slice(0, i).find((before) => before.from < period.to && period.from < before.to);
    const overlap = other && { pointer: `${at}/${i}`, message: `Overlaps ${other.from}–${other.to}.` };
    return [...backwards(period, `${at}/${i}`), ...(overlap ? [overlap] : [])];
  });
}

function backwards({ from, to }: Period, pointer: string): Mistake[] {
  return from < to ? [] : [{ pointer, message: `Ends at ${to}, not after it begins at ${from}.` }];
}
