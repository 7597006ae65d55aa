import { randomBytes } from 'node:crypto';
import { receiveText } from '../../api/webhooks/receive-text';
import { dateIn } from '../../domain/calendar/hours';
import { openWorld, type World } from '../activities/message-world';
import { twoWay } from '../local/phone-fixture';
import { aMobile } from '../support/repair';
import { inboundTo } from './an-inbound';

let world: World;
beforeAll(async () => void (world = await openWorld()), 30_000);
afterAll(() => world.close());

const { post, aRaw, aText, write, storedOf, heardBy, deskTasksOf, isOptedOut, asked, closeQuestion, closeCase } =
  inboundTo(() => world);

test('the digit that a customer sends back answers his question, and the story is told once though the carrier told us twice', async () => {
  const { phone, caseNumber, matter, yes } = await asked();
  await world.phone.people('PUT', '/faults', { inboundDoubled: 1, to: phone });
  const { body } = await world.phone.people('POST', `/phones/${phone}/replies`, { text: yes });
  await world.phone.quiet();
  expect(await storedOf(phone)).toEqual([{ kind: 'answer', caseNumber, choice: 'yes', body: yes }]);
  expect(await heardBy(caseNumber)).toEqual([
    {
      payload: { replyId: (body as unknown as { sid: string }).sid, question: 'guidance-check', matter, choice: 'yes' },
    },
  ]);
});

test('with two cases open on one number each digit reaches the right case', async () => {
  const first = await asked();
  const second = await asked(first.phone);
  expect(new Set([first.yes, first.no, second.yes, second.no]).size).toBe(4);
  await write(first.phone, second.no);
  await write(first.phone, first.yes);
  expect(await storedOf(first.phone)).toMatchObject([
    { kind: 'answer', caseNumber: second.caseNumber, choice: 'no' },
    { kind: 'answer', caseNumber: first.caseNumber, choice: 'yes' },
  ]);
  expect(await heardBy(second.caseNumber)).toHaveLength(1);
});

test('plain words answer the only open question', async () => {
  const { phone, caseNumber } = await asked();
  await write(phone, '还没好');
  expect(await storedOf(phone)).toMatchObject([{ kind: 'answer', caseNumber, choice: 'no' }]);
});

test('words that fit two questions answer neither: the customer is asked which, once a day, and then a person reads it', async () => {
  const first = await asked();
  const second = await asked(first.phone);
  await write(first.phone, '能用');
  await write(first.phone, '能用了');
  expect(await storedOf(first.phone)).toMatchObject([{ kind: 'which' }, { kind: 'which' }]);
  expect(await heardBy(first.caseNumber)).toEqual([{ payload: { replyId: expect.any(String) } }]);
  expect(await heardBy(second.caseNumber)).toEqual([]);
  expect(await deskTasksOf(first.phone)).toMatchObject([{ kind: 'read-reply', caseNumber: first.caseNumber }]);
});

