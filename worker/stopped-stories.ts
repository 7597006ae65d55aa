import { setTimeout as pause } from 'node:timers/promises';
import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import type { Logger } from 'pino';
import type { Database } from '../prisma/database';
import { workflowIdOf } from '../workflows/ids';

export interface StoryWatch {
  database: Database;
  client: Client;
  log: Logger;
}

const pageSize = 500;
const askedAtOnce = 20;

/**
 * Notices open cases that nobody plays any more, because their workflow was terminated, deleted or lost: no timer of theirs
 * would ever fire. Each becomes a task of the service manager, once; whoever makes it run again ends the task so.
 * Who is suspect is read off one list of all that runs, and then asked for by name, since lists lag behind.
 * Answers how many are new.
 * @throws what Temporal throws: what cannot be read is no reason to alarm anybody.
 */
export async function noticeStoppedStories({ database, client, log }: StoryWatch): Promise<number> {
  const open = await openCases(database);
  const running = new Set<string>();
  for await (const { workflowId } of client.workflow.list({ query: 'ExecutionStatus = "Running"', pageSize }))
    running.add(workflowId);
  await endTasks(database, [...running]);

  const suspects = open.filter((caseNumber) => !running.has(workflowIdOf(caseNumber)));
  let told = 0;
  while (suspects.length > 0) {
    const some = suspects.splice(0, askedAtOnce);
    const play = await Promise.all(some.map((caseNumber) => runs(client, caseNumber)));
    const stopped = await tellServiceManager(
      database,
      some.filter((_, i) => !play[i]),
    );
    for (const caseNumber of stopped) log.error({ caseNumber }, 'a case is open, but its story does not run');
    told += stopped.length;
  }
  return told;
}

/** Looks at once, then every `everyMs` (5 minutes), until the signal. A failure is said once, and tried again. */
export async function runStoryWatch({
  signal,
  everyMs = 5 * 60_000,
  ...parts
}: StoryWatch & { signal: AbortSignal; everyMs?: number }): Promise<void> {
  let failing = false;
  while (!signal.aborted) {
    const error = await noticeStoppedStories(parts).then(
      () => undefined,
      (error: Error) => error,
    );
    if (error && !failing) parts.log.warn({ error: error.name }, 'it cannot be seen whether every open case runs');
    failing = error !== undefined;
    await pause(everyMs, undefined, { signal }).catch(() => undefined);
  }
}

/**
 * Those of which nobody was told yet, and whose start was handed over: read before the list of what runs, so that none is too
 * young for it.
 */
async function openCases({ pool }: Database): Promise<string[]> {
  const { rows } = await pool.query<{ caseNumber: string }>(
    `SELECT case_number AS "caseNumber" FROM cases c WHERE ending IS NULL
       AND NOT EXISTS (SELECT FROM outbox o WHERE o.case_number = c.case_number AND o.kind = 'start' AND o.done_at IS NULL)
       AND NOT EXISTS (SELECT FROM desk_tasks d WHERE d.case_number = c.case_number AND d.kind = 'story-stopped' AND d.done_at IS NULL)
     ORDER BY opened_at`,
  );
  return rows.map(({ caseNumber }) => caseNumber);
}

async function runs(client: Client, caseNumber: string): Promise<boolean> {
  try {
    const { status } = await client.workflow.getHandle(workflowIdOf(caseNumber)).describe();
    return status.name === 'RUNNING';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}

/** A case that came to its end meanwhile is none: its closing step was written before its workflow ended. */
async function tellServiceManager({ pool }: Database, stopped: string[]): Promise<string[]> {
  const { rows } = await pool.query<{ caseNumber: string }>(
    `INSERT INTO desk_tasks (kind, case_number, role, due_at)
     SELECT 'story-stopped', case_number, 'service-manager', now() + interval '30 minutes'
     FROM cases WHERE case_number = ANY ($1) AND ending IS NULL
     ON CONFLICT (case_number) WHERE kind = 'story-stopped' AND done_at IS NULL DO NOTHING RETURNING case_number AS "caseNumber"`,
    [stopped],
  );
  return rows.map(({ caseNumber }) => caseNumber);
}

/** What runs again, or came to its end after all, needs nobody. */
async function endTasks({ pool }: Database, running: string[]): Promise<void> {
  await pool.query(
    `UPDATE desk_tasks d SET done_at = now(), done_by = 'system', result = 'runs-again' FROM cases c
     WHERE d.kind = 'story-stopped' AND d.done_at IS NULL AND c.case_number = d.case_number
       AND (c.ending IS NOT NULL OR d.case_number = ANY ($1))`,
    [running],
  );
}
