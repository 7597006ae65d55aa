import { putOffDeskTask, type DeskFacts, type DeskTask } from '../../domain/cases/desk-task';
import { refuseClaim, refuseCompletion, refuseHandOver, refuseSnooze } from '../../domain/cases/tasks';
import { newCase, type CaseState } from '../../domain/cases/case';
import { isRole, type TaskKind } from '../../domain/promises/kinds';
import type { StepName } from '../../domain/cases/notes';
import type { Refusal } from '../../domain/refusal';
import type { Database } from '../../prisma/database';
import { refused } from '../problem';
import type { Claim } from '../http/idempotency';

export type DeskRequest =
  | { action: 'claim'; by: string }
  | { action: 'snooze'; by: string; until: string }
  | { action: 'hand-over'; by: string; to: string }
  | { action: 'complete'; by: string; result: string };

interface Row extends DeskTask {
  kind: TaskKind;
  holder: string | null;
  leaseOver: boolean;
  done: boolean;
  facts: DeskFacts;
}

const leaseMinutes = 15;

const notes = {
  claim: 'task-claimed',
  snooze: 'task-snoozed',
  'hand-over': 'task-handed-over',
  complete: 'task-completed',
} as const satisfies Record<DeskRequest['action'], StepName>;

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
      `SELECT kind, role, climbed_from AS "climbedFrom", reminded, desk_facts(case_number) AS facts, holder, coalesce(claimed_until, '-infinity') <= now() AS "leaseOver", done_at IS NOT NULL AS done
       FROM desk_tasks WHERE id = $1 FOR UPDATE`,
      [id],
    );
    const task = rows[0]!;
    const refusal = refuse(task, id, request);
    if (refusal) throw refused(refusal);
    const [set, values] = changeOf(request, task);
    await connection.query(`UPDATE desk_tasks SET ${set} WHERE id = $1`, [id, ...values]);
    const { action, by, ...facts } = request;
    await connection.query('INSERT INTO desk_task_notes (task_id, note, facts, by) VALUES ($1, $2, $3, $4)', [
      id,
      notes[action],
      facts,
      by,
    ]);
    await claim.settle(connection, 200, { id: `desk~${id}` });
    await connection.query('COMMIT');
  } catch (error) {
    await connection.query('ROLLBACK').catch(() => undefined);
    throw error;
  } finally {
    connection.release();
  }
}

function refuse(
  { kind, role, holder, leaseOver, done }: Row,
  taskId: string,
  request: DeskRequest,
): Refusal | undefined {
  const task = { id: taskId, kind, role, matter: 'desk', ...(holder && { holder }) };
  const none = { caseNumber: '', opening: 0, missing: [], priority: 'normal' as const, openedAt: '' };
  const state: CaseState = { ...newCase(none), tasks: done ? [] : [task] };
  switch (request.action) {
    case 'claim':
      return refuseClaim(state, { taskId, by: request.by, ...(leaseOver && holder && { leaseOverOf: holder }) });
    case 'snooze':
      return refuseSnooze(state, { taskId, until: request.until }, Date.now());
    case 'hand-over':
      return refuseHandOver(state, { taskId });
    case 'complete':
      return refuseCompletion(state, { taskId, result: request.result });
  }
}

const takenBy = `holder = $2, claimed_until = now() + ${leaseMinutes} * interval '1 minute'`;
const given = 'role = $2, climbed_from = NULL, holder = NULL, claimed_until = NULL';
const putOff = `not_before = $2, due_at = $3, next_at = $4, because = $5, role = $6, climbed_from = NULL, reminded = false,
  holder = NULL, claimed_until = NULL`;

function changeOf(request: DeskRequest, task: Row): [set: string, values: unknown[]] {
  switch (request.action) {
    case 'claim':
      return [takenBy, [request.by]];
    case 'snooze': {
      const { notBefore, dueAt, nextAt, because, role } = putOffDeskTask(task, request.until, task.facts);
      return [putOff, [notBefore, dueAt, nextAt, JSON.stringify(because), role]];
    }
    case 'hand-over':
      return [isRole(request.to) ? given : takenBy, [request.to]];
    case 'complete':
      return ['done_at = now(), done_by = $2, result = $3', [request.by, request.result]];
  }
}