describe('a day that a customer names', () => {
  const ready = {
    template: 'ready-1',
    facts: { readyState: 'repaired', feeLine: 'none' },
    names: { nextOn: 'reply-answered' },
  } as const;
  const zone = 'Asia/Shanghai';
  const inDays = (days: number, from = Date.now()) => dateIn(new Date(from + days * 86_400_000).toISOString(), zone);

  /** A product waits; whatever the text says beside, it takes a day. */
  async function waits(phone = aMobile(), ordinal = 1) {
    const { choices: _none, dueAt: _due, ...message } = await world.aCase({ phone });
    const notice = { ...message, ...ready, matter: 'pickup/x', key: `${message.key}/ready/${ordinal}` };
    expect(await world.send(notice)).toMatchObject({ state: 'accepted', twoWay: true });
    return notice;
  }
  const daysOf = (number: string) =>
    world.rows<{ kind: string; choice: string | null; day: string | null }>(
      'SELECT kind, choice, day::text FROM inbound_messages WHERE sender = $1 ORDER BY received_at, sid',
      number,
    );

  test('answers the notice that his product is ready: the story hears the date', async () => {
    const { phone, caseNumber } = await waits();
    await write(phone, '后天来取');
    expect(await daysOf(phone)).toEqual([{ kind: 'answer', choice: 'day', day: inDays(2) }]);
    expect(await heardBy(caseNumber)).toEqual([
      {
        payload: {
          replyId: expect.any(String),
          question: 'ready-1',
          matter: 'pickup/x',
          choice: 'day',
          day: inDays(2),
        },
      },
    ]);
  });

  test('answers the latest of several notices about one product, and is no riddle', async () => {
    const first = await waits();
    const again = { ...first, key: `${first.key}/2`, template: 'ready-2', facts: { readyOn: inDays(-3) } } as const;
    expect(await world.send(again)).toMatchObject({ state: 'accepted' });
    await write(first.phone, 'tomorrow');
    expect(await heardBy(first.caseNumber)).toMatchObject([{ payload: { question: 'ready-2', day: inDays(1) } }]);
  });

  test('is a riddle where two products wait: a person reads it', async () => {
    const first = await waits();
    await waits(first.phone);
    await write(first.phone, '后天');
    expect(await daysOf(first.phone)).toEqual([{ kind: 'which', choice: null, day: null }]);
  });

  test.each(['昨天', '下个月', '11月31日', '周五或周六', '后天可以吗？'])(
    'and is none (%s) is never guessed: a person reads it',
    async (text) => {
      const { phone, caseNumber } = await waits();
      await write(phone, text);
      expect(await daysOf(phone)).toEqual([{ kind: 'note', choice: null, day: null }]);
      expect(await heardBy(caseNumber)).toEqual([{ payload: { replyId: expect.any(String) } }]);
    },
  );

  test('means the day in the time of his case, seen from when he wrote, though we find it late', async () => {
    const { phone, caseNumber } = await waits();
    await world.rows('INSERT INTO case_clocks VALUES ($1, $2)', caseNumber, 10 * 86_400_000);
    const at = new Date(Date.now() - 86_400_000).toISOString();
    await receiveText(world.database, { ...aRaw(phone, '后天'), at }, 'poll');
    expect(await daysOf(phone)).toEqual([{ kind: 'answer', choice: 'day', day: inDays(11) }]);
  });

  test('beside a question with digits answers only what takes a day, and the digit only what has it', async () => {
    const { phone, caseNumber, yes } = await asked();
    const notice = await waits(phone);
    await write(phone, '后天');
    await write(phone, yes);
    expect(await heardBy(notice.caseNumber)).toMatchObject([{ payload: { choice: 'day', day: inDays(2) } }]);
    expect(await heardBy(caseNumber)).toMatchObject([{ payload: { choice: 'yes' } }]);
  });

  test('to a question that asks for none is a note', async () => {
    const { phone, caseNumber } = await asked();
    await write(phone, '后天');
    expect(await storedOf(phone)).toMatchObject([{ kind: 'note', caseNumber }]);
  });
});

test('what is no text is kept for a person, and our own number is nobody', async () => {
  const { phone, caseNumber } = await asked();
  const picture = { ...aText(phone, ''), MessageSid: `MM${randomBytes(16).toString('hex')}`, NumMedia: '1' };
  expect((await post('/inbound', picture)).status).toBe(200);
  await write(phone, '');
  await write(phone, '👍');
  expect(await storedOf(phone)).toMatchObject([
    { kind: 'note', caseNumber, body: '[MMS ×1]' },
    { kind: 'note', caseNumber, body: '' },
    { kind: 'note', caseNumber, body: '👍' },
  ]);
  await write(twoWay, '1');
  expect(await storedOf(twoWay)).toMatchObject([{ kind: 'own-number', caseNumber: null }]);
  expect(await deskTasksOf(twoWay)).toEqual([]);
});

test('a text of 1,600 characters is a note, kept whole; of one that is longer, as much is kept', async () => {
  const { phone, caseNumber } = await asked();
  await write(phone, '1'.repeat(1600));
  await write(phone, '能'.repeat(1601));
  expect(await storedOf(phone)).toMatchObject([
    { kind: 'note', caseNumber, body: '1'.repeat(1600) },
    { kind: 'note', caseNumber, body: '能'.repeat(1600) },
  ]);
});

test('STOP in a sentence stops nothing: a person reads it', async () => {
  const { phone, caseNumber } = await asked();
  await write(phone, 'please stop calling me');
  expect(await isOptedOut(phone)).toBe(false);
  expect(await storedOf(phone)).toMatchObject([{ kind: 'note', caseNumber }]);
});

test('a digit rests for seven days after its question was closed, and then says nothing', async () => {
  const { phone, caseNumber, yes } = await asked();
  const other = await world.aCase({ phone });
  await closeQuestion(caseNumber, 8);
  await write(phone, yes);
  expect(await storedOf(phone)).toMatchObject([{ kind: 'note', choice: null }]);
  expect(await heardBy(other.caseNumber)).toEqual([]);
});

test('what no rule understands goes to the open case that texted last', async () => {
  const first = await asked();
  const second = await asked(first.phone);
  await write(first.phone, '师傅什么时候来？');
  expect(await storedOf(first.phone)).toMatchObject([{ kind: 'note', caseNumber: second.caseNumber, choice: null }]);
  expect(await heardBy(second.caseNumber)).toHaveLength(1);
});

test('a late digit belongs to the question that is closed, never to another case', async () => {
  const first = await asked();
  await closeQuestion(first.caseNumber);
  const second = await asked(first.phone);
  await write(first.phone, first.yes);
  expect(await storedOf(first.phone)).toMatchObject([{ kind: 'note', caseNumber: first.caseNumber, choice: null }]);
  expect(await heardBy(first.caseNumber)).toEqual([{ payload: { replyId: expect.any(String) } }]);
  expect(await heardBy(second.caseNumber)).toEqual([]);
});

