import { randomUUID } from 'node:crypto';
import type { RepairState } from '../../domain/cases/repair-facts';
import { recordContact } from '../../workflows/steering';
import { expectAgreement } from '../support/agreement';
import { openCompany, type Company } from '../support/company';
import { asked } from '../support/conversation';
import { aMobile, aRepair, eventually, type Repair } from '../support/repair';
import { behind, doorToPostgres, doorToTemporal, type TcpDoor } from '../support/tcp-door';

const second = 1000;
const pass = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('Temporal is away', () => {
  let door: TcpDoor;
  let company: Company;
  let repair: Repair;
  beforeAll(async () => {
    door = await doorToTemporal();
    company = await openCompany({ temporalAddress: `127.0.0.1:${door.port}` });
    repair = await aRepair(company);
  }, 60_000);
  beforeEach(() => door.shut());
  afterEach(() => door.open());
  afterAll(async () => {
    await company.close();
    await door.close();
  });

  test('a case is opened all the same, and starts within 5 s of its return, once', async () => {
    const opened = await company.ask('POST', '/v1/cases', {
      kind: 'repair',
      customer: { name: '王芳', phone: aMobile(), language: 'zh-CN', consents: { sms: true, email: false } },
      product: { category: '空调', model: 'KFR-35' },
      fault: { description: '不制冷' },
      store: 'hz-01',
      channel: 'phone',
    });
    expect(opened.status).toBe(201);
    const { caseNumber } = opened.body as { caseNumber: string };
    const ready = await company.ask('GET', '/readyz');
    expect(ready).toMatchObject({ status: 200, body: { status: 'degraded', temporal: 'away' } });
    expect((await company.ask('GET', `/v1/cases/${caseNumber}`)).body).toMatchObject({ terms: null });

    door.open();
    const back = Date.now();
    const begun = async () => ((await company.ask('GET', `/v1/cases/${caseNumber}`)).body as { terms: unknown }).terms;
    await eventually(async () => (await begun()) !== null);
    expect(Date.now() - back).toBeLessThan(5 * second);
    const { runId, raw } = await company.client.workflow.getHandle(caseNumber).describe();
    expect(raw.workflowExecutionInfo?.firstRunId).toBe(runId);
    await eventually(async () => (await company.client.workflow.count(`WorkflowId = "${caseNumber}"`)).count === 1);
  });

  test('an action is answered with "outcome unknown", and done once when it is repeated with its key', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    const chase = () =>
      company.ask(
        'POST',
        `/v1/cases/${repair.caseNumber}/actions/record-contact`,
        { by: 'desk-1', about: 'chases', what: '什么时候来' },
        headers,
      );
    const away = await chase();
    expect([away.status, away.body]).toEqual([503, expect.objectContaining({ code: 'outcome-unknown' })]);
    expect(Number(away.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await company.ask('GET', `/v1/cases/${repair.caseNumber}`)).status).toBe(200);

    door.open();
    await eventually(async () => (await chase()).status === 200);
    expect((await repair.notes()).filter((note) => note === 'customer-contacted-us')).toHaveLength(1);
    await expectAgreement(company, repair);
  });
});

describe('PostgreSQL is away for 20 s', () => {
  let door: TcpDoor;
  let company: Company;
  beforeAll(async () => {
    door = await doorToPostgres();
    company = await openCompany({ through: (databaseUrl) => behind(door, databaseUrl) });
  }, 60_000);
  afterAll(async () => {
    await company.close();
    await door.close();
  });

  test('updates are answered after its return and never before, nothing is lost, other cases can be looked at, and histories stay short', async () => {
    const repairs = await Promise.all([asked(company), asked(company), aRepair(company)]);
    const [closing, chasing, other] = repairs as [Repair, Repair, Repair];
    const before = await Promise.all(repairs.map(eventsOf));
    const says = (repair: Repair, about: 'works' | 'chases') =>
      repair.handle.executeUpdate(recordContact, { args: [{ entryId: randomUUID(), by: 'desk-1', about }] });

    door.shut();
    const shutAt = Date.now();
    const answered = [says(closing, 'works'), says(chasing, 'chases')].map((answer) =>
      answer.then(() => Date.now() - shutAt),
    );
    await pass(10 * second);
    answered.push(says(chasing, 'chases').then(() => Date.now() - shutAt));
    const asks = Date.now();
    expect((await other.handle.query<RepairState>('viewCase')).ending).toBeUndefined();
    expect((await chasing.handle.query<RepairState>('viewCase')).ending).toBeUndefined();
    expect(Date.now() - asks).toBeLessThan(2 * second);
    expect((await company.ask('GET', '/readyz')).status).toBe(503);
    await pass(shutAt + 20 * second - Date.now());
    door.open();

    for (const milliseconds of await Promise.all(answered)) {
      expect(milliseconds).toBeGreaterThanOrEqual(20 * second);
      expect(milliseconds).toBeLessThan(30 * second);
    }
    expect((await closing.look()).ending).toBe('satisfied');
    expect((await chasing.notes()).filter((note) => note === 'customer-contacted-us')).toHaveLength(2);
    expect((await chasing.task('customer-chases'))?.role).toBe('service-manager');
    for (const repair of repairs) await expectAgreement(company, repair);
    const more = (await Promise.all(repairs.map(eventsOf))).map((count, i) => count - before[i]!);
    expect(Math.max(...more)).toBeLessThanOrEqual(30);
  });

  const eventsOf = async ({ handle }: Repair) => (await handle.fetchHistory()).events?.length ?? 0;
});
