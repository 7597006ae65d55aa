import type { Due, DueRule, Keeper, Outcome, PromiseKind } from '../promises/kinds';
import type { Terms } from '../policies/terms';
import type { OpenTask, Priority, WaitingFor } from './case';
import type { StepName } from './notes';

/** What happened, for the timeline. Facts are ids, closed values and instants; free text stays in the entry. */
export interface Note {
  note: StepName;
  facts?: Record<string, unknown>;
  entryId?: string;
}

/** From which fact a due time is counted, and by which rule. */
export interface Counting {
  from: string;
  rule: DueRule;
}

export interface Promised extends Counting {
  id: string;
  kind: PromiseKind;
  matter: string;
  keeper: Keeper;
}

/** A task as it stands now; where no due time is counted anew, it keeps the one it had. */
export interface TaskChange {
  task: OpenTask;
  counted?: Counting;
  /** It was due, or climbed, then: the next rung is counted from it. */
  climbFrom?: string;
  result?: string;
  claimMinutes?: number;
}

/** What a story noted between two waits. */
export interface Page {
  notes: Note[];
  promised: Promised[];
  /** `at`: when it was kept, if not with this step. */
  outcomes: { promise: string; outcome: Outcome; reason?: string; at?: string }[];
  tasks: TaskChange[];
  /** What was planned for them is withdrawn, and their questions are closed. */
  settledMatters: string[];
}

/** A page with its place in the case: `clock`, `taken` and `ordinal` are the fence. */
export interface Step extends Page {
  caseNumber: string;
  opening: number;
  ordinal: number;
  clock: number;
  taken: number;
  /** Not started by a reset: a second start of an opening that has ended is turned away. */
  firstRun: boolean;
  at: string;
  status: string;
  waitingFor: WaitingFor;
  actionsNow: string[];
  /** The request by which an engineer's time is held for this case after the step. */
  slot?: string;
  /** The earliest instant that the story waits for, as far as it knew when the page was taken. */
  nextDueAt?: string;
  priority: Priority;
  escalated: boolean;
  ending?: string;
  /** Replies that came too late for the story: the desk's own. */
  leftToDesk: string[];
}

export interface StepWritten {
  /** With the first step of an opening. */
  terms?: Terms;
  /** This opening ended before: the run that asks has nothing to do. */
  endedBefore?: true;
  /** Due times of what the step promised, by promise id. */
  promised: Record<string, Due & { dueShown: string }>;
  /** New times of the tasks that it changed, by task id. */
  tasks: Record<string, TaskTimes>;
}

/** What is `…Shown` is in the store's zone, for the eyes of operators: `11-24 16:20`. */
export type TaskTimes = Partial<Due> & { nextAt?: string; dueShown?: string; nextShown?: string };