test('a late digit to a case that is closed is read by a person, though another case of that number is open', async () => {
  const first = await asked();
  await closeCase(first.caseNumber);
  const second = await asked(first.phone);
  await write(first.phone, first.yes);
  expect(await deskTasksOf(first.phone)).toEqual([
    { kind: 'reply-to-closed', caseNumber: first.caseNumber, minutes: 30 },
  ]);
  expect(await heardBy(second.caseNumber)).toEqual([]);
});

test('a text to a closed case, and one from an unknown number, are read by a person within 30 minutes', async () => {
  const { phone, caseNumber } = await asked();
  await closeCase(caseNumber);
  await write(phone, '又坏了');
  expect(await deskTasksOf(phone)).toEqual([{ kind: 'reply-to-closed', caseNumber, minutes: 30 }]);
  expect(await heardBy(caseNumber)).toEqual([]);

  const stranger = aMobile();
  await write(stranger, '1');
  expect(await storedOf(stranger)).toMatchObject([{ kind: 'unknown-number', caseNumber: null }]);
  expect(await deskTasksOf(stranger)).toEqual([{ kind: 'read-reply', caseNumber: null, minutes: 30 }]);
});

describe('a number that was corrected is no customer any more: what it writes', () => {
  const corrected = async ({ caseNumber }: { caseNumber: string }) => {
    await world.rows('UPDATE case_details SET phone = $2 WHERE case_number = $1', caseNumber, aMobile());
    await world.rows('UPDATE questions SET closed_at = now() WHERE case_number = $1', caseNumber);
  };

  test.each(['你们发错人了', '1'])('is read by a person, and the case hears nothing: %s', async (text) => {
    const one = await asked();
    await corrected(one);
    await write(one.phone, text);
    expect(await deskTasksOf(one.phone)).toEqual([{ kind: 'read-reply', caseNumber: one.caseNumber, minutes: 30 }]);
    expect(await heardBy(one.caseNumber)).toEqual([]);
  });

  test('is about the case of its own that it has', async () => {
    const phone = aMobile();
    const own = await asked(phone);
    const other = await asked(phone);
    await corrected(other);
    await write(phone, '怎么还没人联系我');
    expect(await heardBy(own.caseNumber)).toHaveLength(1);
    expect(await heardBy(other.caseNumber)).toEqual([]);
  });
});

test('an answer proves that a text arrived whose fate was unknown', async () => {
  const message = await world.aCase({});
  await world.faults({ acceptThenDrop: 1, callbacksLost: 1, to: message.phone });
  expect(await world.send(message)).toEqual({ state: 'unknown' });
  await write(message.phone, '1');
  expect(await world.stateOf(message)).toBe('delivered');
  expect(await world.rows('SELECT kind FROM outbox WHERE case_number = $1 ORDER BY id', message.caseNumber)).toEqual([
    { kind: 'settled' },
    { kind: 'reply' },
  ]);
});

test('STOP ends texts and is no answer, START brings them back', async () => {
  const { phone, caseNumber } = await asked();
  await write(phone, '退订');
  expect(await isOptedOut(phone)).toBe(true);
  await write(phone, 'START');
  expect(await isOptedOut(phone)).toBe(false);
  expect(await storedOf(phone)).toMatchObject([{ kind: 'stop' }, { kind: 'start' }]);
  expect(await heardBy(caseNumber)).toEqual([]);
  expect(await deskTasksOf(phone)).toEqual([]);
});

test('STOP and START are news to every open case of the number, each once, and to no closed one', async () => {
  const [first, second, closed] = [await asked(), await world.aCase(), await world.aCase()];
  await world.rows(`UPDATE case_details SET phone = $1 WHERE case_number = ANY ($2)`, first.phone, [
    second.caseNumber,
    closed.caseNumber,
  ]);
  await closeCase(closed.caseNumber);
  for (const text of ['STOP', '退订', 'START', 'START']) await write(first.phone, text);
  const newsOf = async (caseNumber: string) =>
    (await world.rows<{ kind: string }>('SELECT kind FROM outbox WHERE case_number = $1 ORDER BY id', caseNumber)).map(
      ({ kind }) => kind,
    );
  for (const { caseNumber } of [first, second])
    expect((await newsOf(caseNumber)).filter((kind) => kind.startsWith('opted'))).toEqual(['opted-out', 'opted-in']);
  expect(await newsOf(closed.caseNumber)).toEqual([]);
});

test('YES opts in a number that had opted out, and is an answer from every other', async () => {
  const { phone } = await asked();
  await write(phone, 'STOP');
  await write(phone, 'YES');
  await write(phone, 'YES');
  expect(await storedOf(phone)).toMatchObject([{ kind: 'stop' }, { kind: 'start' }, { kind: 'answer', choice: 'yes' }]);
  expect(await isOptedOut(phone)).toBe(false);
});
