import { Trouble } from '../trouble';
import type { Page } from './page';
import type { PhoneInHand } from './phone-in-hand';
import type { CaseSeen, OpenCase, Product } from './product';
import { hour, minute, second, timeOfDay } from './timing';

const engineerId = 'engineer-3';

interface Slot {
  from: string;
  by: string;
}

/** On the next day on which he has time, so early that she can be asked on the same day. */
export async function firstFreeSlot(product: Product, seen: CaseSeen): Promise<Slot> {
  for (let days = 1; days <= 14; days += 1) {
    const [from, until] = ['08:00', '17:00'].map((time) => new Date(timeOfDay(seen, time, days)).toISOString());
    const [first] = await product.freeSlots(engineerId, from!, until!);
    if (first) return first;
  }
  throw new Trouble(`${engineerId} has no time within two weeks: earlier demos booked it.`);
}

/** From the booking until the engineer has left, not certain that it is repaired. */
export async function isVisited(
  repair: OpenCase,
  phone: PhoneInHand,
  page: Page,
  { taskId, slot: { from, by } }: { taskId: string; slot: Slot },
): Promise<void> {
  const booked = await repair.act('book-visit', { by: 'desk-2', slot: { from, by }, engineerId, work: 'repair' });
  const calls = (await repair.promises()).filter(({ kind }) => kind === 'guidance-call' || kind === 'agree-next-step');
  page.tell(
    booked.now,
    'On the phone they agree on a visit. Both calls that she was promised are made, and the task is done.',
    calls.every(({ outcome }) => outcome === 'kept') && (await repair.tasks()).every(({ id }) => id !== taskId),
  );
  await phone.lightsUp('She gets the time in writing:');

  const reminder = await repair.owed('visit-day-before');
  await repair.forwardTo(Date.parse(reminder?.dueAt ?? '') + 2 * second);
  await phone.lightsUp('On the evening before she is reminded:', { due: reminder?.dueAt });

  const depart = await repair.nextTask('depart');
  const leaves = depart?.dueAt ?? '';
  const { now: told } = await repair.forwardTo(Date.parse(leaves) - hour + second);
  page.tell(
    told,
    `An hour before he leaves, the engineer is told: at ${page.time(leaves)} he has to go.`,
    depart?.role === 'engineer' && Date.parse(depart.notBefore) === Date.parse(leaves) - hour,
  );
  await repair.forwardTo(leaves);
  await repair.act('report-departure', { by: engineerId });
  await phone.lightsUp('He leaves, and she hears when he will be there:');

  await repair.forwardTo(Date.parse(from) - 5 * minute);
  const arrived = await repair.act('report-arrival', { by: engineerId });
  await phone.isSilent(arrived.now, 'He is there, in time.', (await repair.promise('visit'))?.outcome === 'kept');
  await repair.forwardTo(Date.parse(from) + 40 * minute);
  const left = await repair.act('finish-visit', {
    by: engineerId,
    outcome: 'repaired',
    trialRun: true,
    certain: false,
    cause: 'The drain pump was blocked.',
    what: 'Cleaned the drain pump, and ran it once.',
  });
  const check = await repair.owed('revisit-check');
  const inMs = Date.parse(check?.dueAt ?? '') - Date.parse(check?.madeAt ?? '');
  page.tell(
    left.now,
    `It runs, but he is not certain. So she will be asked at ${page.time(check?.dueAt ?? left.now)}, because: ${check?.because.join('; ')}.`,
    left.status === 'confirming' && Math.abs(inMs - 3 * hour) < minute,
  );
}
