import type { CaseState, OpenPromise, OpenTask } from '../../domain/cases/case';
import type { Counting, TaskChange } from '../../domain/cases/step';
import type { DueRule, Keeper, Outcome, PromiseKind, Role, TaskKind } from '../../domain/promises/kinds';
import { now } from './clock';
import type { Ledger } from './ledger';

/** Where a due time is counted from; `rule`, if not by that of its kind. */
export interface Counted {
  from: string;
  rule?: DueRule;
}

const keepers: Record<PromiseKind, Keeper> = {
  'guidance-check': 'system',
  'guidance-call': 'desk',
  'revisit-check': 'system',
  'revisit-call': 'desk',
  'new-visit': 'engineer',
  satisfaction: 'system',
  'satisfaction-reminder': 'system',
  'satisfaction-call': 'desk',
  'repair-due': 'workshop',
  'repair-late-told': 'system',
  'repair-news': 'workshop',
  'unsuited-date-call': 'desk',
  'remedy-proposed': 'store',
  'pickup-notice': 'system',
  'pickup-call': 'store',
  'headquarters-informed': 'system',
  'parcel-sent': 'store',
  'parcel-check': 'system',
  'parcel-call': 'desk',
  visit: 'engineer',
  'visit-day-before': 'system',
  'arrival-news': 'desk',
  'new-slot': 'desk',
  'manager-contact': 'service-manager',
  'agree-next-step': 'desk',
  'reply-answered': 'desk',
};

/** The promises and tasks of a case. All of it is noted at once; due times come back when the page is written. */
export function owing<State extends CaseState>(state: State, ledger: Ledger<State>) {
  const openPromise = (kind: PromiseKind) => state.promises.find((promise) => promise.kind === kind);
  const openTask = (kind: TaskKind) => state.tasks.find((task) => task.kind === kind);

  /** What is promised already is not promised twice. */
  function promise(matter: string, kind: PromiseKind, { from, rule = kind }: Counted): void {
    if (openPromise(kind)) return;
    const id = `${kind}/${(state.promisesMade += 1)}`;
    state.promises.push({ id, kind, matter });
    ledger.page.promised.push({ id, kind, matter, keeper: keepers[kind], from, rule });
  }

  function settle(promise: OpenPromise | undefined, outcome: Outcome, reason?: string, at?: string): void {
    if (!promise || !state.promises.includes(promise)) return;
    state.promises = state.promises.filter((other) => other !== promise);
    ledger.page.outcomes.push({ promise: promise.id, outcome, ...(reason && { reason }), ...(at && { at }) });
  }

  /** Moves what is promised; whoever waits for it waits on. */
  function move(kind: PromiseKind, counted: Required<Counted>): void {
    const owed = openPromise(kind);
    if (!owed) return;
    settle(owed, 'moved', counted.rule);
    promise(owed.matter, kind, counted);
  }

  function assign(matter: string, kind: TaskKind, role: Role, counted: Counted, about?: string): void {
    const id = `${kind}/${(state.tasksAssigned += 1)}`;
    const task: OpenTask = { id, kind, role, matter, seenAt: now(), ...(about && { about }) };
    state.tasks.push(task);
    changeTask(task, { counted: { rule: kind, ...counted } });
  }

  /** Several changes between two waits are one. */
  function changeTask(task: OpenTask, change: Omit<TaskChange, 'task'>): void {
    const noted = ledger.page.tasks.find((other) => other.task === task);
    if (noted) Object.assign(noted, change);
    else ledger.page.tasks.push({ task, ...change });
  }

  /** Due at another time: whoever it was given to has it again, and is reminded afresh. */
  function recount(task: OpenTask | undefined, counted: Counting): void {
    if (!task) return;
    delete task.reminded;
    delete task.nextAt;
    task.role = task.climbedFrom ?? task.role;
    delete task.climbedFrom;
    changeTask(task, { counted });
  }

  /** A call that waits for its time is made now after all; one that may be made already stays as it is. */
  function callAtOnce(kind: TaskKind, from: string): void {
    const call = openTask(kind);
    const isOpen = call?.notBefore !== undefined && call.notBefore <= now();
    if (!isOpen) recount(call, { from, rule: 'call-at-once' });
  }

  function finishTask(task: OpenTask | undefined, result: string): void {
    if (!task || !state.tasks.includes(task)) return;
    state.tasks = state.tasks.filter((other) => other !== task);
    changeTask(task, { result });
  }

  function withdraw(matter: string): void {
    for (const owed of state.promises.filter((promise) => promise.matter === matter))
      settle(owed, 'cancelled', 'settled');
    for (const task of state.tasks.filter((task) => task.matter === matter)) finishTask(task, 'withdrawn');
    ledger.page.settledMatters.push(matter);
  }

  return {
    openPromise,
    openTask,
    promise,
    settle,
    move,
    assign,
    changeTask,
    recount,
    callAtOnce,
    finishTask,
    withdraw,
  };
}

export type Owing = ReturnType<typeof owing>;
