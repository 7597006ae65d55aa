import { randomUUID } from 'node:crypto';
import { expectAgreement } from '../support/agreement';
import { openCompany, type Company } from '../support/company';
import { asked } from '../support/conversation';
import { killableWorker } from '../support/killable-worker';
import { aRepair, eventually, type Repair } from '../support/repair';
import { hears, reset, sends } from '../support/reset';
import { behind, doorToPostgres } from '../support/tcp-door';

let company: Company;
beforeAll(async () => {
  company = await openCompany();
}, 60_000);
afterAll(() => company.close());

const second = 1000;
const runOf = async ({ caseNumber }: Repair) =>
  (await company.rows<{ runId: string }>('SELECT run_id AS "runId" FROM cases WHERE case_number = $1', caseNumber))[0]
    ?.runId;
const entriesOf = ({ caseNumber }: Repair, kind: string) =>
  company.rows<{ id: string; step: number | null }>(
    'SELECT id, step FROM entries WHERE case_number = $1 AND kind = $2',
    caseNumber,
    kind,
  );

describe('a worker is killed', () => {
  test('in the middle of a wait: another takes over, and asks once, within 15 s of the time', async () => {
    const worker = await killableWorker(company);
    const repair = await aRepair(company);
    const { due } = await repair.guided();
    await worker.kill();
    await company.startWorker();
    await repair.forward({ until: new Date(due + 2 * second).toISOString() });
    expect(await repair.texts()).toHaveLength(1);
    expect((await repair.sentAt())[0]! - due).toBeLessThan(15 * second);
    expect((await repair.outcomes())[0]).toBe('guidance-check kept');
    await expectAgreement(company, repair);
  });

  test('between the step it wrote and the task it reports, while the customer answers and the desk acts: ledger and story agree', async () => {
    const door = await doorToPostgres();
    const worker = await killableWorker(company, behind(door, company.directUrl));
    const repairs = await Promise.all([aRepair(company), aRepair(company)]);
    const [answering, acting] = repairs as [Repair, Repair];
    const key = { 'idempotency-key': randomUUID() };
    const chase = () =>
      company.ask(
        'POST',
        `/v1/cases/${acting.caseNumber}/actions/record-contact`,
        { by: 'desk-1', about: 'does-not-work', what: '还是不冷' },
        key,
      );
    try {
      const due = await Promise.all(repairs.map((repair) => repair.guided()));
      door.keepAnswersTo('step_with_slot');
      for (const [i, repair] of repairs.entries())
        void repair.forward({ until: new Date(due[i]!.due + 2 * second).toISOString() }).catch(() => undefined);
      await Promise.all(
        repairs.map((repair) => eventually(async () => (await repair.notes()).includes('told'), 30_000)),
      );
    } finally {
      await worker.kill();
      await door.close();
    }
    const lost = (await answering.promises()).map(({ kind, outcome }) => `${kind} ${outcome}`);
    expect(lost).toEqual(['guidance-check kept', 'guidance-call null']);
    await answering.reply('1');
    expect((await chase()).status).toBe(503);
    await company.startWorker();

    await eventually(async () => (await answering.look()).ending === 'satisfied', 30_000);
    expect((await chase()).status).toBe(200);
    expect(await entriesOf(acting, 'recordContact')).toHaveLength(1);
    expect((await acting.notes()).filter((note) => note === 'customer-contacted-us')).toHaveLength(1);
    for (const repair of repairs) {
      expect(await repair.texts()).toHaveLength(1);
      await expectAgreement(company, repair);
    }
  });
});

