import type { Database } from '../../prisma/database';
import { where, type Condition } from '../cases/case-row';

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
}

/** Tasks of cases as they stand now, and the desk's own; the latter live by the wall clock. */
const tasks = `
  SELECT t.case_number || '~' || replace(t.task, '/', '~') AS id, t.case_number AS "caseNumber", t.task AS "taskId", t.kind, t.role, c.store,
    t.not_before AS "notBefore", t.due_at AS "dueAt", t.because, case_now(t.case_number) AS now, t.reminded, t.holder,
    CASE WHEN t.claimed_until > now() THEN t.claimed_until END AS "claimedUntil",
    CASE WHEN t.result IS NULL AND (c.ending IS NOT NULL OR t.opening < c.opening) THEN 'withdrawn' ELSE t.result END AS result
  FROM task_versions t JOIN cases c ON c.case_number = t.case_number
  WHERE NOT t.superseded AND t.replaced_by_step IS NULL
    AND t.opening = (SELECT max(o.opening) FROM task_versions o WHERE o.case_number = t.case_number AND o.task = t.task AND NOT o.superseded)
  UNION ALL
  SELECT 'desk~' || d.id, d.case_number, NULL, d.kind, d.role, c.store,
    d.not_before, d.due_at, '["a reply that belongs to no open case"]'::jsonb, now(), false, d.holder,
    CASE WHEN d.claimed_until > now() THEN d.claimed_until END, d.result
  FROM desk_tasks d LEFT JOIN cases c ON c.case_number = d.case_number`;

/** Conditions on a task `t`. */
export async function taskRows(pool: Database['pool'], conditions: Condition[], rest = ''): Promise<TaskRow[]> {
  const { sql, values } = where(conditions);
  const { rows } = await pool.query<TaskRow>(
    `SELECT t.*, (extract(epoch FROM t."dueAt") * 1000000)::bigint AS place FROM (${tasks}) AS t ${sql} ${rest}`,
    values,
  );
  return rows;
}

/** What belongs to no case is for keys that are good for all stores. */
export const tasksInStores = (stores: string[] | undefined): Condition[] =>
  stores ? [['t.store = ANY(?)', stores]] : [];
