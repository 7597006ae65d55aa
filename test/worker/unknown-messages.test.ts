import { createSms } from '../../activities/providers/sms';
import type { Message } from '../../domain/messages/message';
import { openWorld, type World } from '../activities/message-world';
import { accountSid, authToken } from '../local/phone-fixture';
import { aMobile } from '../support/repair';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());
afterEach(() => world.phone.people('DELETE', '/faults'));

/** The answer is lost, and every callback. */
async function lostAnswer(faults: object = {}) {
  const message = await world.aCase();
  await world.faults({ to: message.phone, acceptThen500: 1, callbacksLost: 1, ...faults });
  expect(await world.send(message)).toEqual({ state: 'unknown' });
  return message;
}

/** It never came to the carrier, and we cannot know. */
async function neverArrived(more: Partial<Message> = {}) {
  const message = { ...(await world.aCase()), ...more };
  const sms = { submit: () => Promise.resolve({ outcome: 'unclear' } as const) };
  expect(await world.sendWith({ sms })(message)).toEqual({ state: 'unknown' });
  return message;
}

const attempts = async (message: Message) => (await world.attemptsOf(message)).map(({ state }) => state);

describe('a text whose answer was lost', () => {
  test('is not looked for before 15 s, and then is found in the carrier’s list', async () => {
    const message = await lostAnswer();
    await world.reconcile();
    expect(await world.stateOf(message)).toBe('unknown');
    await world.ago(message, 16);
    await world.reconcile();
    expect(['accepted', 'sent', 'delivered']).toContain(await world.stateOf(message));
    expect(await world.newsOf(message)).toEqual(['accepted']);
    expect(await world.textsOn(message.phone)).toHaveLength(1);
  });

  test('is looked for at 15, 60, 180 and 600 s, no more often', async () => {
    const message = await neverArrived();
    const read: number[] = [];
    const list = { list: async () => (read.push(1), []) };
    const elapse = async (seconds: number) => {
      await world.ago(message, seconds);
      await world.reconcile({}, list);
      await world.reconcile({}, list);
      return read.length;
    };
    expect([await elapse(14), await elapse(2), await elapse(30), await elapse(15)]).toEqual([0, 1, 1, 2]);
    expect([await elapse(100), await elapse(20), await elapse(400), await elapse(20)]).toEqual([2, 3, 3, 4]);
    expect(await world.newsOf(message)).toEqual(['again']);
  });

  test('is found by a list that lags behind', async () => {
    const message = await lostAnswer({ listLagSeconds: 3600 });
    await world.ago(message, 20);
    await world.reconcile();
    expect(await world.stateOf(message)).toBe('unknown');
    await world.phone.people('DELETE', '/faults');
    await world.ago(message, 45);
    await world.reconcile();
    expect(await world.newsOf(message)).toEqual(['accepted']);
  });

  test('that a hanging carrier did take is one text', async () => {
    const message = await world.aCase();
    await world.faults({ to: message.phone, hang: 1, callbacksLost: 1 });
    const sms = createSms({ accountSid, authToken, apiUrl: world.phone.url, timeoutMs: 300 });
    expect(await world.sendWith({ sms })(message)).toEqual({ state: 'unknown' });
    await world.reconcile({ looks: [0] });
    expect((await world.send(message)).state).toBe('accepted');
    expect(await world.textsOn(message.phone)).toHaveLength(1);
  });

  test('stays unknown while the list is down, and after 30 minutes a person is told', async () => {
    const message = await lostAnswer({ listDown: 1 });
    await world.ago(message, 1790);
    await world.reconcile();
    expect(await world.stateOf(message)).toBe('unknown');
    expect(await world.newsOf(message)).toEqual([]);
    await world.ago(message, 30);
    await world.reconcile();
    expect(await world.stateOf(message)).toBe('stuck');
    expect(await world.newsOf(message)).toEqual(['stuck']);
    expect(await world.send(message)).toEqual({ state: 'failed', reason: 'stuck' });
    expect(await world.textsOn(message.phone)).toHaveLength(1);
  });

  test('that a callback names after a person was told is accepted after all', async () => {
    const message = await lostAnswer({ listDown: 1 });
    await world.ago(message, 1860);
    await world.reconcile();
    const [{ id } = { id: '' }] = await world.rows<{ id: string }>(
      'SELECT id FROM messages WHERE key = $1',
      message.key,
    );
    await world.rows(`SELECT advance($1, 1, 'delivered', 'SM-late')`, id);
    expect(await world.newsOf(message)).toEqual(['stuck', 'accepted']);
  });
});