describe('a reset', () => {
  /** Asked two hours after the guidance: the text is another workflow task than the guidance. */
  async function askedInTime(): Promise<Repair> {
    const repair = await aRepair(company);
    const { due } = await repair.guided();
    await repair.forward({ until: new Date(due + 2 * second).toISOString() });
    return repair;
  }

  test('to before a text does not text again, and ledger and story agree', async () => {
    const repair = await askedInTime();
    const before = await runOf(repair);
    const runId = await reset(company, repair, { beforeTask: sends });
    await eventually(async () => (await runOf(repair)) === runId && (await repair.notes()).includes('told'));
    expect(runId).not.toBe(before);
    expect(await repair.texts()).toHaveLength(1);
    await expectAgreement(company, repair);
    await repair.replies('1');
    expect((await repair.look()).ending).toBe('satisfied');
    await expectAgreement(company, repair);
  });

  test('to before a request that is left out: the ledger takes it back within moments, nobody has to do anything', async () => {
    const repair = await aRepair(company);
    await repair.guided();
    const runId = await reset(company, repair, { beforeTask: hears('recordGuidance'), leaveOutRequests: true });
    await eventually(async () => (await runOf(repair)) === runId);
    expect((await repair.look()).status).toBe('choosing');
    expect(await repair.promises()).toEqual([]);
    expect((await entriesOf(repair, 'recordGuidance')).map(({ step }) => step)).toEqual([null]);
    await expectAgreement(company, repair);
  });

  test('of a closed case with what the customer said since: it closes again, and nothing is said again', async () => {
    const repair = await askedInTime();
    await repair.replies('1');
    const runId = await reset(company, repair, { beforeTask: sends });
    await eventually(async () => (await runOf(repair)) === runId && (await repair.look()).ending === 'satisfied');
    expect(await repair.texts()).toHaveLength(1);
    await expectAgreement(company, repair);
  });

  test('to before the task that a request names: the request is refused there, and the case is open again', async () => {
    const repair = await askedInTime();
    await repair.called('works');
    const runId = await reset(company, repair, { beforeTask: sends });
    await eventually(async () => (await runOf(repair)) === runId && (await repair.notes()).includes('told'));
    expect((await repair.look()).ending).toBeNull();
    expect((await entriesOf(repair, 'recordCall')).map(({ step }) => step)).toEqual([null]);
    expect(await repair.texts()).toHaveLength(1);
    await expectAgreement(company, repair);
  });

  test('of a closed case without what was said since: it is open again, with what was promised', async () => {
    const repair = await askedInTime();
    await repair.called('works');
    const runId = await reset(company, repair, { beforeTask: hears('recordCall'), leaveOutRequests: true });
    await eventually(async () => (await runOf(repair)) === runId && (await repair.look()).ending === null);
    const seen = await repair.look();
    expect([seen.status, seen.promises.map(({ kind }) => kind)]).toEqual(['guided', ['guidance-call']]);
    expect(await repair.task('guidance-call')).toBeDefined();
    await expectAgreement(company, repair);
    expect((await repair.called('works')).ending).toBe('satisfied');
    expect(await repair.texts()).toHaveLength(1);
    await expectAgreement(company, repair);
  });
});

describe('in the same instant', () => {
  test('two actions: what is answered with yes stands in the ledger, what is refused does not', async () => {
    const pairs = await Promise.all(Array.from({ length: 3 }, () => aRepair(company)));
    for (const repair of pairs) {
      const { now: endedAt } = await repair.look();
      const answers = await Promise.all([
        repair.tried('record-guidance', { endedAt, what: '清洗滤网' }),
        repair.tried('cancel-case', { reason: '客户自行处理' }),
      ]);
      const [guidance, cancel] = answers.map(({ status }) => status);
      expect([200, 409]).toContain(guidance);
      expect(cancel).toBe(200);
      expect(await entriesOf(repair, 'cancelCase')).toEqual([expect.objectContaining({ step: expect.any(Number) })]);
      const guided = await entriesOf(repair, 'recordGuidance');
      expect(guided.some(({ step }) => step !== null)).toBe(guidance === 200);
      expect((await repair.notes()).includes('guided-by-phone')).toBe(guidance === 200);
      await expectAgreement(company, repair);
    }
  });

  test('the same action twice with one key is done once, and answered the same', async () => {
    const repair = await aRepair(company);
    const headers = { 'idempotency-key': randomUUID() };
    const once = () =>
      company.ask(
        'POST',
        `/v1/cases/${repair.caseNumber}/actions/record-contact`,
        { by: 'desk-1', about: 'chases', what: '什么时候来' },
        headers,
      );
    const statuses = (await Promise.all([once(), once(), once()])).map(({ status }) => status);
    expect(statuses).toContain(200);
    expect(statuses.every((status) => status === 200 || status === 409)).toBe(true);
    expect((await once()).status).toBe(200);
    expect((await repair.notes()).filter((note) => note === 'customer-contacted-us')).toHaveLength(1);
    await expectAgreement(company, repair);
  });

  /** By the story, or by the desk, if the case was closed before. */
  const isHeard = async ({ caseNumber }: Repair, sid: string) =>
    (
      await company.rows(
        `SELECT FROM timeline WHERE case_number = $1 AND facts->>'replyId' = $2 AND NOT superseded
         UNION ALL SELECT FROM desk_tasks WHERE inbound_sid = $2`,
        caseNumber,
        sid,
      )
    ).length === 1;

  test("the customer's yes and the desk's call that closes the case: neither is lost, and the desk gets its answer", async () => {
    const offsets = [0, 10, 20, 30, 45, 60];
    const repairs = await Promise.all(offsets.map(() => asked(company)));
    for (const [i, repair] of repairs.entries()) {
      const task = await repair.task('guidance-call');
      const call = new Promise((resolve) => setTimeout(resolve, offsets[i])).then(() =>
        repair.tried('record-call', { taskId: task?.task, outcome: 'works' }),
      );
      const { sid } = (await repair.reply('1')).body as unknown as { sid: string };
      const { status } = await call;
      expect([200, 409]).toContain(status);
      expect((await repair.notes()).includes('called')).toBe(status === 200);
      await eventually(() => isHeard(repair, sid));
      expect((await repair.look()).ending).toBe('satisfied');
      await expectAgreement(company, repair);
    }
  });
});
