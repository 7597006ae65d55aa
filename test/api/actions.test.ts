import { randomUUID } from 'node:crypto';
import { openCompany, type Company } from '../support/company';
import { aRepair, eventually } from '../support/repair';

let company: Company;
beforeAll(async () => {
  company = await openCompany();
});
afterAll(() => company.close());

interface Told {
  status: number;
  headers: Headers;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  body: any;
}

const act = async (caseNumber: string, action: string, body: object, headers?: { [name: string]: string }) =>
  (await company.ask('POST', `/v1/cases/${caseNumber}/actions/${action}`, { by: 'desk-1', ...body }, headers)) as Told;
const withKey = () => ({ 'idempotency-key': randomUUID() });
const codeOf = ({ status, body }: Told) => `${status} ${body.code}`;

test('an action is answered with the case as it is after it', async () => {
  const { caseNumber } = await aRepair(company, { address: null });
  const before = (await company.ask('GET', `/v1/cases/${caseNumber}`)) as Told;
  expect(before.body.status).toBe('needs-details');
  const after = await act(caseNumber, 'add-details', { address: '文三路 1 号' });
  expect(after.body).toMatchObject({ status: 'choosing', customer: { address: '文三路 1 号' } });
  expect(Number(after.headers.get('etag')!.slice(1, -1))).toBeGreaterThan(
    Number(before.headers.get('etag')!.slice(1, -1)),
  );
});

test('what people write never reaches the history of the engine', async () => {
  const repair = await aRepair(company);
  const secret = `word-${randomUUID()}`;
  await repair.does('record-guidance', { endedAt: (await repair.look()).now, what: secret });
  await repair.does('change-contact', { phone: '+8618600001234', name: secret });
  const { events } = await repair.handle.fetchHistory();
  const history = JSON.stringify(events, (_key, value) =>
    value instanceof Uint8Array || value?.type === 'Buffer' ? Buffer.from(value.data ?? value).toString() : value,
  );
  expect(history).toContain('recordGuidance');
  for (const personal of [secret, '18600001234', repair.phone.slice(1)]) expect(history).not.toContain(personal);
  const { body } = (await company.ask('GET', `/v1/cases/${repair.caseNumber}/timeline`)) as Told;
  expect(body.items).toContainEqual(expect.objectContaining({ note: 'guided-by-phone', words: { what: secret } }));
});

test('an action out of turn is refused by its rule, and says which', async () => {
  const repair = await aRepair(company, { address: null });
  expect(codeOf(await act(repair.caseNumber, 'record-call', { taskId: 'guidance-call/1', outcome: 'works' }))).toBe(
    '409 unknown-task',
  );
  const visit = await act(repair.caseNumber, 'choose-service-way', { faultClass: 'hardware', way: 'visit' });
  expect(visit).toMatchObject({
    status: 409,
    body: { code: 'details-missing', rule: 'H-01', type: '/problems/details-missing' },
  });
  await repair.guided();
  const again = await act(repair.caseNumber, 'record-guidance', { endedAt: (await repair.look()).now, what: 'again' });
  expect(again).toMatchObject({ status: 409, body: { code: 'already-guided', rule: 'H-05' } });
});

test('the same action twice is one action', async () => {
  const repair = await aRepair(company);
  const key = withKey();
  const said = { endedAt: (await repair.look()).now, what: 'once' };
  const first = await act(repair.caseNumber, 'record-guidance', said, key);
  const again = await act(repair.caseNumber, 'record-guidance', said, key);
  expect([first.status, again.status, again.headers.get('idempotency-replayed')]).toEqual([200, 200, 'true']);
  expect((await repair.notes()).filter((note) => note === 'guided-by-phone')).toHaveLength(1);
  expect(codeOf(await act(repair.caseNumber, 'record-guidance', { ...said, what: 'other' }, key))).toBe(
    '422 idempotency-key-reused',
  );
});

test('of two that act in one instant one is first, and the other is refused', async () => {
  const repair = await aRepair(company);
  const said = { endedAt: (await repair.look()).now, what: 'me first' };
  const answers = await Promise.all([1, 2].map(() => act(repair.caseNumber, 'record-guidance', said)));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
});

test('whoever decided on an older version is told so', async () => {
  const repair = await aRepair(company);
  const { headers } = await company.ask('GET', `/v1/cases/${repair.caseNumber}`);
  const etag = { 'if-match': headers.get('etag') ?? '' };
  expect((await act(repair.caseNumber, 'change-contact', { name: '王芳芳' }, { ...withKey(), ...etag })).status).toBe(
    200,
  );
  expect(codeOf(await act(repair.caseNumber, 'change-contact', { name: '王方' }, { ...withKey(), ...etag }))).toBe(
    '412 stale-version',
  );
});

test.each([
  ['nobody of the staff', 'cancel-case', { by: 'desk-99', reason: 'x' }, '/by'],
  ['no staff id', 'cancel-case', { by: 'Desk 1', reason: 'x' }, '/by'],
  ['an unknown field', 'cancel-case', { reason: 'x', refund: true }, '/refund'],
  ['nothing to add', 'add-details', {}, ''],
  ['a purchase in the future', 'add-details', { boughtOn: '2099-01-01' }, '/boughtOn'],
  ['a landline', 'change-contact', { phone: '+8657187654321' }, '/phone'],
  ['an unknown way', 'choose-service-way', { faultClass: 'hardware', way: 'magic' }, '/way'],
  ['a time without its zone', 'record-guidance', { endedAt: '2026-11-24T14:10:00', what: 'x' }, '/endedAt'],
  ['an outcome that is none', 'record-call', { taskId: 'guidance-call/1', outcome: 'maybe' }, '/outcome'],
])('%s is refused before the case hears of it', async (_what, action, body, pointer) => {
  const { caseNumber } = await aRepair(company);
  const told = await act(caseNumber, action, body);
  expect(told.status).toBe(422);
  expect(told.body.errors.map((error: { pointer: string }) => error.pointer)).toEqual([pointer]);
});

