import type { Database } from '../../prisma/database';
import { where, type Condition } from '../cases/case-row';

type Pool = Database['pool'];

export interface TaskRow {
  id: string;
  caseNumber: string | null;
  taskId: string | null;
  kind: string;
  role: string;
  store: string | null;
  notBefore: Date;
  dueAt: Date;
  /** `dueAt` in microseconds since 1970, as the list is sorted. */
  place: string;
  because: string[];
  now: Date;
  reminded: boolean;
  holder: string | null;
  claimedUntil: Date | null;
  result: string | null;
  /** It is about a case that has ended and can still be opened again. */
  mayReopen: boolean;
}

const columnsOfCase = `t.case_number || '~' || replace(t.task, '/', '~') AS id, t.case_number AS "caseNumber", t.task AS "taskId", t.kind, t.role,
  c.store, t.not_before AS "notBefore", t.due_at AS "dueAt", t.because, case_now(t.case_number) AS now, t.reminded, t.holder,
  CASE WHEN t.claimed_until > now() THEN t.claimed_until END AS "claimedUntil", t.result, false AS "mayReopen"`;

const columnsOfDesk = `'desk~' || d.id AS id, d.case_number AS "caseNumber", NULL AS "taskId", d.kind, d.role,
  c.store, d.not_before AS "notBefore", d.due_at AS "dueAt", CASE d.kind WHEN 'story-stopped'
    THEN '["the case is open, but its story does not run: see docs/how-to/operate.md"]'::jsonb
    WHEN 'reply-to-closed' THEN '["a reply to a case that has ended: perhaps it is to be opened again"]'::jsonb
    ELSE '["a reply that no story answers"]'::jsonb END || d.because AS because, now() AS now,
  d.reminded, d.holder, CASE WHEN d.claimed_until > now() THEN d.claimed_until END AS "claimedUntil", d.result,
  d.kind = 'reply-to-closed' AND coalesce(case_now(d.case_number) <=
    case_closed_at(d.case_number) + case_reopen_days(d.case_number) * interval '1 day', false) AS "mayReopen"`;

const openTasks = `
  SELECT ${columnsOfCase} FROM open_tasks t JOIN cases c ON c.case_number = t.case_number AND c.opening = t.opening AND c.ending IS NULL
  UNION ALL
  SELECT ${columnsOfDesk} FROM desk_tasks d LEFT JOIN cases c ON c.case_number = d.case_number WHERE d.done_at IS NULL`;

/** What is to be done, of cases and of the desk itself; the latter lives by the wall clock. Conditions are on a task `t`. */
export async function openTaskRows(pool: Pool, conditions: Condition[], rest: string): Promise<TaskRow[]> {
  const { sql, values } = where(conditions);
  const { rows } = await pool.query<TaskRow>(
    `SELECT t.*, (extract(epoch FROM t."dueAt") * 1000000)::bigint AS place FROM (${openTasks}) AS t ${sql} ${rest}`,
    values,
  );
  return rows;
}

/** A task of a case as it stands now, done or not. */
export async function caseTaskRow(pool: Pool, caseNumber: string, task: string): Promise<TaskRow | undefined> {
  const { rows } = await pool.query<TaskRow>(
    `SELECT ${columnsOfCase} FROM task_versions t JOIN cases c ON c.case_number = t.case_number
     WHERE t.case_number = $1 AND t.task = $2 AND NOT t.superseded AND t.replaced_by_step IS NULL ORDER BY t.opening DESC LIMIT 1`,
    [caseNumber, task],
  );
  return rows[0];
}

export async function deskTaskRow(pool: Pool, id: string): Promise<TaskRow | undefined> {
  const { rows } = await pool.query<TaskRow>(
    `SELECT ${columnsOfDesk} FROM desk_tasks d LEFT JOIN cases c ON c.case_number = d.case_number WHERE d.id = $1`,
    [id],
  );
  return rows[0];
}
