import { temporal } from '@temporalio/proto';
import { openCompany, type Company } from '../support/company';
import { aRepair, eventually, hour, minute, type Repair } from '../support/repair';

let company: Company;
beforeAll(async () => {
  company = await openCompany();
}, 60_000);
afterAll(() => company.close());

const second = 1000;
const about = (time: number | undefined, due: number) => time !== undefined && time >= due && time < due + 3 * second;

/** A customer who was asked just now. */
async function asked(): Promise<{ repair: Repair; due: number }> {
  const repair = await aRepair(company);
  const { due } = await repair.guided();
  await repair.forward({ until: new Date(due + 2 * second).toISOString() });
  return { repair, due };
}

test('a guided customer is asked after exactly 2 h, not a second earlier', async () => {
  const repair = await aRepair(company);
  const { endedAt, due } = await repair.guided();
  expect(due).toBe(endedAt + 2 * hour);
  await repair.forward({ until: new Date(due - second).toISOString() });
  expect(await repair.texts()).toEqual([]);
  await repair.forward({ until: new Date(due + 2 * second).toISOString() });
  expect(await repair.texts()).toEqual([expect.stringMatching(/能正常使用了吗？能用回1，不能用回2。/)]);
  expect(about((await repair.sentAt())[0], due)).toBe(true);
});

test('who answers yes is not phoned', async () => {
  const { repair } = await asked();
  expect(await repair.task('guidance-call')).toBeDefined();
  await repair.replies('1');
  const seen = await repair.look();
  expect([seen.status, seen.ending, seen.waitingFor]).toEqual(['closed', 'satisfied', 'nobody']);
  expect(await repair.tasks()).toEqual([]);
  expect(await repair.outcomes()).toEqual(['guidance-check kept', 'guidance-call cancelled']);
});

test('no answer becomes a call task, which reminds, and climbs level by level to the top', async () => {
  const { repair, due } = await asked();
  const call = await repair.task('guidance-call');
  expect(about(call?.notBefore.getTime(), due + 30 * minute)).toBe(true);
  expect(about(call?.dueAt.getTime(), due + 60 * minute)).toBe(true);
  await repair.forward({ minutes: 62 });
  expect(await repair.notes()).toContain('task-reminded');
  const roles: (string | undefined)[] = [];
  for (let rung = 0; rung < 4; rung += 1) {
    await repair.forward({ minutes: 30 });
    roles.push((await repair.task('guidance-call'))?.role);
  }
  expect(roles).toEqual(['service-manager', 'centre-head', 'headquarters', 'headquarters']);
  expect((await repair.look()).escalated).toBe(true);
});

test('a no by text becomes a call within 30 min about the next step, and the call that was promised stays promised', async () => {
  const { repair } = await asked();
  await repair.replies('2');
  await eventually(async () => (await repair.task('agree-next-step')) !== undefined);
  const seen = await repair.look();
  expect([seen.status, seen.waitingFor]).toEqual(['choosing', 'desk']);
  expect(seen.promises.map(({ kind }) => kind)).toEqual(['agree-next-step', 'guidance-call']);
  const task = await repair.task('agree-next-step');
  expect(task?.dueAt.getTime()).toBeLessThanOrEqual(Date.parse(seen.now) + 30 * minute);
  await repair.does('choose-service-way', { faultClass: 'hardware', way: 'visit' });
  expect(await repair.outcomes()).toEqual(['guidance-check kept', 'guidance-call kept', 'agree-next-step kept']);
  expect((await repair.tasks()).map(({ kind }) => kind)).toEqual(['agree-next-step']);
});

test('a call that reaches the customer settles it: works closes the case, does not work agrees the next step', async () => {
  const { repair } = await asked();
  const { status, ending } = await repair.called('works');
  expect([status, ending]).toEqual(['closed', 'satisfied']);
  expect(await repair.outcomes()).toEqual(['guidance-check kept', 'guidance-call kept']);
  const { repair: other } = await asked();
  expect((await other.called('does-not-work')).status).toBe('choosing');
  expect((await other.tasks()).map(({ kind }) => kind)).toEqual(['agree-next-step']);
});

