import type { Message } from '../../domain/messages/message';
import { openWorld, type World } from '../activities/message-world';

let world: World;
beforeAll(async () => void (world = await openWorld()));
afterAll(() => world.close());
afterEach(() => world.phone.people('DELETE', '/faults'));

const minutes = 60;

/** The carrier took it, and no callback ever tells what became of it. */
async function withoutReceipt(faults: object = {}) {
  const message = await world.aCase();
  await world.faults({ to: message.phone, callbacksLost: 1, ...faults });
  expect((await world.send(message)).state).toBe('accepted');
  await world.phone.quiet();
  expect(await world.stateOf(message)).toBe('accepted');
  return message;
}

const looksAt = async ({ key }: Message) =>
  (
    await world.rows<{ looks: number }>(
      'SELECT a.looks FROM attempts a JOIN messages m ON m.id = a.message_id WHERE m.key = $1',
      key,
    )
  )[0]?.looks;

test('that a text did not arrive is learned after 15 minutes, though every callback was lost', async () => {
  const message = await withoutReceipt({ undelivered: 1 });
  await world.ago(message, 14 * minutes);
  await world.reconcile();
  expect(await world.stateOf(message)).toBe('accepted');
  await world.ago(message, 2 * minutes);
  await world.reconcile();
  expect(await world.stateOf(message)).toBe('undelivered');
  expect(await world.newsOf(message)).toEqual(['failed']);
  const [{ code } = { code: '' }] = await world.rows<{ code: string }>(
    'SELECT error_code AS code FROM messages WHERE key = $1',
    message.key,
  );
  expect(code).toBe('30003');
});

test('that a text did arrive is learned too, and is no news to the story', async () => {
  const message = await withoutReceipt();
  await world.ago(message, 16 * minutes);
  await world.reconcile();
  expect(await world.stateOf(message)).toBe('delivered');
  expect(await world.newsOf(message)).toEqual([]);
});

test('a text that goes nowhere is asked after three times, and not after four hours', async () => {
  const message = await withoutReceipt();
  const fetch = () => Promise.resolve({ status: 'sent' });
  const looks = async (seconds: number) => {
    await world.ago(message, seconds);
    await world.reconcile({}, { fetch });
    await world.reconcile({}, { fetch });
    return looksAt(message);
  };
  expect([await looks(16 * minutes), await looks(30 * minutes), await looks(20 * minutes)]).toEqual([1, 1, 2]);
  expect([await looks(100 * minutes), await looks(50 * minutes), await looks(10 * minutes)]).toEqual([2, 3, 3]);
  expect(await world.stateOf(message)).toBe('sent');

  const old = await withoutReceipt({ undelivered: 1 });
  await world.ago(old, 241 * minutes);
  await world.reconcile();
  expect([await looksAt(old), await world.stateOf(old)]).toEqual([0, 'accepted']);
});

test('a carrier that cannot be asked is asked again at the next time, and nothing is believed meanwhile', async () => {
  const message = await withoutReceipt({ undelivered: 1 });
  await world.ago(message, 16 * minutes);
  await world.reconcile({}, { fetch: () => Promise.reject(new Error('away')) });
  await world.reconcile();
  expect(await world.stateOf(message)).toBe('accepted');
  await world.ago(message, 45 * minutes);
  await world.reconcile();
  expect(await world.stateOf(message)).toBe('undelivered');
});
