import { randomBytes } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { openWorld, until, type World } from '../activities/message-world';
import { noticeChangedRuns } from '../../worker/changed-runs';

let world: World;
let connection: Connection;
let client: Client;
beforeAll(async () => {
  world = await openWorld();
  connection = await Connection.connect({ address: process.env.TEMPORAL_ADDRESS ?? '' });
  client = new Client({ connection, namespace: process.env.TEMPORAL_NAMESPACE ?? '' });
});
afterAll(async () => {
  await connection.close();
  await world.close();
});

const noticed = async (caseNumber: string) =>
  (
    await world.rows<{ runId: string }>(
      `SELECT payload->>'runId' AS "runId" FROM outbox WHERE case_number = $1 AND kind = 'run-changed'`,
      caseNumber,
    )
  ).map(({ runId }) => runId);

/** A case that runs in Temporal, on a queue where nobody works. */
async function aRunningCase() {
  const begun = new Date(Date.now() - 60_000);
  const { caseNumber } = await world.aCase();
  const queue = `nobody-${randomBytes(4).toString('hex')}`;
  const handle = await client.workflow.start('repairCase', { taskQueue: queue, workflowId: caseNumber });
  await until(async () => (await client.workflow.count(`WorkflowId = "${caseNumber}"`)).count === 1);
  return { caseNumber, runId: handle.firstExecutionRunId, begun, end: () => handle.terminate() };
}

test('a case that runs again is told once, and not at all by the run that the ledger knows', async () => {
  const { caseNumber, runId, begun, end } = await aRunningCase();
  await noticeChangedRuns(world.database, client, begun);
  await noticeChangedRuns(world.database, client);
  expect(await noticed(caseNumber)).toEqual([runId]);
  await end();
});

test('a run that the ledger knows, or knew, is not told', async () => {
  const { caseNumber, runId, begun, end } = await aRunningCase();
  await world.rows('UPDATE cases SET run_id = $2 WHERE case_number = $1', caseNumber, runId);
  await noticeChangedRuns(world.database, client, begun);
  await world.rows(
    `UPDATE cases SET run_id = 'newer', past_runs = ARRAY[$2] WHERE case_number = $1`,
    caseNumber,
    runId,
  );
  await noticeChangedRuns(world.database, client, begun);
  expect(await noticed(caseNumber)).toEqual([]);
  await end();
});

test('a case whose first step is still to come claims the ledger by itself', async () => {
  const { caseNumber, begun, end } = await aRunningCase();
  await world.rows(`UPDATE cases SET run_id = '' WHERE case_number = $1`, caseNumber);
  await noticeChangedRuns(world.database, client, begun);
  expect(await noticed(caseNumber)).toEqual([]);
  await end();
});
