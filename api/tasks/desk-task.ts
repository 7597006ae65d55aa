import { refuseClaim, refuseCompletion, refuseSnooze } from '../../domain/cases/tasks';
import { newCase, type CaseState } from '../../domain/cases/case';
import type { TaskKind } from '../../domain/promises/kinds';
import type { Refusal } from '../../domain/refusal';
import type { Database } from '../../prisma/database';
import { refused } from '../problem';
import type { Claim } from '../http/idempotency';

export type DeskRequest =
  | { action: 'claim'; by: string }
  | { action: 'snooze'; by: string; until: string }
  | { action: 'hand-over'; by: string; to: string }
  | { action: 'complete'; by: string; result: string };

interface Row {
  kind: TaskKind;
  holder: string | null;
  leaseOver: boolean;
  done: boolean;
}

const leaseMinutes = 15;

/**
 * Tasks without a story are kept here, by the wall clock and by the same rules as those of a case.
 * @throws Problem: a refusal.
 */
export async function changeDeskTask(
  pool: Database['pool'],
  id: string,
  request: DeskRequest,
  claim: Claim,
): Promise<void> {
  const connection = await pool.connect();
  try {
    await connection.query('BEGIN');
    const { rows } = await connection.query<Row>(
      `SELECT kind, holder, coalesce(claimed_until, '-infinity') <= now() AS "leaseOver", done_at IS NOT NULL AS done
       FROM desk_tasks WHERE id = $1 FOR UPDATE`,
      [id],
    );
    const refusal = refuse(rows[0]!, id, request);
    if (refusal) throw refused(refusal);
    const [set, values] = changeOf(request);
    await connection.query(`UPDATE desk_tasks SET ${set} WHERE id = $1`, [id, ...values]);
    await claim.settle(connection, 200, { id: `desk~${id}` });
    await connection.query('COMMIT');
  } catch (error) {
    await connection.query('ROLLBACK').catch(() => undefined);
    throw error;
  } finally {
    connection.release();
  }
}

function refuse({ kind, holder, leaseOver, done }: Row, taskId: string, request: DeskRequest): Refusal | undefined {
  const task = { id: taskId, kind, role: 'desk' as const, matter: 'desk', ...(holder && { holder }) };
  const none = { caseNumber: '', opening: 0, missing: [], priority: 'normal' as const, openedAt: '' };
  const state: CaseState = { ...newCase(none), tasks: done ? [] : [task] };
  switch (request.action) {
    case 'claim':
      return refuseClaim(state, { taskId, by: request.by, ...(leaseOver && holder && { leaseOverOf: holder }) });
    case 'snooze':
      return refuseSnooze(state, { taskId, until: request.until }, Date.now());
    case 'hand-over':
      return refuseClaim(state, { taskId, by: request.by, ...(holder && { leaseOverOf: holder }) });
    case 'complete':
      return refuseCompletion(state, { taskId, result: request.result });
  }
}

function changeOf(request: DeskRequest): [set: string, values: unknown[]] {
  switch (request.action) {
    case 'claim':
      return [`holder = $2, claimed_until = now() + ${leaseMinutes} * interval '1 minute'`, [request.by]];
    case 'snooze':
      return ['not_before = $2, due_at = $2, holder = NULL, claimed_until = NULL', [request.until]];
    case 'hand-over':
      return ['holder = $2, claimed_until = NULL', [request.to]];
    case 'complete':
      return ['done_at = now(), done_by = $2, result = $3', [request.by, request.result]];
  }
}
