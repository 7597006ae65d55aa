import type { Page } from './page';
import type { CaseSeen, OpenCase } from './product';

export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

/** The demo's stores are eight hours ahead, all year. */
const aheadMs = 8 * hour;

/** An instant on the day of the case, or days later, in the zone of the demo's stores. */
export function timeOfDay({ now }: Pick<CaseSeen, 'now'>, time: string, daysLater = 0): number {
  const date = new Date(Date.parse(now) + aheadMs + daysLater * day).toISOString().slice(0, 10);
  return Date.parse(`${date}T${time}:00+08:00`);
}

const tuesday = 2;

/** How many days it is to the next Tuesday, not today. */
export function daysToTuesday({ now }: Pick<CaseSeen, 'now'>): number {
  const weekday = new Date(Date.parse(now) + aheadMs).getUTCDay();
  return ((tuesday - weekday + 6) % 7) + 1;
}

/** Whenever the demo is run, its stories begin at their own time: until then the desk puts its task off. */
export async function putOff(repair: OpenCase, page: Page, until: number, sentence: string): Promise<void> {
  const { now } = await repair.look();
  const task = await repair.nextTask('agree-next-step');
  const time = new Date(until).toISOString();
  await repair.taskDone(task?.id ?? '', 'snooze', { by: 'desk-1', until: time });
  const [snoozed] = await repair.tasks();
  page.tell(now, sentence, snoozed?.notBefore === time);
  await repair.forwardTo(until);
}
