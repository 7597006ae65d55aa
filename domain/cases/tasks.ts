import type { PromiseKind, Role, TaskKind } from '../promises/kinds';
import { rolesThatMay, type Ladders } from '../promises/ladders';
import type { Refusal } from '../refusal';
import type { CaseState } from './case';

/** How a task is done: by an action that says more, or with one of these results. */
export interface Completion {
  completesWith?: string;
  results?: string[];
}

/**
 * What no story assigns: a reply to a case that is closed, and what the engine room asks of a person, a case that is open though nobody
 * plays its story.
 */
export type KindWithoutStory = 'reply-to-closed' | 'story-stopped';

const completions: Record<TaskKind | KindWithoutStory, Completion> = {
  'complete-details': { completesWith: 'add-details' },
  'guidance-call': { completesWith: 'record-call' },
  'revisit-call': { completesWith: 'record-call' },
  'satisfaction-call': { completesWith: 'record-call' },
  'say-when-ready': { results: ['in-time'] },
  'repair-overdue': { completesWith: 'forecast-repair' },
  'repair-without-date': { results: ['contacted'] },
  'delay-call': { completesWith: 'record-call' },
  'unsuited-date-call': { completesWith: 'record-call' },
  'honour-offer': { results: ['done'] },
  'propose-remedy': { results: ['proposed', 'nothing-to-propose'] },
  'pickup-call': { completesWith: 'record-call' },
  'day-named-again': { results: ['contacted'] },
  'not-collected': { results: ['noted'] },
  'decide-way-home': { results: ['send-parcel', 'deliver-home'] },
  'send-parcel': { completesWith: 'record-parcel-sent' },
  'deliver-home': { results: ['delivered', 'not-possible'] },
  'parcel-call': { completesWith: 'record-call' },
  'trace-parcel': { results: ['on-its-way'] },
  'agree-next-step': { results: ['customer-satisfied'] },
  'decide-unreached': { results: ['offer-visit', 'close-unconfirmed'] },
  'read-reply': { results: ['contacted', 'nothing-to-do'] },
  'reply-to-closed': { results: ['reopened', 'contacted', 'nothing-to-do'] },
  'message-unknown': { results: ['told', 'not-told'] },
  'customer-chases': { results: ['contacted'] },
  depart: { completesWith: 'report-departure' },
  'not-departed': { results: ['leaves-now', 'comes-late', 'cannot-come'] },
  'ask-engineer': { results: ['in-time', 'comes-late'] },
  'late-call': { results: ['told', 'not-reached'] },
  'visit-late': { results: ['noted'] },
  'find-engineer': { results: ['is-there', 'comes', 'does-not-come'] },
  'visit-missed': { results: ['contacted'] },
  'agree-other-time': { completesWith: 'move-visit' },
  apologise: { results: ['apologised'] },
  'tell-by-phone': { results: ['told', 'not-reached'] },
  'report-result': { completesWith: 'finish-visit' },
  'story-stopped': { results: ['runs-again'] },
  'another-round': { results: ['contacted', 'nothing-more-to-do'] },
};

export const taskKinds = Object.keys(completions);

export const completionOf = (kind: TaskKind | KindWithoutStory): Completion => completions[kind];

/** The promise that a task keeps: it is not put off beyond that. */
const keeps: Partial<Record<TaskKind, PromiseKind>> = {
  'guidance-call': 'guidance-call',
  'revisit-call': 'revisit-call',
  'satisfaction-call': 'satisfaction-call',
  'unsuited-date-call': 'unsuited-date-call',
  'propose-remedy': 'remedy-proposed',
  'pickup-call': 'pickup-call',
  'send-parcel': 'parcel-sent',
  'parcel-call': 'parcel-call',
  'agree-next-step': 'agree-next-step',
  'agree-other-time': 'new-slot',
  'late-call': 'arrival-news',
  apologise: 'manager-contact',
  'read-reply': 'reply-answered',
};

