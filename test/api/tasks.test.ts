import { randomUUID } from 'node:crypto';
import { openCompany, type Company } from '../support/company';
import { aRepair, type Repair } from '../support/repair';
import { openDoor } from './a-door';

let company: Company;
beforeAll(async () => {
  company = await openCompany();
});
afterAll(() => company.close());

interface Told {
  status: number;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  body: any;
}
const get = async (path: string) => (await company.ask('GET', path)) as Told;
const act = async (id: string, action: string, body: object = {}) =>
  (await company.ask('POST', `/v1/tasks/${id}/actions/${action}`, { by: 'desk-1', ...body })) as Told;
const codeOf = ({ status, body }: Told) => `${status} ${body.code}`;

const taskOf = async ({ caseNumber }: Repair, filter = '') =>
  (await get(`/v1/tasks?limit=100${filter}`)).body.items.find(
    (task: { caseNumber: string }) => task.caseNumber === caseNumber,
  );

/** A customer who was asked two hours after guidance, and owes us an answer. */
async function asked(): Promise<Repair> {
  const repair = await aRepair(company);
  const { due } = await repair.guided();
  await repair.forward({ until: new Date(due + 5000).toISOString() });
  return repair;
}

test('the desk sees what is to be done, by when and why, and how it is done', async () => {
  const repair = await asked();
  const task = await taskOf(repair);
  expect(task).toMatchObject({
    kind: 'guidance-call',
    role: 'desk',
    store: 'hz-01',
    completesWith: 'record-call',
    overdue: false,
  });
  expect(task.because).not.toEqual([]);
  expect(task.id).toMatch(new RegExp(`^${repair.caseNumber}~guidance-call~\\d+$`));
  expect(task.actions.map(({ name }: { name: string }) => name)).toEqual([
    'claim',
    'snooze',
    'hand-over',
    'record-call',
  ]);
});

test('a call appears as due when it may be made, and as overdue when it should have been, by the time of its case', async () => {
  const repair = await asked();
  expect(await taskOf(repair, '&due=true')).toBeUndefined();
  expect(await taskOf(repair, '&due=false')).toBeDefined();
  await repair.forward({ minutes: 31 });
  expect(await taskOf(repair, '&due=true&overdue=false')).toBeDefined();
  await repair.forward({ minutes: 30 });
  expect(await taskOf(repair, '&overdue=true')).toMatchObject({ overdue: true, reminded: true });
  expect(await taskOf(repair, '&role=centre-head')).toBeUndefined();
  expect(await taskOf(repair, '&store=sh-01')).toBeUndefined();
});

test('two people never work on one task', async () => {
  const { id } = await taskOf(await asked());
  const claimed = await act(id, 'claim');
  expect(claimed).toMatchObject({ status: 200, body: { id, holder: 'desk-1' } });
  expect(Date.parse(claimed.body.claimedUntil) - Date.now()).toBeGreaterThan(14 * 60_000);
  expect(codeOf(await act(id, 'claim', { by: 'desk-2' }))).toBe('409 claimed-by-other');
  expect((await act(id, 'hand-over', { to: 'desk-2' })).body.holder).toBe('desk-2');
  expect((await act(id, 'hand-over', { to: 'nobody' })).body.errors[0].pointer).toBe('/to');
});

test('a call task is completed by recording the call, never by a tick', async () => {
  const repair = await asked();
  const task = await taskOf(repair);
  expect(codeOf(await act(task.id, 'complete', { result: 'works' }))).toBe('409 completes-with');
  await repair.does('record-call', { taskId: task.taskId, outcome: 'does-not-work' });
  const next = await taskOf(repair);
  expect(next).toMatchObject({ kind: 'agree-next-step', results: ['customer-satisfied'] });
  expect(codeOf(await act(next.id, 'complete', { result: 'shrug' }))).toBe('409 unknown-result');
  expect((await act(next.id, 'complete', { result: 'customer-satisfied', what: 'she found the switch' })).status).toBe(
    200,
  );
  expect((await repair.look()).ending).toBe('satisfied');
});

