import type { Message } from '../../domain/messages/message';
import { createSms } from '../../activities/providers/sms';
import { openWorld, until, type World } from './message-world';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());
afterEach(() => world.phone.people('DELETE', '/faults'));

/** As if the reply that it answers had come then. */
const at = (message: Message, minutes: number): Message => {
  const then = later(message.at, minutes);
  return { ...message, at: then, answersReply: then };
};
const later = (at: string, minutes: number) => new Date(Date.parse(at) + minutes * 60_000).toISOString();

describe('a hand-over', () => {
  test('reaches the phone once, however often it is asked for', async () => {
    const message = await world.aCase();
    const first = await world.send(message);
    const intent = await world.intentOf(message);
    expect(first).toEqual({
      ...{ state: 'accepted', channel: 'sms', intent },
      ...{ saidAt: message.at, leftAt: message.at, twoWay: true },
    });
    const again = await world.send({ ...message, at: later(message.at, 1) });
    expect(again).toEqual(first);
    expect(await world.textsOn(message.phone)).toHaveLength(1);
    await until(async () => (await world.stateOf(message)) === 'delivered');
    expect(await world.newsOf(message)).toEqual([]);
  });

  test('asked for twice in the same instant is one text', async () => {
    const message = await world.aCase();
    const results = await Promise.all([world.send(message), world.send(message)]);
    expect(results.map(({ state }) => state)).toContain('accepted');
    expect(await world.textsOn(message.phone)).toHaveLength(1);
  });

  test('whose answer is lost after the carrier accepted is one text, found by its callback', async () => {
    const message = await world.aCase();
    await world.faults({ to: message.phone, acceptThenDrop: 1 });
    expect(['unknown', 'accepted']).toContain((await world.send(message)).state);
    await until(async () => (await world.stateOf(message)) === 'delivered');
    expect((await world.send(message)).state).toBe('accepted');
    expect(await world.textsOn(message.phone)).toHaveLength(1);
  });

  test('answered with a 500 after the carrier accepted is one text, found in its list when all callbacks are lost', async () => {
    const message = await world.aCase();
    await world.faults({ to: message.phone, acceptThen500: 1, callbacksLost: 1 });
    expect(await world.send(message)).toEqual({ state: 'unknown' });
    expect(await world.send(message)).toEqual({ state: 'unknown' });
    await world.reconcile({ looks: [0, 60] });
    expect(['accepted', 'sent', 'delivered']).toContain(await world.stateOf(message));
    expect(await world.newsOf(message)).toEqual(['accepted']);
    expect((await world.send(message)).state).toBe('accepted');
    expect(await world.textsOn(message.phone)).toHaveLength(1);
  });

  test('that the carrier has too much to do for did not leave, and is tried again by whoever asked', async () => {
    const message = await world.aCase();
    await world.faults({ to: message.phone, tooMany: 1 });
    await expect(world.send(message)).rejects.toMatchObject({ type: 'carrier-away', nonRetryable: false });
    expect(await world.stateOf(message)).toBe('planned');
    await world.phone.people('DELETE', '/faults');
    expect((await world.send({ ...message, at: later(message.at, 0.5) })).state).toBe('accepted');
    expect((await world.attemptsOf(message)).map(({ state }) => state)[0]).toBe('planned');
    expect(await world.textsOn(message.phone)).toHaveLength(1);
  });

  test('to a carrier that cannot be reached did not leave', async () => {
    const message = await world.aCase();
    const nobody = createSms({ accountSid: `AC${'1'.repeat(32)}`, authToken: 'x', apiUrl: 'http://127.0.0.1:1' });
    await expect(world.sendWith({ sms: nobody })(message)).rejects.toMatchObject({ type: 'carrier-away' });
    expect(await world.stateOf(message)).toBe('planned');
  });

  test('with the wrong credentials did not leave, and no customer is given up for it', async () => {
    const message = await world.aCase();
    const stranger = createSms({ accountSid: `AC${'1'.repeat(32)}`, authToken: 'x', apiUrl: world.phone.url });
    await expect(world.sendWith({ sms: stranger })(message)).rejects.toMatchObject({ type: 'carrier-away' });
  });

  test('that hung for more than 5 s between the commit and the carrier does not happen', async () => {
    const message = await world.aCase();
    let reads = 0;
    const monotonic = () => (reads++ === 0 ? 0 : 5_001);
    await expect(world.sendWith({ monotonic })(message)).rejects.toMatchObject({ type: 'carrier-away' });
    expect(await world.textsOn(message.phone)).toEqual([]);
    expect(await world.stateOf(message)).toBe('planned');
  });

  test('callbacks that come before the answer are kept', async () => {
    const message = await world.aCase();
    const sms = {
      submit: async (text: Parameters<typeof world.sms.submit>[0]) => {
        const submission = await world.sms.submit(text);
        await until(async () => (await world.stateOf(message)) === 'delivered');
        return submission;
      },
    };
    expect((await world.sendWith({ sms })(message)).state).toBe('accepted');
    expect(await world.stateOf(message)).toBe('delivered');
    expect(await world.newsOf(message)).toEqual([]);
  });

  test('callbacks doubled and last one first leave a delivered text delivered', async () => {
    const message = await world.aCase();
    await world.faults({ to: message.phone, callbacksDoubled: 1, callbacksReordered: 1 });
    await world.send(message);
    await world.phone.quiet();
    expect(await world.stateOf(message)).toBe('delivered');
    expect(await world.newsOf(message)).toEqual([]);
  });

  test('a text that the phone never got is told to the story', async () => {
    const message = await world.aCase();
    await world.faults({ to: message.phone, undelivered: 1 });
    expect((await world.send(message)).state).toBe('accepted');
    await until(async () => (await world.stateOf(message)) === 'undelivered');
    expect(await world.newsOf(message)).toEqual(['failed']);
  });
});

