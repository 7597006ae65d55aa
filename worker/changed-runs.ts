import type { Client } from '@temporalio/client';
import type { Database } from '../prisma/database';

const pageSize = 500;

/**
 * Tells a case's story that it runs again: after a reset nothing writes the ledger until the next step, so the
 * new run is asked for one. A reset run begins when it was reset, so only runs that began since then are read.
 * @param since of wall time; without it every run is read.
 * Answers how many runs are new.
 */
export async function noticeChangedRuns(database: Database, client: Client, since?: Date): Promise<number> {
  const query = `ExecutionStatus = "Running"${since ? ` AND StartTime >= "${since.toISOString()}"` : ''}`;
  let changed = 0;
  let page: { caseNumber: string; runId: string }[] = [];
  for await (const { workflowId, runId } of client.workflow.list({ query, pageSize })) {
    page.push({ caseNumber: workflowId, runId });
    if (page.length < pageSize) continue;
    changed += await tell(database, page);
    page = [];
  }
  return changed + (await tell(database, page));
}

/** Once per new run. A run that waits for its first step is new too, but claims the ledger by itself: its start is still in the outbox. */
async function tell({ pool }: Database, runs: { caseNumber: string; runId: string }[]): Promise<number> {
  const { rowCount } = await pool.query(
    `INSERT INTO outbox (case_number, kind, payload)
     SELECT c.case_number, 'run-changed', jsonb_build_object('runId', r."runId")
     FROM jsonb_to_recordset($1::jsonb) AS r ("caseNumber" text, "runId" text) JOIN cases c ON c.case_number = r."caseNumber"
     WHERE c.run_id NOT IN ('', r."runId") AND r."runId" <> ALL (c.past_runs)
       AND NOT EXISTS (SELECT FROM outbox o WHERE o.case_number = c.case_number
                       AND (o.kind = 'start' AND o.done_at IS NULL OR o.kind = 'run-changed' AND o.payload->>'runId' = r."runId"))`,
    [JSON.stringify(runs)],
  );
  return rowCount ?? 0;
}