/** Three tries, each when its task has opened. */
async function threeTries(repair: Repair): Promise<void> {
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    const task = await repair.task('guidance-call');
    await repair.forward({ until: new Date(task!.notBefore.getTime() + minute).toISOString() });
    await repair.called('no-answer');
    await eventually(async () => (await repair.tasks()).length === 1);
  }
}

test('three unanswered calls, at least 2 h apart, escalate the promise; the service manager decides', async () => {
  const { repair } = await asked();
  await threeTries(repair);
  const seen = await repair.look();
  expect([seen.status, seen.waitingFor, seen.escalated]).toEqual(['guided', 'service-manager', true]);
  expect(await repair.outcomes()).toEqual(['guidance-check kept', 'guidance-call escalated']);
  const calls = await company.rows<{ at: Date }>(
    `SELECT at FROM timeline WHERE case_number = $1 AND note = 'called' ORDER BY id`,
    repair.caseNumber,
  );
  const gaps = calls.slice(1).map(({ at }, i) => at.getTime() - calls[i]!.at.getTime());
  expect(gaps.every((gap) => gap >= 2 * hour)).toBe(true);
  expect((await repair.completed('decide-unreached', 'satisfied')).status).toBe(409);
  expect((await repair.completed('decide-unreached', 'close-unconfirmed')).status).toBe(200);
  expect((await repair.look()).ending).toBe('unconfirmed');
});

test('a late yes is still heard after the escalation', async () => {
  const { repair } = await asked();
  await threeTries(repair);
  await repair.replies('能用');
  expect((await repair.look()).ending).toBe('satisfied');
});

test('the service manager offers a visit: the next step is agreed', async () => {
  const { repair } = await asked();
  await threeTries(repair);
  expect((await repair.completed('decide-unreached', 'offer-visit')).status).toBe(200);
  await eventually(async () => (await repair.task('agree-next-step')) !== undefined);
  expect((await repair.look()).status).toBe('choosing');
});

test('a try made too early does not count, what the customer said in it does', async () => {
  const { repair } = await asked();
  const task = await repair.task('guidance-call');
  const refused = await repair.tried('record-call', { taskId: task?.task, outcome: 'no-answer' });
  expect(refused.status).toBe(409);
  expect(refused.body).toMatchObject({ code: 'too-early-to-count', rule: 'H-75' });
});

test('a customer who asks to be called later is called then: the promise moves', async () => {
  const { repair } = await asked();
  const { now } = await repair.look();
  const callAt = new Date(Date.parse(now) + 5 * hour).toISOString();
  const { promises } = await repair.called('call-later', { callAt });
  expect(promises.map(({ kind, dueAt }) => [kind, Date.parse(dueAt)])).toEqual([
    ['guidance-call', Date.parse(callAt) + 30 * minute],
  ]);
  expect((await repair.task('guidance-call'))?.notBefore.getTime()).toBe(Date.parse(callAt));
  expect(await repair.outcomes()).toEqual(['guidance-check kept', 'guidance-call moved', 'guidance-call null']);
});

test('a customer who calls in before he was asked is not asked any more', async () => {
  const repair = await aRepair(company);
  await repair.guided();
  const seen = await repair.does('record-contact', { about: 'does-not-work', what: '还是不冷' });
  expect(seen.promises.map(({ kind }) => kind)).toEqual(['agree-next-step']);
  await repair.forward({ hours: 3 });
  expect(await repair.texts()).toEqual([]);
  await repair.does('record-contact', { about: 'works', what: '好了' });
  expect((await repair.look()).ending).toBe('satisfied');
});

test('a guidance that ended earlier than noted is corrected: the check moves, and both stand in the ledger', async () => {
  const repair = await aRepair(company);
  const { due } = await repair.guided();
  const entry = await repair.entry('guided-by-phone');
  const endedAt = new Date(due - 2 * hour - 20 * minute).toISOString();
  const seen = await repair.does('correct-entry', { entryId: entry, reason: 'typo', endedAt });
  expect(Date.parse(seen.promises[0]!.dueAt)).toBe(due - 20 * minute);
  expect(await repair.outcomes()).toEqual(['guidance-check moved', 'guidance-check null']);
});