describe('a text that a complete list does not show after 10 minutes', () => {
  test('is handed over once more, word for word, and only once', async () => {
    const message = await neverArrived();
    await world.ago(message, 605);
    await world.reconcile();
    expect(await world.newsOf(message)).toEqual(['again']);
    const later = new Date(Date.parse(message.at) + 11 * 60_000).toISOString();
    expect(await world.send({ ...message, at: later, answersReply: later })).toEqual({
      state: 'accepted',
      channel: 'sms',
      intent: await world.intentOf(message),
      saidAt: message.at,
      leftAt: later,
      twoWay: true,
    });
    await world.phone.quiet();
    expect(await attempts(message)).toEqual(['lost', 'delivered']);
    expect(await world.textsOn(message.phone)).toHaveLength(1);
  });

  test('is a person’s matter if it must not be sent twice', async () => {
    const message = await neverArrived({ template: 'satisfaction', facts: { withinMinutes: 30 }, names: {} });
    await world.ago(message, 605);
    await world.reconcile();
    expect(await world.newsOf(message)).toEqual(['stuck']);
    expect(await world.send(message)).toEqual({ state: 'failed', reason: 'stuck' });
    expect(await world.textsOn(message.phone)).toEqual([]);
  });

  test('does not leave if its matter was settled meanwhile', async () => {
    const message = await neverArrived();
    await world.settle(message);
    await world.ago(message, 605);
    await world.reconcile();
    expect(await world.stateOf(message)).toBe('cancelled');
    expect(await world.newsOf(message)).toEqual([]);
  });

  test('is not handed over again once the time that it names has passed: it would not be true', async () => {
    const message = await neverArrived();
    await world.ago(message, 601);
    await world.reconcile({}, { list: () => Promise.resolve([]) });
    const late = new Date(Date.parse(message.at) + 24 * 3_600_000).toISOString();
    expect(await world.send({ ...message, at: late })).toEqual({ state: 'suppressed', reason: 'too-late' });
    expect(await world.textsOn(message.phone)).toEqual([]);
  });

  test('does not leave for a number that is the customer’s no more', async () => {
    const message = await neverArrived();
    await world.ago(message, 605);
    await world.reconcile();
    await world.rows('UPDATE case_details SET phone = $2 WHERE case_number = $1', message.caseNumber, aMobile());
    expect(await world.send(message)).toEqual({ state: 'suppressed', reason: 'number-changed' });
    expect(await world.textsOn(message.phone)).toEqual([]);
  });

  test('and shows up all the same is known as a twin', async () => {
    const message = await neverArrived();
    await world.ago(message, 605);
    await world.reconcile();
    await world.send(message);
    const [{ id } = { id: '' }] = await world.rows<{ id: string }>(
      'SELECT id FROM messages WHERE key = $1',
      message.key,
    );
    await world.rows(`SELECT advance($1, 1, 'delivered', $2)`, id, `SM-twin-${id}`);
    expect((await world.attemptsOf(message)).map(({ twin }) => twin)).toEqual([true, false]);
    expect(await world.newsOf(message)).toEqual(['again']);
  });

  test('and shows up before it was handed over again is not handed over', async () => {
    const message = await neverArrived();
    await world.ago(message, 605);
    await world.reconcile();
    const [{ id } = { id: '' }] = await world.rows<{ id: string }>(
      'SELECT id FROM messages WHERE key = $1',
      message.key,
    );
    await world.rows(`SELECT advance($1, 1, 'sent', $2)`, id, `SM-late-${id}`);
    expect((await world.send(message)).state).toBe('accepted');
    expect(await world.textsOn(message.phone)).toEqual([]);
  });
});

test('of two lost texts to one number each finds its own', async () => {
  const one = await lostAnswer();
  const two = await world.aCase({ phone: one.phone });
  const sms = { submit: () => Promise.resolve({ outcome: 'unclear' } as const) };
  await world.sendWith({ sms })(two);
  await Promise.all([world.ago(one, 20), world.ago(two, 20)]);
  await world.reconcile();
  expect(await world.newsOf(one)).toEqual(['accepted']);
  expect(await world.stateOf(two)).toBe('unknown');
});

test('an attempt that nobody is at work on any more is looked for', async () => {
  const message = await world.aCase();
  const sms = { submit: () => Promise.reject(new Error('the process ended here')) };
  await world
    .sendWith({ sms })(message)
    .catch(() => undefined);
  expect(await world.stateOf(message)).toBe('submitting');
  await world.ago(message, 121);
  await world.reconcile();
  expect(await world.stateOf(message)).toBe('unknown');
});

test('without a receipt a sent text is final after 4 hours: a late failure is no news', async () => {
  const message = await world.aCase();
  await world.faults({ to: message.phone, callbacksLost: 1 });
  await world.send(message);
  await world.ago(message, 4 * 3600 + 1);
  const [{ id } = { id: '' }] = await world.rows<{ id: string }>('SELECT id FROM messages WHERE key = $1', message.key);
  await world.rows(`SELECT advance($1, 1, 'failed', NULL, '30003')`, id);
  expect(await world.stateOf(message)).toBe('failed');
  expect(await world.newsOf(message)).toEqual([]);
});
