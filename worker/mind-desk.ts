import { setTimeout as pause } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import type { Logger } from 'pino';
import { countDeskTask, mindDeskTask, type DeskFacts, type DeskTask } from '../domain/cases/desk-task';
import type { Database } from '../prisma/database';

interface Row extends DeskTask {
  id: string;
  cameAt: Date;
  counted: boolean;
  facts: DeskFacts;
}

const atOnce = 50;

/**
 * Minds what the desk has without a story, as stories mind theirs: counts the times of what is new, reminds, and lets climb. Two at
 * once are safe: each takes what the other has not, and what one did is not due any more for the other. By wall time.
 * @returns how many were minded.
 */
export async function mindDesk({ pool }: Database, now = new Date()): Promise<number> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const minded = await mindSome(client, now);
    await client.query('COMMIT');
    return minded;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

async function mindSome(client: PoolClient, now: Date): Promise<number> {
  const { rows } = await client.query<Row>(
    `SELECT id::text, kind, role, climbed_from AS "climbedFrom", reminded, not_before AS "cameAt", next_at IS NOT NULL AS counted,
       desk_facts(case_number) AS facts
     FROM desk_tasks WHERE done_at IS NULL AND (next_at IS NULL OR next_at <= $1)
     ORDER BY next_at NULLS FIRST, id LIMIT ${atOnce} FOR UPDATE SKIP LOCKED`,
    [now],
  );
  if (rows.length === 0) return 0;
  await client.query(
    `WITH minded AS (
       SELECT (m->>'id')::bigint AS id, m->'change' AS c, m->>'note' AS note, m->'facts' AS facts FROM jsonb_array_elements($1) m
     ), noted AS (
       INSERT INTO desk_task_notes (task_id, note, facts) SELECT id, note, facts FROM minded WHERE note IS NOT NULL
     )
     UPDATE desk_tasks d SET next_at = (c->>'nextAt')::timestamptz, role = coalesce(c->>'role', d.role),
       reminded = coalesce((c->>'reminded')::boolean, d.reminded), climbed_from = coalesce(c->>'climbedFrom', d.climbed_from),
       not_before = coalesce((c->>'notBefore')::timestamptz, d.not_before), due_at = coalesce((c->>'dueAt')::timestamptz, d.due_at),
       because = coalesce(c->'because', d.because), holder = CASE WHEN c ? 'role' THEN NULL ELSE d.holder END,
       claimed_until = CASE WHEN c ? 'role' THEN NULL ELSE d.claimed_until END
     FROM minded WHERE d.id = minded.id`,
    [JSON.stringify(rows.map((row) => ({ id: row.id, ...mindedOf(row, now) })))],
  );
  return rows.length;
}

function mindedOf({ cameAt, counted, facts, ...task }: Row, now: Date) {
  return counted
    ? mindDeskTask(task, now.toISOString(), facts)
    : { change: countDeskTask(task, cameAt.toISOString(), facts) };
}

/** Minds until the signal. A failure is said once, and tried again. */
export async function runDeskMinder({
  database,
  log,
  signal,
  everyMs = 1000,
}: {
  database: Database;
  log: Logger;
  signal: AbortSignal;
  everyMs?: number;
}): Promise<void> {
  let failing = false;
  while (!signal.aborted) {
    const minded = await mindDesk(database).catch((error: Error) => error);
    if (minded instanceof Error && !failing) log.warn({ error: minded.name }, "the desk's own tasks cannot be minded");
    if (!(minded instanceof Error) && failing) log.info("the desk's own tasks are minded again");
    failing = minded instanceof Error;
    if (minded !== atOnce) await pause(everyMs, undefined, { signal }).catch(() => undefined);
  }
}