describe('what the carrier refuses', () => {
  test.each([
    [21211, { state: 'failed', reason: '21211' }],
    [21614, { state: 'failed', reason: '21614' }],
    [21408, { state: 'failed', reason: '21408' }],
    [21610, { state: 'suppressed', reason: '21610' }],
  ])('%i is said at once', async (refuseWith, result) => {
    const message = await world.aCase();
    await world.faults({ to: message.phone, refuseWith });
    expect(await world.send(message)).toEqual(result);
    expect(await world.rows('SELECT FROM questions WHERE case_number = $1', message.caseNumber)).toEqual([]);
  });

  test('21610 is an opt-out for us too, and no later text is tried', async () => {
    const message = await world.aCase();
    await world.faults({ to: message.phone, refuseWith: 21610 });
    await world.send(message);
    await world.phone.people('DELETE', '/faults');
    const other = await world.aCase({ phone: message.phone });
    expect(await world.send(other)).toEqual({ state: 'suppressed', reason: 'opted-out' });
  });

  test('30610, the time of day, is a deferral by an hour within the sending hours', async () => {
    const message = await world.aCase();
    await world.faults({ to: message.phone, refuseWith: 30610 });
    const result = await world.send(message);
    expect(result.state).toBe('deferred');
    expect(Date.parse('until' in result ? result.until : '')).toBeGreaterThanOrEqual(
      Date.parse(message.at) + 3_600_000,
    );
    await world.phone.people('DELETE', '/faults');
    expect((await world.send(message)).state).toBe('accepted');
  });
});

