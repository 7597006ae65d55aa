import { sameTimeNextDay } from '../calendar/hours';
import type { TaskTimeTerms } from '../policies/terms';
import type { DueFacts } from './due';
import { hoursOfRole, type WorkingHours } from './hours-of-role';
import type { Role, TaskKind } from './kinds';
import { roleAbove } from './ladders';

/** By when a kind of task is done and how often it climbs, by the priority of its case. */
export function taskTimes(kind: TaskKind, { terms, priority = 'normal' }: DueFacts): TaskTimeTerms {
  const usual = terms.tasks[kind];
  return priority === 'normal' ? usual : (usual.whenHigh ?? usual);
}

/**
 * When a task that nobody has finished climbs next, counted in the hours of the role that has it; at the top, somebody is reminded
 * daily at the same time.
 * @param from ISO instant in case time; so is the answer.
 */
export function climbsAt({ kind, role }: { kind: TaskKind; role: Role }, from: string, facts: DueFacts): string {
  const hours = hoursOfRole(role, facts);
  if (!roleAbove(role, facts.terms.ladders)) return nextReminder(from, hours, facts);
  const { climbEveryMinutes } = taskTimes(kind, facts);
  return (climbEveryMinutes === 'next-day' ? hours.endOfNextDay(from) : hours.plus(from, climbEveryMinutes)).at;
}

/** Whoever was reminded while nobody was there is reminded again when they come. */
function nextReminder(from: string, hours: WorkingHours, { terms: { store } }: DueFacts): string {
  const whenThere = hours.next(from);
  return whenThere === from ? hours.next(sameTimeNextDay(from, store.timeZone)) : whenThere;
}
