import type { Calendar } from '../calendar/holidays';
import type { StoredTerms } from '../policies/whole-terms';
import { wholeTerms } from '../policies/whole-terms';
import { dueBy, type DueFacts } from '../promises/due';
import { taskDue } from '../promises/due-tasks';
import type { Role, TaskKind } from '../promises/kinds';
import { roleAbove } from '../promises/ladders';
import { climbsAt } from '../promises/task-times';
import type { StepName } from './notes';

/** A task without a story, as it stands: a reply that belongs to no open case, a story that stopped. Wall time. */
export interface DeskTask {
  kind: string;
  role: Role;
  climbedFrom: Role | null;
  reminded: boolean;
}

/** How it stands after something was counted, or done to it. */
export interface DeskTaskChange extends Partial<DeskTask> {
  notBefore?: string;
  dueAt?: string;
  because?: string[];
  nextAt: string;
}

/** What the database answers as `desk_facts`. */
export interface DeskFacts {
  terms: StoredTerms;
  calendar: Calendar;
}

/** Nobody sets times for these: they are those of a reply that a person reads. */
const timesOf = (kind: string, { terms }: DueFacts): TaskKind =>
  kind in terms.tasks ? (kind as TaskKind) : 'read-reply';

/** By when a new task is done, from when it came; who has it is reminded then. */
export function countDeskTask({ kind, role }: DeskTask, cameAt: string, facts: DeskFacts): DeskTaskChange {
  const known = { ...dueFacts(facts), role };
  const why = kind === 'story-stopped' ? 'somebody sees to it that the story runs again' : undefined;
  const due = taskDue(timesOf(kind, known), cameAt, known, why);
  return { ...due, nextAt: due.dueAt };
}

/** Put off: it is its own role's again, and reminds afresh. */
export function putOffDeskTask({ role, climbedFrom }: DeskTask, until: string, facts: DeskFacts): DeskTaskChange {
  const own = climbedFrom ?? role;
  const due = dueBy('snoozed', until, { ...dueFacts(facts), role: own });
  return { ...due, notBefore: until, nextAt: due.dueAt, role: own, climbedFrom: null, reminded: false };
}

/**
 * Its time has come, as for a task of a case: who has it is reminded; if that did not help it climbs; at the top somebody is reminded
 * daily (S-03, E-22). The next time is counted from now, so that after an outage it climbs one level.
 */
export function mindDeskTask(
  task: DeskTask,
  now: string,
  facts: DeskFacts,
): { note: StepName; facts: { role?: Role; to?: Role }; change: DeskTaskChange } {
  const known = dueFacts(facts);
  const above = task.reminded ? roleAbove(task.role, known.terms.ladders) : undefined;
  const next = (role: Role) => climbsAt({ kind: timesOf(task.kind, known), role }, now, known);
  if (!above)
    return { note: 'task-reminded', facts: { role: task.role }, change: { reminded: true, nextAt: next(task.role) } };
  return {
    note: 'task-climbed',
    facts: { to: above },
    change: { role: above, climbedFrom: task.climbedFrom ?? task.role, nextAt: next(above) },
  };
}

function dueFacts({ terms, calendar }: DeskFacts) {
  const whole = wholeTerms(terms);
  return { terms: whole, customerZone: whole.store.timeZone, calendar };
}
