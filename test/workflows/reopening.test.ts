import { randomUUID } from 'node:crypto';
import { openCompany, type Company } from '../support/company';
import { aRepair, eventually, type Repair } from '../support/repair';

let company: Company;
beforeAll(async () => {
  company = await openCompany();
}, 60_000);
afterAll(() => company.close());

/** A case that ended satisfied. */
async function closedCase(): Promise<Repair> {
  const repair = await aRepair(company);
  await repair.guided();
  await repair.does('record-contact', { about: 'works', what: '来电说好了' });
  expect((await repair.look()).ending).toBe('satisfied');
  return repair;
}

const reopened = (repair: Repair) => repair.does('reopen-case', { reason: '又不制冷了' });
const runsOf = async (repair: Repair) => {
  const runs: string[] = [];
  for await (const { runId } of company.client.workflow.list({ query: `WorkflowId = "${repair.caseNumber}"` }))
    runs.push(runId);
  return runs;
};

test('a closed case goes on under its number: two runs in the Temporal UI, one ledger', async () => {
  const repair = await closedCase();
  const seen = await reopened(repair);
  expect(seen).toMatchObject({ status: 'choosing', ending: null, opening: 2 });
  await eventually(async () => (await repair.task('agree-next-step')) !== undefined);
  await eventually(async () => (await runsOf(repair)).length === 2);
  expect(await repair.notes()).toEqual(['opened', 'guided-by-phone', 'customer-contacted-us', 'closed', 'reopened']);
  await repair.guided();
  await repair.does('record-contact', { about: 'works', what: '好了' });
  expect((await repair.look()).ending).toBe('satisfied');
  const openings = await company.rows<{ opening: number; ends: string }>(
    `SELECT opening, count(*)::int AS ends FROM timeline WHERE case_number = $1 AND note = 'closed' AND NOT superseded
     GROUP BY opening ORDER BY opening`,
    repair.caseNumber,
  );
  expect(openings).toEqual([
    { opening: 1, ends: 1 },
    { opening: 2, ends: 1 },
  ]);
});

test('it is opened again after 29 days, and no longer after 31', async () => {
  const early = await closedCase();
  await early.forward({ days: 29 });
  expect((await early.look()).actionsNow.map(({ name }) => name)).toEqual(['reopen-case']);
  expect((await reopened(early)).status).toBe('choosing');

  const late = await closedCase();
  await late.forward({ days: 31 });
  expect((await late.look()).actionsNow).toEqual([]);
  const { status, body } = await late.tried('reopen-case', { reason: '又坏了' });
  expect([status, (body as { code: string }).code]).toEqual([409, 'reopening-too-late']);
});

test('a case that is open is not opened again, and of two who try at once one does', async () => {
  const repair = await closedCase();
  const tries = await Promise.all([1, 2].map(() => repair.tried('reopen-case', { reason: '又不制冷了' })));
  expect(tries.map(({ status }) => status).sort()).toEqual([200, 409]);
  const { status, body } = await repair.tried('reopen-case', { reason: '又不制冷了' });
  expect([status, (body as { code: string }).code]).toEqual([409, 'case-open']);
  expect((await repair.look()) as object).toMatchObject({ opening: 2 });
});

test('the same request twice opens it once', async () => {
  const repair = await closedCase();
  const key = randomUUID();
  const ask = () =>
    company.ask(
      'POST',
      `/v1/cases/${repair.caseNumber}/actions/reopen-case`,
      { by: 'desk-1', reason: '又不制冷了' },
      { 'idempotency-key': key },
    );
  expect([(await ask()).status, (await ask()).status]).toEqual([200, 200]);
  expect((await repair.look()) as object).toMatchObject({ opening: 2 });
});

test('it is reopened while Temporal is slow to end the run before: the new run starts all the same', async () => {
  const repair = await aRepair(company);
  await repair.guided();
  const contact = repair.does('record-contact', { about: 'works', what: '好了' });
  await eventually(async () => (await repair.look()).ending === 'satisfied');
  await reopened(repair);
  await contact;
  await eventually(async () => (await repair.task('agree-next-step')) !== undefined);
  expect((await repair.look()) as object).toMatchObject({ opening: 2, ending: null });
});