test('that a customer is satisfied is said in words, and never by an engineer about his own job (H-79)', async () => {
  const repair = await asked();
  const call = await taskOf(repair);
  await repair.does('record-call', { taskId: call.taskId, outcome: 'does-not-work' });
  const { id } = await taskOf(repair);
  await company.rows(`INSERT INTO staff (id, role) VALUES ('engineer-1', 'engineer') ON CONFLICT DO NOTHING`);
  const result = 'customer-satisfied';
  const silent = await act(id, 'complete', { result });
  expect([codeOf(silent), silent.body.rule]).toEqual(['409 satisfied-by-whom', 'H-79']);
  const byEngineer = await act(id, 'complete', { by: 'engineer-1', result, what: 'it works again' });
  expect([codeOf(byEngineer), byEngineer.body.rule]).toEqual(['409 satisfied-by-whom', 'H-79']);
  expect((await repair.look()).ending).toBeNull();
  expect((await act(id, 'complete', { result, what: 'signed by the customer' })).status).toBe(200);
  expect((await repair.look()).ending).toBe('satisfied');
});

test('a task is not put off beyond what the customer was promised', async () => {
  const repair = await asked();
  const { id, dueAt } = await taskOf(repair);
  const later = new Date(Date.parse(dueAt) + 60_000).toISOString();
  expect(codeOf(await act(id, 'snooze', { until: later }))).toBe('409 promised-earlier');
});

test('a task that is none is not found', async () => {
  for (const id of ['AC-0000-0000~guidance-call~1', 'desk~999999999', 'nonsense'])
    expect((await act(id, 'claim')).status).toBe(404);
});

test('a reply that belongs to no open case is a task of the desk: claimed, put off, handed over, done', async () => {
  const { rows } = await company.ledger.pool.query<{ id: string }>(
    `INSERT INTO desk_tasks (kind, inbound_sid, due_at) VALUES ('read-reply', $1, now() + interval '30 minutes') RETURNING id`,
    [randomUUID()],
  );
  const id = `desk~${rows[0]!.id}`;
  const task = (await get('/v1/tasks?limit=100')).body.items.find((one: { id: string }) => one.id === id);
  expect(task).toMatchObject({
    kind: 'read-reply',
    caseNumber: null,
    role: 'desk',
    results: ['contacted', 'nothing-to-do'],
  });
  expect((await act(id, 'claim')).body.holder).toBe('desk-1');
  expect(codeOf(await act(id, 'claim', { by: 'desk-2' }))).toBe('409 claimed-by-other');
  expect((await act(id, 'hand-over', { to: 'desk-2' })).body.holder).toBe('desk-2');
  const until = new Date(Date.now() + 3_600_000).toISOString();
  expect((await act(id, 'snooze', { until })).body).toMatchObject({ dueAt: until, notBefore: until });
  expect(codeOf(await act(id, 'snooze', { until: '2026-01-01T00:00:00Z' }))).toBe('409 until-out-of-range');
  expect(codeOf(await act(id, 'complete', { result: 'shrug' }))).toBe('409 unknown-result');
  expect((await act(id, 'complete', { result: 'contacted' })).body).toMatchObject({ result: 'contacted', actions: [] });
  expect(codeOf(await act(id, 'complete', { result: 'contacted' }))).toBe('409 unknown-task');
});

test('fast-forward arrives where it was sent, one at a time, and only forward', async () => {
  const repair = await aRepair(company);
  const { now } = await repair.look();
  const until = new Date(Date.parse(now) + 90 * 60_000).toISOString();
  const path = `/v1/local/cases/${repair.caseNumber}/fast-forward`;
  const answers = (await Promise.all([1, 2].map(() => company.ask('POST', path, { until })))) as Told[];
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  const arrived = answers.find(({ status }) => status === 200)!;
  expect(Date.parse(arrived.body.now) - Date.parse(until)).toBeGreaterThanOrEqual(0);
  expect(Date.parse(arrived.body.now) - Date.parse(until)).toBeLessThan(5000);
  for (const asked of [{ until }, {}, { hours: 1, days: 1 }, { minutes: -1 }, { days: 401 }])
    expect((await company.ask('POST', path, asked)).status).toBe(422);
});

test('where the world is real, time is not moved: there is no such address', async () => {
  const door = await openDoor();
  try {
    const { status, body } = await door.post('/v1/local/cases/AC-0000-0000/fast-forward', { hours: 1 });
    expect({ status, code: body.code }).toEqual({ status: 404, code: 'not-found' });
    expect(JSON.stringify((await door.get('/openapi.json')).body)).not.toContain('fast-forward');
  } finally {
    await door.close();
  }
});
