import { openCompany, type Company } from '../support/company';
import {
  askNow,
  asked,
  attemptsOf,
  called,
  dueNow,
  inText,
  noted,
  receiptComes,
  stateOfText,
  textsOfOurs,
  whyNotTold,
} from '../support/conversation';
import { aMobile, aRepair, eventually, hour, minute, type Repair } from '../support/repair';

const patience = { looks: [0.3], stuckAfterSeconds: 3 };

let company: Company;
beforeAll(async () => {
  company = await openCompany({ patience, carrierTimeoutMs: 1000 });
}, 60_000);
afterAll(() => company.close());
afterEach(() => company.phone.people('DELETE', '/faults'));

/** A customer to whom the carrier behaves so. */
async function withFaults(faults: object): Promise<Repair> {
  const repair = await aRepair(company);
  await company.phone.people('PUT', '/faults', { to: repair.phone, ...faults });
  return repair;
}

/** One text, and what it says is what stands in the ledger. */
async function isAskedOnce(repair: Repair): Promise<void> {
  expect(await textsOfOurs(repair)).toEqual([
    expect.stringContaining(`${await inText(repair, 'guidance-call')}前致电您`),
  ]);
  expect(await repair.outcomes()).toEqual(['guidance-check kept', 'guidance-call null']);
}

async function isPhonedAtOnce(repair: Repair): Promise<void> {
  await eventually(async () => (await repair.task('guidance-call')) !== undefined);
  const now = Date.parse((await repair.look()).now);
  const call = await repair.task('guidance-call');
  expect(call?.notBefore.getTime()).toBeLessThanOrEqual(now);
  expect(call?.dueAt.getTime()).toBeLessThanOrEqual(now + hour);
  expect((await repair.promises()).slice(-2)).toMatchObject([
    { kind: 'guidance-check', outcome: 'escalated', reason: called },
    { kind: 'guidance-call', outcome: null },
  ]);
}

describe('an answer that is lost after the carrier accepted', () => {
  test.each([
    ['acceptThenDrop', 'its callback', {}],
    ['acceptThenDrop', 'the list', { callbacksLost: 1 }],
    ['acceptThen500', 'its callback', {}],
    ['acceptThen500', 'the list', { callbacksLost: 1 }],
    ['hang', 'its callback', {}],
    ['hang', 'the list', { callbacksLost: 1 }],
  ])(
    '(%s) and known by %s: one text, the story goes on, the call is promised as the text says',
    async (lost, _by, more) => {
      const repair = await withFaults({ [lost]: 1, ...more });
      await askNow(repair);
      await isAskedOnce(repair);
      expect((await attemptsOf(company, repair)).length).toBe(1);
      await repair.replies('1');
      expect((await repair.look()).ending).toBe('satisfied');
      expect(await repair.outcomes()).toEqual(['guidance-check kept', 'guidance-call cancelled']);
    },
  );
});

describe('callbacks', () => {
  test.each([
    ['lost', { callbacksLost: 1 }, 'accepted'],
    ['doubled', { callbacksDoubled: 1 }, 'delivered'],
    ['reordered', { callbacksReordered: 1 }, 'delivered'],
  ])('that are %s: one text, ledger and story right', async (_how, faults, state) => {
    const repair = await withFaults(faults);
    await askNow(repair);
    await company.phone.quiet();
    expect(await stateOfText(company, repair)).toBe(state);
    expect(await noted(repair, 'not-told')).toBe(0);
    await isAskedOnce(repair);
  });

  test('that come only after the customer has answered change nothing', async () => {
    const repair = await withFaults({ callbacksLateSeconds: 2 });
    await askNow(repair);
    await isAskedOnce(repair);
    await repair.replies('1');
    expect(await stateOfText(company, repair)).toBe('accepted');
    await eventually(async () => (await stateOfText(company, repair)) === 'delivered');
    expect((await repair.look()).ending).toBe('satisfied');
    expect(await repair.outcomes()).toEqual(['guidance-check kept', 'guidance-call cancelled']);
  });
});

describe('while the carrier’s list is down', () => {
  /** Unknown for as long as patience lasts; then a person was told. */
  async function nobodyKnows(): Promise<Repair> {
    const repair = await withFaults({ acceptThen500: 1, callbacksLost: 1, listDown: 1 });
    await dueNow(repair);
    await eventually(async () => ((await attemptsOf(company, repair))[0]?.looks ?? 0) >= 1);
    expect(await stateOfText(company, repair)).toBe('unknown');
    expect([await repair.tasks(), (await repair.look()).waitingFor]).toEqual([[], 'carrier']);
    await eventually(async () => (await repair.task('message-unknown')) !== undefined);
    expect((await repair.task('message-unknown'))?.role).toBe('desk');
    await isPhonedAtOnce(repair);
    return repair;
  }

  test('a text of unknown fate stays unknown, and a person is told, who phones', async () => {
    const repair = await nobodyKnows();
    expect((await repair.completed('message-unknown', 'told', 'desk-1')).status).toBe(200);
    expect((await repair.tasks()).map(({ kind }) => kind)).toEqual(['guidance-call']);
    expect(await textsOfOurs(repair)).toHaveLength(1);
    await repair.called('works');
    expect(await repair.outcomes()).toEqual(['guidance-check escalated', 'guidance-call kept']);
  });

  test('and a callback tells late what became of it: the question to the desk is settled, the one to the customer open', async () => {
    const repair = await nobodyKnows();
    expect(await receiptComes(company, repair, 'delivered')).toBe(200);
    await eventually(async () => (await repair.task('message-unknown')) === undefined);
    expect((await repair.tasks()).map(({ kind }) => kind)).toEqual(['guidance-call']);
    await repair.replies('1');
    expect(await repair.outcomes()).toEqual(['guidance-check escalated', 'guidance-call cancelled']);
  });

  test('and the customer answers: his answer proves that it arrived', async () => {
    const repair = await nobodyKnows();
    await repair.replies('2');
    await eventually(async () => (await repair.task('message-unknown')) === undefined);
    await eventually(async () => (await repair.tasks()).every(({ kind }) => kind === 'agree-next-step'));
    expect(await repair.outcomes()).toEqual(['guidance-check escalated', 'guidance-call null', 'agree-next-step null']);
  });
});