test('a second guidance starts afresh: asked again two hours after it', async () => {
  const { repair } = await asked();
  await repair.replies('2');
  const { due } = await repair.guided();
  await repair.forward({ until: new Date(due + 2 * second).toISOString() });
  const texts = await repair.texts();
  expect(texts).toHaveLength(2);
  await repair.replies(/能用回(\d)/.exec(texts[1]!)![1]!);
  expect((await repair.look()).ending).toBe('satisfied');
  expect((await repair.promises()).every(({ outcome }) => outcome !== null)).toBe(true);
});

test('what is missing is asked for: guidance goes on, a visit waits for the address', async () => {
  const repair = await aRepair(company, { address: null });
  expect((await repair.look()).status).toBe('needs-details');
  expect(await repair.task('complete-details')).toBeDefined();
  const refused = await repair.tried('choose-service-way', { faultClass: 'hardware', way: 'visit' });
  expect(refused.body).toMatchObject({ status: 409, code: 'details-missing', rule: 'H-01' });
  await repair.does('add-details', { address: '文三路 2 号' });
  const seen = await repair.does('choose-service-way', { faultClass: 'hardware', way: 'visit' });
  expect(seen.status).toBe('choosing');
  expect((await repair.tasks()).map(({ kind }) => kind)).toEqual(['agree-next-step']);
});

test('a customer who has to ask twice within a day is heard by the service manager', async () => {
  const repair = await aRepair(company);
  await repair.does('record-contact', { about: 'chases', what: '什么时候来' });
  expect((await repair.look()).priority).toBe('normal');
  await repair.does('record-contact', { about: 'chases', what: '怎么还没人' });
  const seen = await repair.look();
  expect([seen.priority, seen.escalated]).toEqual(['high', true]);
  expect((await repair.task('customer-chases'))?.role).toBe('service-manager');
});

test('a cancelled case ends at once, and nothing that was planned for it happens', async () => {
  const repair = await aRepair(company);
  await repair.guided();
  const seen = await repair.does('cancel-case', { reason: '客户自行处理' });
  expect([seen.status, seen.ending]).toEqual(['closed', 'cancelled']);
  expect(await repair.outcomes()).toEqual(['guidance-check cancelled']);
  expect((await repair.tried('record-contact', { about: 'other', what: 'x' })).body).toMatchObject({
    code: 'case-closed',
  });
});

test('a cancellation asked for in the Temporal UI is a cancelled case, with its ledger in order', async () => {
  const { repair } = await asked();
  await repair.handle.cancel();
  expect(await repair.handle.result()).toEqual({ ending: 'cancelled' });
  expect(await repair.outcomes()).toEqual(['guidance-check kept', 'guidance-call cancelled']);
  expect(await repair.tasks()).toEqual([]);
});

test('a policy changed today does not move a case opened yesterday', async () => {
  const repair = await aRepair(company);
  await company.rows(
    `INSERT INTO policies (version, content) SELECT 'test-2', jsonb_set(content, '{guidance,checkAfterHours}', '5') FROM policies WHERE version = 'test-1'`,
  );
  try {
    const { endedAt, due } = await repair.guided();
    expect([due - endedAt, (await repair.look()).terms?.policyVersion]).toEqual([2 * hour, 'test-1']);
    const next = await aRepair(company);
    const guidance = await next.guided();
    expect([guidance.due - guidance.endedAt, (await next.look()).terms?.policyVersion]).toEqual([5 * hour, 'test-2']);
  } finally {
    await company.rows(`DELETE FROM policies WHERE version = 'test-2'`);
  }
});

/** A busy machine adds a workflow task here and there, when a step is slow to be written: the leanest of a few counts. */
test('a guidance case stays at 40 events', async () => {
  const counts: number[] = [];
  while (counts.length < 3 && !counts.some((count) => count <= 40)) {
    const { repair } = await asked();
    await repair.replies('1');
    await repair.handle.result();
    const { events } = await repair.handle.fetchHistory();
    const names = (events ?? []).map(({ eventType }) => temporal.api.enums.v1.EventType[eventType ?? 0] ?? '');
    counts.push(names.filter((name) => !/OPTIONS_UPDATED|TIME_SKIPPING/.test(name)).length);
  }
  expect(Math.min(...counts)).toBeLessThanOrEqual(40);
});