export const openTask = (state: CaseState, id: string) => state.tasks.find((task) => task.id === id);

export const unknownTask: Refusal = { code: 'unknown-task', message: 'This task is not open.' };

/** One person at a time, so that two never ring one customer; a lease that is over binds nobody. */
export function refuseClaim(
  state: CaseState,
  asked: { taskId: string; by: string; leaseOverOf?: string },
): Refusal | undefined {
  const task = openTask(state, asked.taskId);
  if (!task) return unknownTask;
  if (task.holder && task.holder !== asked.by && asked.leaseOverOf !== task.holder)
    return { code: 'claimed-by-other', message: `${task.holder} is at work on this task.` };
  return undefined;
}

/**
 * Who may work on a task: those who have or had it, their deputies, everybody above them (S-03), and the person it was given to.
 * Climbing takes it from nobody: who did the work after all can say so.
 */
export function refuseStranger(who: {
  by: string;
  roles: Role[];
  holder: string | null;
  asked: Role[];
  ladders: Ladders;
}): Refusal | undefined {
  const allowed = rolesThatMay(who.asked, who.ladders);
  if (who.by === who.holder || who.roles.some((role) => allowed.includes(role))) return undefined;
  return { code: 'not-your-role', message: `This task is for: ${allowed.join(', ')}.`, rule: 'S-03' };
}

const dayMs = 24 * 3_600_000;
/** A visit that was agreed may be weeks away; everything else is for the next days. */
const longestSnoozeMs = (kind: TaskKind) => (kind === 'agree-next-step' ? 30 : 3) * dayMs;

/** A task is put off to a later time, but never beyond what the customer was promised. */
export function refuseSnooze(
  state: CaseState,
  asked: { taskId: string; until: string },
  now: number,
): Refusal | undefined {
  const task = openTask(state, asked.taskId);
  if (!task) return unknownTask;
  const until = Date.parse(asked.until);
  if (!(until > now && until <= now + longestSnoozeMs(task.kind)))
    return {
      code: 'until-out-of-range',
      message: 'A task is put off to a time within the next 3 days, the next step to be agreed within 30.',
    };
  const promised = state.promises.find((promise) => promise.kind === keeps[task.kind])?.dueAt;
  if (promised && until > Date.parse(promised))
    return {
      code: 'promised-earlier',
      message: `The customer was promised this by ${promised}: agree another time first.`,
    };
  return undefined;
}

export function refuseHandOver(state: CaseState, asked: { taskId: string }): Refusal | undefined {
  return openTask(state, asked.taskId) ? undefined : unknownTask;
}

/** Who completes a task, and whether he says more than its result. The words themselves stay in the entry. */
export interface Completed {
  taskId: string;
  result: string;
  inWords: boolean;
  /** Of who completes it. */
  role: string;
}

type Asked = Partial<Completed> & Pick<Completed, 'taskId' | 'result'>;

export function refuseCompletion(state: CaseState, asked: Asked): Refusal | undefined {
  const task = openTask(state, asked.taskId);
  if (!task) return unknownTask;
  const { completesWith, results } = completionOf(task.kind);
  if (completesWith) return { code: 'completes-with', message: `This task is completed with ${completesWith}.` };
  if (!results?.includes(asked.result))
    return { code: 'unknown-result', message: `This task ends with ${results?.join(' or ')}.` };
  return asked.result === 'customer-satisfied' ? refuseSatisfied(asked) : undefined;
}

/** An engineer does not judge his own job; who else does says how the customer said it: a signature, or a call (H-79). */
function refuseSatisfied({ inWords, role }: Asked): Refusal | undefined {
  const says = (message: string): Refusal => ({ code: 'satisfied-by-whom', message, rule: 'H-79' });
  if (role && engineers.includes(role)) return says('Whether the customer is satisfied is not said by an engineer.');
  return inWords ? undefined : says('Say in `what` who said that the customer is satisfied, and how.');
}

const engineers = ['engineer', 'senior-engineer'];
