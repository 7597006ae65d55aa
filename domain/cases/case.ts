import type { Terms } from '../policies/terms';
import type { Due, PromiseKind, Role, TaskKind } from '../promises/kinds';
import { isAboveFirstRung } from '../promises/ladders';
import type { Refusal } from '../refusal';

/** What starts a run of a story: one opening of one case, and the closed values of its intake. */
export interface CaseInput {
  caseNumber: string;
  opening: number;
  /** What the customer has not told us yet (H-01). */
  missing: Detail[];
  priority: Priority;
  /** When the intake stored it, by the wall clock. */
  openedAt: string;
  /** Who opened it again, after it had ended, and when. */
  reopened?: { entryId: string; by: string; at: string };
}

export type Priority = 'normal' | 'high' | 'urgent';

/** What every case keeps. Plain JSON, no personal data; times are ISO instants in case time. */
export interface CaseState extends CaseInput {
  /** Fixed by the opening step, for good. */
  terms?: Terms;
  promises: OpenPromise[];
  promisesMade: number;
  tasks: OpenTask[];
  tasksAssigned: number;
  /** A message whose fate the carrier has not told, or a carrier that does not answer. */
  carrierAway?: true;
  /** Until when a text waits: for sending hours, or for the carrier's return. */
  pausedUntil?: string;
  /** Replies that a person is to read, the oldest first. */
  replies: { unread: UnreadReply[] };
  /** What the customer was told last, for the eyes of operators. */
  told: { template: string; at: string; channel: string }[];
  /** When customers asked after their case by themselves, latest last. */
  chasedAt: string[];
  /** How it will end, once nobody waits for a word from us any more. */
  over?: string;
  ending?: string;
}

export interface UnreadReply {
  replyId: string;
  at: string;
}

/** Facts that later steps need; asked for if they were not there at the opening. */
export type Detail = 'address' | 'boughtOn';

/** What we owe the customer until it has an outcome. The due time comes back from the step that wrote the promise. */
export interface OpenPromise extends Partial<Due> {
  id: string;
  kind: PromiseKind;
  matter: string;
  /** In the store's zone, for the eyes of operators. */
  dueShown?: string;
}

/** What a role must do; it appears on the desk from `notBefore` on. */
export interface OpenTask extends Partial<Due> {
  id: string;
  kind: TaskKind;
  role: Role;
  /** Whose it was before it climbed, and is again when it begins anew. */
  climbedFrom?: Role;
  matter: string;
  /** When somebody is reminded next, or the task climbs. */
  nextAt?: string;
  dueShown?: string;
  nextShown?: string;
  reminded?: true;
  /** A person who took it, by staff id. */
  holder?: string;
  /** When it was given or taken last: what came in later, its holder has not seen. */
  seenAt?: string;
  /** The message that it is about, by key. */
  about?: string;
}

/**
 * What a chapter is about. While it is open we promise, tell, ask and wait. Once any news has settled it, all that is
 * still planned for it is withdrawn, in the same step as the news.
 */
export interface Matter<State> {
  name: string;
  /** The business fact that makes its texts true: part of every message key. */
  since(state: State): string | undefined;
  isOpen(state: State): boolean;
  /** It stays open when the outcome of the case is decided, until the case ends. */
  outlasts?: true;
}

/** What lists, pages and operators need to know of a kind of case; all of it is read off the facts. */
export interface CaseKind<State extends CaseState> {
  name: string;
  statusOf(state: State): string;
  waitingFor(state: State): WaitingFor;
  actionsNow(state: State): string[];
  /** When a chapter looks again by itself, if that is nobody's promise and nobody's task. */
  looksNextAt?(state: State): string | undefined;
  /** The request that holds an engineer's time for this case, if any does. */
  slot?(state: State): string | undefined;
}

export type WaitingFor =
  | 'terms'
  | 'details'
  | 'desk'
  | 'customer'
  | 'clock'
  | 'carrier'
  | 'service-manager'
  | 'engineer'
  | 'workshop'
  | 'store'
  | 'parcel'
  | 'nobody';

/** Somebody has to act who is there for what others leave undone. */
export const isEscalated = (state: CaseState): boolean =>
  state.tasks.some(({ role }) => isAboveFirstRung(role, state.terms?.ladders ?? {}));

/** What every request says: who, and when it happened if not now. Free text stays in the entry. */
export interface Entered {
  entryId: string;
  by: string;
  happenedAt?: string;
}

const lateTapMs = 2 * 60_000;

/** A late tap is welcome; a time before the case or in the future is a mistake. */
export function refuseEntered(state: CaseState, { happenedAt }: Entered, now: number): Refusal | undefined {
  if (!happenedAt) return undefined;
  const time = Date.parse(happenedAt);
  if (time >= Date.parse(state.openedAt) && time <= now + lateTapMs) return undefined;
  return { code: 'happened-at-out-of-range', message: 'happenedAt lies between the opening of the case and now.' };
}

export const closed: Refusal = { code: 'case-closed', message: 'This case is closed.' };

export function newCase(input: CaseInput): CaseState {
  const nothingOwed = { promises: [], promisesMade: 0, tasks: [], tasksAssigned: 0 };
  return { ...input, ...nothingOwed, replies: { unread: [] }, told: [], chasedAt: [] };
}
