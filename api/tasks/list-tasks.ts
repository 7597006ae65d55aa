import { z } from 'zod';
import type { Condition } from '../cases/case-row';
import type { Door } from '../door';
import { line } from '../http/input';
import { cursorOf, listOf, microseconds, pageOf, paging, placeOf } from '../http/page';
import { read } from '../http/route';
import { presentTask } from './present-task';
import { taskParams, taskShown } from './schema';
import { openTaskRows } from './task-row';

const filters = z.strictObject({
  role: line(40).optional(),
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
      const conditions = conditionsOf(query);
      if (caller.stores) conditions.push(['t.store = ANY(?)', caller.stores]);
      const after = placeOf(query.cursor, z.tuple([microseconds, taskParams.shape.id]));
      if (after)
        conditions.push([
          `(t."dueAt", t.id) > (timestamptz 'epoch' + ?::bigint * interval '1 microsecond', ?)`,
          ...after,
        ]);
      const rows = await openTaskRows(database.pool, conditions, `ORDER BY t."dueAt", t.id LIMIT ${query.limit + 1}`);
      const shown = pageOf(rows, query.limit, presentTask(caller), ({ place, id }) => cursorOf(place, id));
      return { body: shown };
    },
  });

function conditionsOf({ role, store, due, overdue }: z.output<typeof filters>): Condition[] {
  const conditions: Condition[] = [];
  if (role) conditions.push(['t.role = ?', role]);
  if (store) conditions.push(['t.store = ?', store]);
  if (due !== undefined) conditions.push([`t."notBefore" ${due ? '<=' : '>'} t.now`]);
  if (overdue !== undefined) conditions.push([`t."dueAt" ${overdue ? '<' : '>='} t.now`]);
  return conditions;
}
