import { temporal } from '@temporalio/proto';
import { DateTime } from 'luxon';
import { dayWords } from '../../domain/calendar/words';
import type { Company } from './company';
import { textsOfOurs } from './conversation';
import { aRepair, type Repair, type Said } from './repair';

const zone = 'Asia/Shanghai';
const second = 1000;

/** The clock of the case, in Hangzhou. */
export const clockOf = async (repair: Repair): Promise<DateTime> =>
  DateTime.fromISO((await repair.look()).now, { zone });

/** By default something that can be mailed. */
export async function received(company: Company, said: Said = {}) {
  const repair = await aRepair(company, { category: '电饭煲', ...said });
  const { pickupCode } = await repair.does('receive-product', {
    condition: '外壳有划痕',
    proofSeen: true,
    route: 'store',
  });
  return { repair, code: pickupCode ?? '' };
}

/** A product that was repaired and tested at a time of day, `HH:mm`, and whose customer was told just now. */
export async function ready(company: Company, said: Said & { at?: string; weekday?: number } = {}) {
  const { at = '11:00', weekday, ...rest } = said;
  const { repair, code } = await received(company, rest);
  await repair.forwardTo(at);
  const clock = await clockOf(repair);
  if (weekday !== undefined && clock.weekday !== weekday)
    await repair.forward({ days: (weekday - clock.weekday + 7) % 7 });
  const readyAt = Date.parse((await repair.look()).now);
  await repair.does('report-repair-finished', { result: 'repaired', testResult: 'passed', testedBy: 'desk-2' });
  await repair.forward({ minutes: 1 });
  return { repair, code, readyAt };
}

/** Two seconds after a promise of this kind is due. */
export async function pastDue(repair: Repair, kind: string): Promise<number> {
  const owed = (await repair.look()).promises.find((promise) => promise.kind === kind);
  if (!owed) throw new Error(`${kind} is not promised`);
  const due = Date.parse(owed.dueAt);
  await repair.forward({ until: new Date(due + 2 * second).toISOString() });
  return due;
}

/** Which notices he got, in the order in which he got them. */
export const noticesOf = async (repair: Repair) =>
  (await textsOfOurs(repair)).flatMap((text) =>
    text.includes('次提醒：') ? [3] : text.includes('温馨提醒') ? [2] : text.includes('已修好') ? [1] : [],
  );

/** On which day after it was ready something happened, in Hangzhou. */
export const dayOf = (at: number, readyAt: number) => {
  const day = (time: number) => DateTime.fromMillis(time, { zone }).startOf('day');
  return Math.round(day(at).diff(day(readyAt), 'days').days);
};

export const clockTime = (at: number) => DateTime.fromMillis(at, { zone }).toFormat('HH:mm');

/**
 * What the history of a case holds, without what is not the case's own: moving its time forward (and the workflow tasks in which it did
 * nothing but look at the clock), the timers that remind people of their tasks, and the call that the store enters.
 */
export async function eventsOf({ handle }: Repair): Promise<number> {
  const { events } = await handle.fetchHistory();
  const seen = (events ?? []).map(({ eventType, userMetadata, timerCanceledEventAttributes: cancelled, ...event }) => ({
    name: (temporal.api.enums.v1.EventType[eventType ?? 0] ?? '').replace('EVENT_TYPE_', ''),
    summary: Buffer.from(userMetadata?.summary?.data ?? '').toString(),
    timer: event.timerStartedEventAttributes?.timerId ?? cancelled?.timerId,
    update: event.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest?.input?.name,
  }));
  const reminders = seen.filter(({ summary }) => summary.startsWith('"task ')).map(({ timer }) => timer);
  const own = seen
    .filter(({ name }) => !/OPTIONS_UPDATED|TIME_SKIPPING/.test(name))
    .filter(({ timer }) => timer === undefined || !reminders.includes(timer));
  const idle = own.filter(({ name }, i) => name === 'WORKFLOW_TASK_COMPLETED' && isWakeUp(own[i + 1]?.name));
  const calls = own.filter(({ update }) => update === 'recordCall');
  return own.length - 3 * idle.length - 6 * calls.length;
}

/** After a workflow task that decided something comes what it decided. */
const isWakeUp = (next: string | undefined) => next === 'TIMER_FIRED' || next === 'WORKFLOW_TASK_SCHEDULED';

/** The day on which a text says something, in the words of the text: `11月28日 周六`. */
export const dayWordsOf = (date: DateTime) => dayWords(date.toISODate() ?? '', 'zh-CN');