test('a text that a complete list does not show is handed over again: one text on the phone', async () => {
  const repair = await withFaults({ down: 1 });
  await dueNow(repair);
  await eventually(async () => (await stateOfText(company, repair)) === 'unknown');
  await company.phone.people('DELETE', '/faults');
  await eventually(async () => (await repair.task('guidance-call')) !== undefined);
  await company.phone.quiet();
  expect((await attemptsOf(company, repair)).map(({ state }) => state)).toEqual(['lost', 'delivered']);
  await isAskedOnce(repair);
});

describe('who cannot be texted is phoned at once, and the ledger says why:', () => {
  test.each([
    ['his number is refused', {}, { refuseWith: 21211 }, '21211'],
    ['he has no phone, and did not consent to mails', { phone: null }, {}, 'no-consent'],
    ['he did not consent', { sms: false }, {}, 'no-consent'],
  ])('%s', async (_who, said, faults, reason) => {
    const repair = await aRepair(company, said);
    if (repair.phone) await company.phone.people('PUT', '/faults', { to: repair.phone, ...faults });
    await dueNow(repair);
    await isPhonedAtOnce(repair);
    expect(await whyNotTold(company, repair)).toEqual([reason]);
    if (repair.phone) expect(await repair.texts()).toEqual([]);
    await repair.called('works');
    expect(await repair.outcomes()).toEqual(['guidance-check escalated', 'guidance-call kept']);
  });

  test('he got six texts today', async () => {
    const repair = await aRepair(company);
    await repair.forwardTo('09:00');
    for (let text = 1; text <= 6; text += 1) {
      await askNow(repair);
      await repair.does('record-contact', { about: 'does-not-work', what: '还是不冷' });
    }
    expect(await textsOfOurs(repair)).toHaveLength(6);
    await askNow(repair);
    await isPhonedAtOnce(repair);
    expect(await textsOfOurs(repair)).toHaveLength(6);
    expect(await whyNotTold(company, repair)).toEqual(['too-many-today']);
    expect((await repair.outcomes()).slice(0, -2)).toEqual(
      Array(6).fill(['guidance-check kept', 'guidance-call kept', 'agree-next-step kept']).flat(),
    );
  });
});

/** The call that was promised with the question is to be made now. */
async function isCalledNow(repair: Repair): Promise<void> {
  await eventually(async () => {
    const call = await repair.task('guidance-call');
    return call !== undefined && call.notBefore.getTime() <= Date.parse((await repair.look()).now);
  });
}

test('a text that the carrier took and could not deliver: the call task opens at once', async () => {
  const repair = await withFaults({ undelivered: 1 });
  await dueNow(repair);
  await isCalledNow(repair);
  expect(await repair.texts()).toEqual([]);
  expect(await whyNotTold(company, repair)).toEqual(['undelivered']);
  expect(await repair.outcomes()).toEqual(['guidance-check kept', 'guidance-call null']);
});

test('news that a text was not delivered, though it overtakes the news that it was taken, is not lost', async () => {
  const repair = await withFaults({ undelivered: 1 });
  const { now } = await repair.look();
  const endedAt = new Date(Date.parse(now) - 2 * hour).toISOString();
  const key = `${repair.caseNumber}/guidance-check/${endedAt}/1/1`;
  await repair.handle.signal('messageSettled', { key, intent: 'of a text that is to come', state: 'failed' });
  await repair.does('record-guidance', { endedAt, what: '清洗滤网' });
  await isCalledNow(repair);
  expect(await repair.texts()).toEqual([]);
});

test('where nobody can reply, the text gives phone and short code and no digits, and its call does not wait for an answer', async () => {
  const repair = await asked(company, { phone: aMobile('+86139') });
  const [text] = await textsOfOurs(repair);
  const { shortCode } = await repair.look();
  expect(text).toContain(`答复请致电400-000-0000，报短码${shortCode}。`);
  expect(text).not.toMatch(/回\d/);
  const [saidAt = 0] = await repair.sentAt();
  const call = await repair.task('guidance-call');
  expect(call?.notBefore.getTime()).toBe(saidAt + 10 * minute);
  expect(call?.dueAt.getTime()).toBe(saidAt + 40 * minute);
  const promised = (await repair.promises()).find(({ kind }) => kind === 'guidance-call');
  expect(Date.parse(promised?.dueAt ?? '')).toBe(saidAt + hour);
  await isAskedOnce(repair);
});
