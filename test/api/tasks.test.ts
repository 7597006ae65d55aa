import { randomUUID } from 'node:crypto';
import { openCompany, type Company } from '../support/company';
import { aRepair, type Repair } from '../support/repair';
import { openDoor } from './a-door';

let company: Company;
beforeAll(async () => {
  company = await openCompany();
  await company.rows(
    `INSERT INTO staff (id, role, also) VALUES ('dispatcher-1', 'dispatcher', '{}'), ('clerk-1', 'clerk', '{}'), ('engineer-1', 'engineer', '{}'),
       ('headquarters-1', 'headquarters', '{}'), ('both-1', 'clerk', '{desk}') ON CONFLICT DO NOTHING`,
  );
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
  const result = 'customer-satisfied';
  const silent = await act(id, 'complete', { result });
  expect([codeOf(silent), silent.body.rule]).toEqual(['409 satisfied-by-whom', 'H-79']);
  expect((await act(id, 'hand-over', { to: 'engineer-1' })).status).toBe(200);
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

test('a task is done by its role, its deputies, those above, and by whom it was handed over to; by nobody else (S-03)', async () => {
  const repair = await asked();
  const { id } = await taskOf(repair);
  for (const by of ['clerk-1', 'engineer-1']) {
    for (const [action, body] of Object.entries({
      claim: {},
      snooze: { until: new Date(Date.now() + 3 * 3_600_000).toISOString() },
      'hand-over': { to: by },
      complete: { result: 'works' },
    })) {
      const refused = await act(id, action, { by, ...body });
      expect([action, codeOf(refused), refused.body.rule]).toEqual([action, '409 not-your-role', 'S-03']);
    }
  }
  expect((await act(id, 'claim', { by: 'dispatcher-1' })).body.holder).toBe('dispatcher-1');
  expect((await act(id, 'hand-over', { by: 'manager-1', to: 'clerk-1' })).body.holder).toBe('clerk-1');
  expect((await act(id, 'claim', { by: 'clerk-1' })).status).toBe(200);
  expect((await act(id, 'hand-over', { by: 'headquarters-1', to: 'both-1' })).status).toBe(200);
  expect((await act(id, 'hand-over', { by: 'both-1', to: 'desk' })).body).toMatchObject({ role: 'desk', holder: null });
  expect((await act(id, 'claim', { by: 'both-1' })).status).toBe(200); // a clerk who is of the desk as well
});

test('what has climbed can be done by those above, and still by those who had it', async () => {
  const repair = await asked();
  const { id } = await taskOf(repair);
  await repair.forward({ minutes: 95 });
  expect((await taskOf(repair)).role).toBe('service-manager');
  expect((await act(id, 'claim', { by: 'desk-1' })).status).toBe(200);
  expect(codeOf(await act(id, 'claim', { by: 'clerk-1' }))).toBe('409 not-your-role');
});

test('whoever asks for the tasks of a role sees those of the roles that it stands in for, and no others', async () => {
  const repair = await asked();
  for (const role of ['desk', 'dispatcher']) expect(await taskOf(repair, `&role=${role}`)).toBeDefined();
  for (const role of ['service-manager', 'clerk']) expect(await taskOf(repair, `&role=${role}`)).toBeUndefined();
  expect(await taskOf(repair, '&kind=guidance-call')).toBeDefined();
  expect(await taskOf(repair, '&kind=read-reply')).toBeUndefined();
});

test.each(['role=manager', 'kind=phone-call', 'store=atlantis', 'due=soon', 'overdue=maybe', 'holder=desk-1'])(
  'a list asked for with %s is refused with the name of the word, not answered empty',
  async (filter) => {
    const { status, body } = await get(`/v1/tasks?${filter}`);
    expect([status, body.errors[0].parameter]).toEqual([422, filter.split('=')[0]]);
  },
);

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
  expect((await act(id, 'hand-over', { to: 'clerk' })).body).toMatchObject({ role: 'clerk', holder: null });
  expect(codeOf(await act(id, 'claim'))).toBe('409 not-your-role');
  expect((await act(id, 'hand-over', { by: 'clerk-1', to: 'desk' })).body).toMatchObject({
    role: 'desk',
    holder: null,
  });
  const until = new Date(Date.now() + 3_600_000).toISOString();
  const dueAt = new Date(Date.parse(until) + 30 * 60_000).toISOString();
  expect((await act(id, 'snooze', { until })).body).toMatchObject({ dueAt, notBefore: until, holder: null });
  expect(codeOf(await act(id, 'snooze', { until: '2026-01-01T00:00:00Z' }))).toBe('409 until-out-of-range');
  expect(codeOf(await act(id, 'complete', { result: 'shrug' }))).toBe('409 unknown-result');
  expect((await act(id, 'complete', { result: 'contacted' })).body).toMatchObject({ result: 'contacted', actions: [] });
  expect(codeOf(await act(id, 'complete', { result: 'contacted' }))).toBe('409 unknown-task');
  const happened = (await events()).filter(({ facts }) => facts.task === id);
  expect(happened.map(({ note, by }) => `${note} by ${by}`)).toEqual([
    'task-claimed by desk-1',
    'task-handed-over by desk-1',
    'task-handed-over by desk-1',
    'task-handed-over by clerk-1',
    'task-snoozed by desk-1',
    'task-completed by desk-1',
  ]);
});

/** The whole feed, page by page: each row once. */
async function events() {
  const all: { id: string; note: string; by: string | null; facts: { task?: string } }[] = [];
  for (let after = ''; ;) {
    const { body } = await get(`/v1/events?limit=20${after && `&after=${encodeURIComponent(after)}`}`);
    if (body.items.length === 0) return all;
    all.push(...body.items);
    after = body.nextCursor;
  }
}

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
