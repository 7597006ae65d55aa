import { refuseStranger } from '../../domain/cases/tasks';
import { usualPolicy } from '../../domain/policies/usual';
import type { Role } from '../../domain/promises/kinds';
import type { Ladders } from '../../domain/promises/ladders';
import type { Database } from '../../prisma/database';
import { refused } from '../problem';
import type { TaskRow } from './task-row';

interface Row {
  roles: Role[];
  asked: Role[];
  ladders: Ladders | null;
}

/**
 * Whoever works on a task has a role for it, by the ladders of its case. The story does not know the staff: the door asks the rule.
 * @throws Problem not-your-role
 */
export async function requireRole(pool: Database['pool'], task: TaskRow, by: string): Promise<void> {
  const { rows } = await pool.query<Row>(task.taskId === null ? ofDesk : ofCase, [
    by,
    ...(task.taskId === null ? [task.id.replace('desk~', '')] : [task.caseNumber, task.taskId]),
  ]);
  const known = rows[0];
  if (!known) return; // requireStaff said so
  const { ladders, ...who } = known;
  const refusal = refuseStranger({ ...who, by, holder: task.holder, ladders: ladders ?? usualPolicy.ladders });
  if (refusal) throw refused(refusal);
}

/** Those of the policy in force. */
export async function laddersInForce(pool: Database['pool']): Promise<Ladders> {
  const { rows } = await pool.query<{ ladders: Ladders | null }>(
    `SELECT desk_facts(NULL)->'terms'->'ladders' AS ladders`,
  );
  return rows[0]?.ladders ?? usualPolicy.ladders;
}

const ofCase = `
  SELECT s.role || s.also AS roles, c.terms->'ladders' AS ladders,
    ARRAY(SELECT DISTINCT v.role FROM task_versions v
          WHERE (v.case_number, v.opening, v.task) = (c.case_number, c.opening, $3) AND NOT v.superseded) AS asked
  FROM staff s, cases c WHERE s.id = $1 AND c.case_number = $2`;

const ofDesk = `
  SELECT s.role || s.also AS roles, desk_facts(d.case_number)->'terms'->'ladders' AS ladders,
    array_remove(ARRAY[d.role, d.climbed_from], NULL) AS asked
  FROM staff s, desk_tasks d WHERE s.id = $1 AND d.id = $2`;