describe('what does not leave', () => {
  test('a matter settled before the hand-over is not texted about, and leaves once it is open again', async () => {
    const message = await world.aCase();
    await world.settle(message);
    expect(await world.send(message)).toEqual({ state: 'cancelled' });
    expect(await world.textsOn(message.phone)).toEqual([]);
    await world.rows('UPDATE settled_matters SET superseded = true WHERE case_number = $1', message.caseNumber);
    expect((await world.send(message)).state).toBe('accepted');
  });

  test('once a settlement is answered no text begins, however close they are', async () => {
    const message = await world.aCase();
    const settling = await world.database.pool.connect();
    await settling.query('BEGIN');
    await settling.query('SELECT FROM cases WHERE case_number = $1 FOR UPDATE', [message.caseNumber]);
    const sending = world.send(message);
    await until(
      async () =>
        (
          await world.rows(
            'SELECT FROM pg_stat_activity WHERE wait_event_type = $1 AND datname = current_database()',
            'Lock',
          )
        ).length > 0,
    );
    await settling.query('INSERT INTO settled_matters (case_number, opening, step, matter) VALUES ($1, 1, 2, $2)', [
      message.caseNumber,
      message.matter,
    ]);
    await settling.query('COMMIT');
    settling.release();
    expect(await sending).toEqual({ state: 'cancelled' });
    expect(await world.textsOn(message.phone)).toEqual([]);
  });

  test('a matter settled while the carrier was too busy cancels the text', async () => {
    const message = await world.aCase();
    const sms = {
      submit: async () => {
        await world.settle(message);
        return { outcome: 'not-taken' } as const;
      },
    };
    expect(await world.sendWith({ sms })(message)).toEqual({ state: 'cancelled' });
  });

  test('a text asked for more than two minutes ago is not handed over, one from the future is', async () => {
    const old = await world.aCase();
    expect(await world.send({ ...old, at: later(old.at, -2.1) })).toEqual({ state: 'unreachable' });
    expect(await world.textsOn(old.phone)).toEqual([]);
    const ahead = await world.aCase();
    expect((await world.send(at(ahead, 90))).state).toBe('accepted');
  });

  test('a case that was moved forward has its own time', async () => {
    const message = await world.aCase();
    await world.rows('INSERT INTO case_clocks VALUES ($1, $2)', message.caseNumber, 86_400_000);
    expect((await world.send(message)).state).toBe('unreachable');
    expect((await world.send(at(message, 1440))).state).toBe('accepted');
  });

  test('at 21:00 in the customer’s zone it waits until 08:00, unless it answers a text of the last ten minutes', async () => {
    const { answersReply: _any, ...message } = await world.aCase();
    const evening = '2027-01-12T13:00:00.000Z';
    expect(await world.send({ ...message, at: evening })).toEqual({
      state: 'deferred',
      until: '2027-01-13T00:00:00.000Z',
    });
    const abroad = await world.aCase({ timeZone: 'America/Los_Angeles' });
    const { answersReply: _none, ...unasked } = abroad;
    expect(await world.send({ ...unasked, at: '2027-01-12T15:00:00.000Z' })).toMatchObject({
      until: '2027-01-12T16:00:00.000Z',
    });
    const [tenMinutes, more] = [{ answersReply: later(evening, -10) }, { answersReply: later(evening, -10.1) }];
    expect((await world.send({ ...unasked, ...more, at: evening })).state).toBe('deferred');
    expect((await world.send({ ...unasked, ...tenMinutes, at: evening })).state).toBe('accepted');
    expect((await world.send({ ...message, at: '2027-01-12T12:59:59.000Z' })).state).toBe('accepted');
  });

  test.each([
    ['no consent', { consentSms: false }, 'no-consent'],
    ['no number', { phone: null }, 'no-phone'],
  ])('%s: another channel', async (_why, about, reason) => {
    const message = await world.aCase(about);
    expect(await world.send(message)).toEqual({ state: 'suppressed', reason });
  });

  test('who opted out gets no text until he opts in again', async () => {
    const message = await world.aCase();
    await world.rows(`INSERT INTO opt_outs (number, source) VALUES ($1, 'reply')`, message.phone);
    expect(await world.send(message)).toEqual({ state: 'suppressed', reason: 'opted-out' });
    await world.rows('UPDATE opt_outs SET ended_at = now() WHERE number = $1', message.phone);
    expect((await world.send(message)).state).toBe('accepted');
  });

  test('a closed case is silent', async () => {
    const message = await world.aCase();
    await world.rows(`UPDATE cases SET ending = 'satisfied' WHERE case_number = $1`, message.caseNumber);
    expect(await world.send(message)).toEqual({ state: 'suppressed', reason: 'closed' });
  });

  test('a seventh text on one day of the customer does not leave, the first of the next day does', async () => {
    const message = await world.aCase();
    const noon = '2027-01-12T04:00:00.000Z';
    for (let i = 1; i <= 6; i += 1) {
      const one = { ...message, choices: undefined, key: `${message.key}/${i}`, at: noon };
      const { choices: _none, ...text } = one;
      expect((await world.send(text)).state).toBe('accepted');
    }
    expect(await world.send({ ...message, at: later(noon, 60) })).toEqual({
      state: 'suppressed',
      reason: 'too-many-today',
    });
    expect((await world.send({ ...message, at: later(noon, 1440) })).state).toBe('accepted');
  });

  test('a key that was used with other facts is a fault, and the failure names no number and no text', async () => {
    const message = await world.aCase();
    await world.send(message);
    const other = { ...message, facts: { guidedAt: later(message.at, -60) } };
    const error = await world.send(other).catch((error: Error) => error);
    expect(error).toMatchObject({ type: 'message-key-reused', nonRetryable: true });
    expect(String(error)).not.toContain(message.phone.slice(3));
  });
});
