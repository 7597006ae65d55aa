import type { Page } from './page';
import type { CaseSeen, OpenCase } from './product';

const second = 1000;
export const minute = 60 * second;
const hour = 60 * minute;

/** From the opening to the question on the phone. Answers when it was handed over, in case time. */
export async function guidedAndAsked(repair: OpenCase, page: Page, words: Record<'who' | 'opened' | 'guided', string>) {
  const opened = await repair.until(({ terms }) => terms !== null);
  page.begin(words.who, repair.caseNumber, opened.timeZone);
  page.tell(opened.now, words.opened, opened.status === 'choosing' && opened.waitingFor === 'desk');
  const { now: endedAt } = await whenTheDeskIsThere(repair, page, opened);

  const guided = await repair.act('record-guidance', { by: 'desk-1', endedAt, what: words.guided });
  page.tell(endedAt, words.guided, guided.status === 'guided' && guided.waitingFor === 'clock');
  const check = await repair.promise('guidance-check');
  const due = Date.parse(check?.dueAt ?? '');
  page.tell(
    endedAt,
    `We promise to ask her at ${page.time(check?.dueAt ?? endedAt)}, because: ${check?.because.join('; ')}.`,
    due === Date.parse(endedAt) + 2 * hour,
  );

  const { now: before } = await repair.forwardTo(due - second);
  page.tell(before, 'A second before that, her phone is silent.', (await repair.texts()).length === 0);
  await repair.forwardTo(due + 2 * second);
  const asked = await repair.message();
  const askedAt = asked?.caseTime ?? '';
  const [text, ...more] = await repair.texts();
  const isInTime = Date.parse(askedAt) >= due && Date.parse(askedAt) < due + 5 * second;
  const isOneText = text !== undefined && more.length === 0 && text.text === asked?.text;
  page.tell(askedAt, 'Two hours after the guidance her phone lights up:', isInTime && isOneText);
  page.text(text?.text ?? '');
  const call = await repair.promise('guidance-call');
  const isPromised = call?.outcome === null && (await repair.promise('guidance-check'))?.outcome === 'kept';
  page.tell(
    askedAt,
    `The check is kept, and a call by ${page.time(call?.dueAt ?? askedAt)} is promised, because: ${call?.because.join('; ')}.`,
    isPromised,
  );
  return askedAt;
}

/** Late in the day the customer is called the next morning, so that the question comes at daytime, whenever the demo is run. */
async function whenTheDeskIsThere(repair: OpenCase, page: Page, opened: CaseSeen): Promise<CaseSeen> {
  const now = Date.parse(opened.now);
  if (now >= timeOfDay(opened, '08:00') && now < timeOfDay(opened, '18:00')) return opened;
  const morning = timeOfDay(opened, '08:05', now < timeOfDay(opened, '08:00') ? 0 : 1);
  const task = await repair.nextTask('agree-next-step');
  const until = new Date(morning).toISOString();
  await repair.taskDone(task?.id ?? '', 'snooze', { by: 'desk-1', until });
  const [snoozed] = await repair.tasks();
  page.tell(opened.now, 'It is late: the desk will call her at 08:05.', snoozed?.notBefore === until);
  return await repair.forwardTo(morning);
}

/** An instant on the day of the case, or days later, in the zone of the demo's stores: +08:00 all year. */
export function timeOfDay({ now }: CaseSeen, time: string, daysLater = 0): number {
  const day = new Date(Date.parse(now) + (8 + 24 * daysLater) * hour).toISOString().slice(0, 10);
  return Date.parse(`${day}T${time}:00+08:00`);
}