test('a time before the case or in the future is refused', async () => {
  const { caseNumber } = await aRepair(company);
  for (const happenedAt of ['2026-01-01T00:00:00Z', '2099-01-01T00:00:00Z'])
    expect(codeOf(await act(caseNumber, 'change-contact', { name: 'x', happenedAt }))).toBe(
      '409 happened-at-out-of-range',
    );
});

test('a wrong end of a guidance is put right by its entry, and the ledger keeps both', async () => {
  const repair = await aRepair(company);
  const { endedAt, due } = await repair.guided();
  const { body } = (await company.ask('GET', `/v1/cases/${repair.caseNumber}/timeline`)) as Told;
  const { entryId } = body.items.find(({ note }: { note: string }) => note === 'guided-by-phone');
  const corrected = new Date(endedAt - 600_000).toISOString();
  const after = await act(repair.caseNumber, 'correct-entry', { entryId, reason: 'a slip', endedAt: corrected });
  expect(Date.parse(after.body.promises[0].dueAt)).toBe(due - 600_000);
  expect(await repair.notes()).toEqual(expect.arrayContaining(['guided-by-phone', 'entry-corrected']));
});

test('a closed case says so, but what was done with a key stays done', async () => {
  const { caseNumber } = await aRepair(company);
  const key = withKey();
  const closed = await act(caseNumber, 'cancel-case', { reason: 'bought a new one' }, key);
  expect(closed.body).toMatchObject({
    status: 'closed',
    ending: 'cancelled',
    waitingFor: 'nobody',
    actionsNow: [{ name: 'reopen-case', href: `/v1/cases/${caseNumber}/actions/reopen-case` }],
    promises: [],
  });
  expect(codeOf(await act(caseNumber, 'change-contact', { name: 'x' }))).toBe('409 case-closed');
  expect((await act(caseNumber, 'cancel-case', { reason: 'bought a new one' }, key)).status).toBe(200);

  // As if the process had died between the case's answer and its own.
  await company.rows(
    "UPDATE idempotency SET done_at = NULL, started_at = now() - $2 * interval '1 second' WHERE key = $1",
    key['idempotency-key'],
    61,
  );
  const again = await act(caseNumber, 'cancel-case', { reason: 'bought a new one' }, key);
  expect(again).toMatchObject({ status: 200, body: { ending: 'cancelled' } });
});

test('when a case is closed while others act on it, everybody gets a clear answer', async () => {
  for (let round = 0; round < 5; round += 1) {
    const { caseNumber } = await aRepair(company);
    const answers = await Promise.all([
      act(caseNumber, 'change-contact', { name: '王方' }),
      act(caseNumber, 'cancel-case', { reason: 'bought a new one' }),
      act(caseNumber, 'record-contact', { about: 'other', what: 'where is it?' }),
      act(caseNumber, 'cancel-case', { reason: 'twice' }),
      act(caseNumber, 'change-contact', { name: '王芳' }),
    ]);
    for (const answer of answers) expect(['200 undefined', '409 case-closed']).toContain(codeOf(answer));
    expect((await company.ask('GET', `/v1/cases/${caseNumber}`)).body).toMatchObject({ ending: 'cancelled' });
  }
});

test('while no worker is there an action answers outcome-unknown; repeated with its key it is done once', async () => {
  const repair = await aRepair(company);
  await company.stopWorkers();
  const key = withKey();
  const said = { endedAt: (await repair.look()).now, what: 'x' };
  const started = Date.now();
  const unknown = await act(repair.caseNumber, 'record-guidance', said, key);
  expect(codeOf(unknown)).toBe('503 outcome-unknown');
  expect(unknown.headers.get('retry-after')).toBe('5');
  expect(Date.now() - started).toBeLessThan(8000);
  await company.startWorker();
  const known = await act(repair.caseNumber, 'record-guidance', said, key);
  expect(known).toMatchObject({ status: 200, body: { status: 'guided' } });
  expect((await repair.notes()).filter((note) => note === 'guided-by-phone')).toHaveLength(1);
});

test('an action on a case that was never started starts it', async () => {
  await company.stopWorkers();
  const repair = await aRepairNotStarted();
  await company.startWorker();
  const { body } = await act(repair, 'record-guidance', { endedAt: new Date().toISOString(), what: 'x' });
  expect(body.status).toBe('guided');
});

/** The engine lost it: as after a start whose outbox row was done and whose history was not kept. */
async function aRepairNotStarted(): Promise<string> {
  const opened = (await company.ask('POST', '/v1/cases', {
    kind: 'repair',
    customer: {
      name: '王芳',
      phone: '+8618600004321',
      language: 'zh-CN',
      address: 'x',
      consents: { sms: true, email: false },
    },
    product: { category: '空调', model: 'KFR-35', boughtOn: '2026-08-30' },
    fault: { description: '不制冷' },
    store: 'hz-01',
    channel: 'phone',
  })) as Told;
  const { caseNumber } = opened.body;
  const { workflowService } = company.client;
  const workflowExecution = { workflowId: caseNumber };
  await workflowService.deleteWorkflowExecution({ namespace: company.namespace, workflowExecution });
  await eventually(async () =>
    workflowService.describeWorkflowExecution({ namespace: company.namespace, execution: workflowExecution }).then(
      () => false,
      () => true,
    ),
  );
  return caseNumber;
}
