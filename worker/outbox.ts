import type { MessageNews, OptNews, Reply } from '../domain/messages/message';
import type { Database } from '../prisma/database';
import type { Opening } from '../workflows/start-case';

/** One row of the outbox: what is to reach a story. */
export type Row = {
  id: string;
  tries: number;
  caseNumber: string;
  /** The case has ended: nobody hears news any more. */
  closed: boolean;
} & (
  | { kind: 'start'; payload: Opening }
  | { kind: 'run-changed' }
  | { kind: 'reply'; payload: Reply }
  | { kind: 'settled'; payload: MessageNews }
  | { kind: 'opted-out' | 'opted-in'; payload: OptNews }
);

/** What became of a row: no story needs it any more (`unheard`), Temporal is `away`, or this row cannot be handed over yet. */
export type Outcome = { state: 'heard' | 'unheard' } | { state: 'away' | 'later'; error: Error };

/** A row is leased for longer than a call may take. A relay that died with it gives it back so. */
const leaseMs = 5000;

/** The pause after Temporal did not answer. */
export const awayPauseMs = 500;

/**
 * The next row that may be handed over: of each case the oldest, and never one that another relay has in hand. A start waits for none:
 * what was said before a case was opened again is heard by the story that it starts.
 */
export async function lease({ pool }: Database): Promise<Row | undefined> {
  const { rows } = await pool.query<Row>(
    `WITH next AS (
       SELECT o.id FROM outbox o
       WHERE o.done_at IS NULL AND o.next_try_at <= now()
         AND (o.kind = 'start' OR NOT EXISTS (SELECT FROM outbox e WHERE e.case_number = o.case_number AND e.id < o.id AND e.done_at IS NULL))
       ORDER BY o.next_try_at, o.id LIMIT 1 FOR UPDATE OF o SKIP LOCKED
     )
     UPDATE outbox o SET tries = o.tries + 1, next_try_at = now() + $1 * interval '1 millisecond'
     FROM next, cases c WHERE o.id = next.id AND c.case_number = o.case_number
     RETURNING o.id, o.tries, o.kind, o.payload, o.case_number AS "caseNumber", c.ending IS NOT NULL AS closed`,
    [leaseMs],
  );
  return rows[0];
}

/** A case that is not there although it should be is tried again after 1, 2, 4, … 30 s, and what comes after it waits. */
export async function settle({ pool }: Database, row: Row, outcome: Outcome): Promise<void> {
  if (outcome.state === 'away' || outcome.state === 'later') {
    const delayMs = outcome.state === 'away' ? awayPauseMs : Math.min(2 ** (row.tries - 1), 30) * 1000;
    await pool.query(
      `UPDATE outbox SET next_try_at = now() + $2 * interval '1 millisecond', last_error = $3 WHERE id = $1`,
      [row.id, delayMs, `${outcome.error.name}: ${outcome.error.message}`.slice(0, 200)],
    );
    return;
  }
  if (outcome.state === 'unheard' && row.kind === 'reply')
    await pool.query('SELECT desk_reads_reply($1, $2)', [row.payload.replyId, row.caseNumber]);
  await pool.query('UPDATE outbox SET done_at = now(), last_error = NULL WHERE id = $1', [row.id]);
}

/** Whether there is anything that was tried in vain. */
export async function somethingWaits({ pool }: Database): Promise<boolean> {
  const { rows } = await pool.query<{ waits: boolean }>(
    'SELECT EXISTS (SELECT FROM outbox WHERE done_at IS NULL AND tries > 0) AS waits',
  );
  return rows[0]?.waits === true;
}
