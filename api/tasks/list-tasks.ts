import { z } from 'zod';
import { taskKinds } from '../../domain/cases/tasks';
import { roles } from '../../domain/promises/kinds';
import { deputiesOf } from '../../domain/promises/ladders';
import type { Condition } from '../cases/case-row';
import { requireStoreOf } from '../cases/find-case';
import type { Door } from '../door';
import { line } from '../http/input';
import { cursorOf, listOf, microseconds, pageOf, paging, placeOf } from '../http/page';
import { read } from '../http/route';
import { presentTask } from './present-task';
import { taskParams, taskShown } from './schema';
import { openTaskRows } from './task-row';
import { laddersInForce } from './who-may';

const filters = z.strictObject({
  role: z.enum(roles).optional().meta({ description: 'Tasks of this role, and of the roles that it stands in for.' }),
  kind: z.enum(taskKinds).optional(),
  store: line(40).optional(),
  due: z
    .stringbool()
    .optional()
    .meta({ description: 'true: what may be done by now; false: what is not to be done yet.' }),
  overdue: z.stringbool().optional(),
  ...paging,
});

/** The desk: what a role has to do, the most urgent first. */
export const listTasks = ({ database }: Door) =>
  read({
    method: 'get',
    path: '/v1/tasks',
    scope: 'cases:read',
    tag: 'tasks',
    summary: 'List open tasks, the most urgent first',
    query: filters,
    shows: listOf(taskShown),
    async show({ query, caller }) {
      const { pool } = database;
      if (query.store) await requireStoreOf(pool, query.store, caller);
      const conditions = conditionsOf(query);
      if (query.role) conditions.push(['t.role = ANY(?)', deputiesOf(query.role, await laddersInForce(pool))]);
      if (caller.stores) conditions.push(['t.store = ANY(?)', caller.stores]);
      const after = placeOf(query.cursor, z.tuple([microseconds, taskParams.shape.id]));
      if (after)
        conditions.push([
          `(t."dueAt", t.id) > (timestamptz 'epoch' + ?::bigint * interval '1 microsecond', ?)`,
          ...after,
        ]);
      const rows = await openTaskRows(pool, conditions, `ORDER BY t."dueAt", t.id LIMIT ${query.limit + 1}`);
      const shown = pageOf(rows, query.limit, presentTask(caller), ({ place, id }) => cursorOf(place, id));
      return { body: shown };
    },
  });

function conditionsOf({ kind, store, due, overdue }: z.output<typeof filters>): Condition[] {
  const conditions: Condition[] = [];
  if (kind) conditions.push(['t.kind = ?', kind]);
  if (store) conditions.push(['t.store = ?', store]);
  if (due !== undefined) conditions.push([`t."notBefore" ${due ? '<=' : '>'} t.now`]);
  if (overdue !== undefined) conditions.push([`t."dueAt" ${overdue ? '<' : '>='} t.now`]);
  return conditions;
}
