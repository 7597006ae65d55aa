import type { TaskKind } from '../promises/kinds';
import type { Refusal } from '../refusal';
import { refuseEntered, type CaseState, type Entered, type OpenTask } from './case';
import { openTask, unknownTask } from './tasks';

/** What came of a call to a customer. */
export type CallOutcome =
  | 'works'
  | 'does-not-work'
  | 'satisfied'
  | 'not-satisfied'
  /** That it is ready, or that it takes longer. */
  | 'told'
  /** On a date: the new one will do, or another was found. */
  | 'agreed'
  | 'arrived'
  | 'not-arrived'
  | 'no-answer'
  | 'call-later';

/** A call that was made or tried. */
export interface Call {
  entryId: string;
  outcome: CallOutcome;
  callAt?: string;
}

/** How often nobody answered. */
export const triesIn = (calls: Call[]): number => calls.filter(({ outcome }) => outcome === 'no-answer').length;

/** Tasks that are done by calling, and what the customer may say in each. Whoever was not reached is called again (H-75). */
const saidIn: Partial<Record<TaskKind, CallOutcome[]>> = {
  'guidance-call': ['works', 'does-not-work'],
  'revisit-call': ['works', 'does-not-work'],
  'satisfaction-call': ['satisfied', 'not-satisfied'],
  'delay-call': ['told'],
  'unsuited-date-call': ['agreed'],
  'pickup-call': ['told'],
  'parcel-call': ['arrived', 'not-arrived'],
};

export const isCall = (kind: TaskKind): boolean => saidIn[kind] !== undefined;

export interface CallAsked extends Entered {
  taskId: string;
  outcome: CallOutcome;
  callAt?: string;
}

const longestAppointmentMs = 7 * 24 * 3_600_000;

/** Tries are at least two hours apart (H-75): one made too early does not count, whatever was said in it does. */
export function refuseCallTo(state: CaseState, asked: CallAsked, now: number): Refusal | undefined {
  const task = openTask(state, asked.taskId);
  if (!task) return unknownTask;
  const said = saidIn[task.kind];
  if (!said) return { code: 'not-a-call-task', message: 'This task is not a call; complete it with its result.' };
  const allowed: CallOutcome[] = [...said, 'no-answer', 'call-later'];
  if (!allowed.includes(asked.outcome))
    return { code: 'unknown-result', message: `This call ends with ${allowed.join(', ')}.` };
  if (asked.outcome === 'call-later') return refuseCallAt(asked.callAt, now) ?? refuseEntered(state, asked, now);
  return (asked.outcome === 'no-answer' ? refuseTry(task, now) : undefined) ?? refuseEntered(state, asked, now);
}

/** Of a task that was assigned a moment ago, the desk may know before the story does from when its tries count. */
function refuseTry({ notBefore }: OpenTask, now: number): Refusal | undefined {
  if (notBefore && now >= Date.parse(notBefore)) return undefined;
  const message = notBefore
    ? `This try counts from ${notBefore} on.`
    : 'From when a try counts is being written: ask again in a moment.';
  return { code: 'too-early-to-count', message, rule: 'H-75' };
}

function refuseCallAt(callAt: string | undefined, now: number): Refusal | undefined {
  const time = Date.parse(callAt ?? '');
  if (time > now && time <= now + longestAppointmentMs) return undefined;
  return { code: 'call-at-out-of-range', message: 'callAt is the time agreed, within the next 7 days.' };
}
