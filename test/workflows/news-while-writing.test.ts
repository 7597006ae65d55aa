import { NativeConnection, Worker, type InjectedSinks, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { temporal } from '@temporalio/proto';
import { createActivities } from '../../activities';
import { openDatabase } from '../../prisma/database';
import type { CommandSinks, Issued } from '../replay/collect-commands';
import { bundleWithEar, replayed, withoutFence } from '../replay/compare';
import { expectAgreement } from '../support/agreement';
import { openCompany, type Company } from '../support/company';
import { asked, noted } from '../support/conversation';
import { eventually, type Repair } from '../support/repair';
import { behind, doorToPostgres, doorToTemporal, type TcpDoor } from '../support/tcp-door';
import { aVisit, at } from '../support/visit';

let company: Company;
let toTemporal: TcpDoor;
let toPostgres: TcpDoor;
let closeWorker: () => Promise<void>;
let ear: WorkflowBundleWithSourceMap;
/** What the stories asked for when they were lived, by case. */
const lived: Record<string, Issued[]> = {};

/** The company's only worker, with a door before each of its servers. */
beforeAll(async () => {
  company = await openCompany();
  await company.stopWorkers();
  toTemporal = await doorToTemporal();
  toPostgres = await doorToPostgres();
  const database = openDatabase(behind(toPostgres, company.directUrl));
  const connection = await NativeConnection.connect({ address: `127.0.0.1:${toTemporal.port}` });
  const { namespace, taskQueue, sms, email, url: publicUrl } = company;
  const activities = createActivities({ database, sms, email, publicUrl });
  ear = await bundleWithEar();
  const sinks: InjectedSinks<CommandSinks> = {
    commands: {
      issued: { fn: ({ workflowId }, command) => void (lived[workflowId] ??= []).push(withoutFence(command)) },
    },
  };
  const worker = await Worker.create({ connection, namespace, taskQueue, activities, workflowBundle: ear, sinks });
  const running = worker.run();
  closeWorker = async () => {
    worker.shutdown();
    await running;
    await Promise.all([connection.close(), database.close()]);
    await Promise.all([toTemporal.close(), toPostgres.close()]);
  };
}, 60_000);
afterAll(async () => {
  await closeWorker();
  await company.close();
});

const { EVENT_TYPE_WORKFLOW_TASK_STARTED: started } = temporal.api.enums.v1.EventType;
const tasksStarted = async ({ handle }: Repair) =>
  (await handle.fetchHistory()).events!.filter(({ eventType }) => eventType === started).length;

const isQuiet = ({ handle }: Repair) =>
  eventually(async () => {
    const { pendingWorkflowTask, pendingActivities } = (await handle.describe()).raw;
    return !pendingWorkflowTask && !pendingActivities?.length;
  });

/**
 * An operator looks at a case while a step is being written: Temporal then ends the workflow task early, and what `happens` comes into
 * the next, before the answer of the ledger.
 */
async function whileWriting(repair: Repair, happens: () => Promise<void>): Promise<void> {
  await isQuiet(repair);
  const before = await tasksStarted(repair);
  toPostgres.delayAnswersTo('step_with_slot', 1000);
  toTemporal.holdAnswers();
  await repair.handle.signal('runChanged');
  await eventually(async () => (await tasksStarted(repair)) === before + 1);
  const looked = repair.handle.query('viewCase');
  await repair.handle.signal('runChanged');
  const steps = toPostgres.timesDelayed();
  toTemporal.letAnswersGo();
  await eventually(() => toPostgres.timesDelayed() > steps);
  toTemporal.holdAnswers();
  await eventually(async () => (await tasksStarted(repair)) === before + 2);
  await happens();
  toTemporal.letAnswersGo();
  await looked;
}

async function anEngineerAtWork(): Promise<Repair> {
  const visited = await aVisit(company);
  await visited.forward({ until: at(visited.from) });
  await visited.does('report-arrival', { by: 'engineer-1' });
  return visited;
}

/** Until Temporal has the request; it is answered when the story has heard it. */
async function finishes(repair: Repair): Promise<void> {
  const updateId = `finish-${repair.caseNumber}`;
  const said = { outcome: 'repaired', trialRun: true, certain: true, causeStated: true };
  void repair.handle.executeUpdate<unknown, [object]>('finishVisit', {
    updateId,
    args: [{ entryId: repair.caseNumber, by: 'engineer-1', ...said }],
  });
  const { workflowService } = company.client;
  const updateRef = { workflowExecution: { workflowId: repair.caseNumber }, updateId };
  const { namespace } = company;
  const isThere = () => workflowService.pollWorkflowExecutionUpdate({ namespace, updateRef }).then(Boolean);
  await eventually(() => isThere().catch(() => false));
}

async function repliesFreely(repair: Repair): Promise<void> {
  await repair.reply('师傅什么时候来');
  const handedOver = `SELECT FROM outbox WHERE case_number = $1 AND kind = 'reply' AND done_at IS NOT NULL`;
  await eventually(async () => (await company.rows(handedOver, repair.caseNumber)).length > 0);
}

/** What is heard while a step is written counts, in a replay, from when it was written. Keys must not. */
const timeless = (issued: Issued[]) =>
  issued.map((command) =>
    JSON.stringify(command, (name, value: unknown) =>
      typeof value === 'string' && name !== 'key' ? value.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'time') : value,
    ),
  );

test.each([
  { what: 'the end of a visit', begin: anEngineerAtWork, happens: finishes, note: 'visit-finished' },
  { what: 'a free reply', begin: () => asked(company), happens: repliesFreely, note: 'reply-to-read' },
])(
  '$what that comes while a step is being written is replayed as it was lived',
  async ({ begin, happens, note }) => {
    const repair = await begin();
    await whileWriting(repair, () => happens(repair));
    await eventually(async () => (await noted(repair, note)) === 1);
    await expectAgreement(company, repair);
    await isQuiet(repair);
    const history = await repair.handle.fetchHistory();
    expect(timeless(await replayed(ear, history))).toEqual(timeless(lived[repair.caseNumber] ?? []));
  },
  60_000,
);
