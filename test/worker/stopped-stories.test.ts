import { randomBytes } from 'node:crypto';
import { openCompany, type Company } from '../support/company';
import { aRepair, eventually, type Repair } from '../support/repair';
import { noticeStoppedStories } from '../../worker/stopped-stories';
import { pino } from 'pino';

let company: Company;
beforeAll(async () => void (company = await openCompany()), 60_000);
afterAll(() => company.close());

const log = pino({ level: 'silent' });
const look = () => noticeStoppedStories({ database: company.ledger, client: company.client, log });

/** What the service manager is asked about a case. */
async function tasksAbout({ caseNumber }: Repair) {
  const { body } = await company.ask('GET', '/v1/tasks?role=service-manager&limit=100');
  const { items } = body as { items: { id: string; kind: string; caseNumber: string; because: string[] }[] };
  return items.filter((task) => task.caseNumber === caseNumber && task.kind === 'story-stopped');
}

const stopsRunning = async (repair: Repair, stop: () => Promise<unknown>) => {
  await stop();
  const running = `WorkflowId = "${repair.caseNumber}" AND ExecutionStatus = "Running"`;
  await eventually(async () => (await company.client.workflow.count(running)).count === 0);
};

test('an open case whose workflow was terminated is a task of the service manager, once, and shows in readyz and metrics', async () => {
  const [repair, other] = [await aRepair(company), await aRepair(company)];
  await stopsRunning(repair, () => repair.handle.terminate('by mistake'));
  await Promise.all([look(), look()]);
  expect(await tasksAbout(repair)).toMatchObject([
    { because: expect.arrayContaining([expect.stringContaining('does not run')]) },
  ]);
  expect(await tasksAbout(other)).toEqual([]);
  const ready = (await company.ask('GET', '/readyz')).body as { status: string; stoppedStories: number };
  expect(ready).toMatchObject({ status: 'ok', stoppedStories: 1 });
  const metrics = await fetch(`${company.url}/metrics`, { headers: { authorization: `Bearer ${company.apiKey}` } });
  expect(await metrics.text()).toContain('aftercare_stopped_stories 1');
});

test('a terminated case that is reset goes on with what was promised, and the task ends by itself', async () => {
  const repair = await aRepair(company);
  await repair.guided();
  const owed = async () => (await repair.promises()).map(({ kind, dueAt, outcome }) => ({ kind, dueAt, outcome }));
  const owedBefore = await owed();
  const { runId } = await repair.handle.describe();
  await stopsRunning(repair, () => repair.handle.terminate('by mistake'));
  await look();
  const [task] = await tasksAbout(repair);
  expect(task).toBeDefined();

  const events = (await repair.handle.fetchHistory()).events ?? [];
  const last = events.findLast(({ workflowTaskCompletedEventAttributes: completed }) => completed)?.eventId;
  await company.client.workflowService.resetWorkflowExecution({
    namespace: company.namespace,
    workflowExecution: { workflowId: repair.caseNumber, runId },
    reason: 'terminated by mistake',
    workflowTaskFinishEventId: last!,
    requestId: randomBytes(8).toString('hex'),
  });
  await eventually(async () => {
    await look();
    return (await tasksAbout(repair)).length === 0;
  });
  expect(await owed()).toEqual(owedBefore);
  expect((await repair.does('record-contact', { about: 'works', what: '好了' })).ending).toBe('satisfied');
});

test('a case whose workflow was deleted is noticed too, though no list shows it, and can begin again; one that has ended is not', async () => {
  const [deleted, ended] = [await aRepair(company), await aRepair(company)];
  await ended.does('cancel-case', { reason: '买了新的' });
  await stopsRunning(deleted, () =>
    company.client.workflowService.deleteWorkflowExecution({
      namespace: company.namespace,
      workflowExecution: { workflowId: deleted.caseNumber },
    }),
  );
  await eventually(() =>
    deleted.handle.describe().then(
      () => false,
      () => true,
    ),
  );
  await look();
  expect(await tasksAbout(deleted)).toHaveLength(1);
  expect(await tasksAbout(ended)).toEqual([]);

  await company.rows(
    `INSERT INTO outbox (case_number, kind, payload)
     SELECT case_number, kind, payload FROM outbox WHERE case_number = $1 AND kind = 'start' ORDER BY id DESC LIMIT 1`,
    deleted.caseNumber,
  );
  await eventually(async () => {
    await look();
    return (await tasksAbout(deleted)).length === 0;
  });
  await deleted.guided();
  expect(await deleted.outcomes()).toEqual(['guidance-check null']);
});

test('a case whose start still waits in the outbox is nobody’s mistake', async () => {
  const repair = await aRepair(company);
  await company.rows(
    `UPDATE outbox SET done_at = NULL, next_try_at = now() + interval '1 hour' WHERE case_number = $1 AND kind = 'start'`,
    repair.caseNumber,
  );
  await stopsRunning(repair, () => repair.handle.terminate('as if it had not started'));
  await look();
  expect(await tasksAbout(repair)).toEqual([]);
});

test('where Temporal does not answer, nobody is alarmed', async () => {
  const list = () => {
    throw new Error('away');
  };
  const client = { workflow: { list } } as never;
  await expect(noticeStoppedStories({ database: company.ledger, client, log })).rejects.toThrow('away');
});
