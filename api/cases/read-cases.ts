import { z } from 'zod';
import type { Door } from '../door';
import { anyPhone, email, instant, line } from '../http/input';
import { cursorOf, listOf, microseconds, pageOf, paging, placeOf } from '../http/page';
import { read } from '../http/route';
import type { Caller } from '../keys';
import { caseRows, inStores, type Condition } from './case-row';
import { findCase } from './find-case';
import { presentCase, showCase } from './present-case';
import { caseNumber, caseParams } from './schema';
import { caseShown } from './shown';

export const readCase = ({ database, temporalUi }: Door) =>
  read({
    method: 'get',
    path: '/v1/cases/{caseNumber}',
    scope: 'cases:read',
    tag: 'cases',
    summary: 'Read a case',
    params: caseParams,
    shows: caseShown,
    async show({ params, caller }) {
      return showCase(await findCase(database.pool, params.caseNumber, caller), caller, temporalUi);
    },
  });

const filters = z.strictObject({
  kind: line(40).optional(),
  status: line(40).optional(),
  waitingFor: line(40).optional(),
  store: line(40).optional(),
  externalReference: line(100).optional(),
  dueBefore: instant.optional().meta({ description: 'Something open, a promise or a task, is due before it.' }),
  overdue: z.stringbool().optional().meta({ description: "Something open is past due by the case's own time." }),
  ...paging,
});

export const listCases = (door: Door) =>
  read({
    method: 'get',
    path: '/v1/cases',
    scope: 'cases:read',
    tag: 'cases',
    summary: 'List cases, the newest first',
    query: filters,
    shows: listOf(caseShown),
    async show({ query, caller }) {
      return await page(door, caller, conditionsOf(query), query);
    },
  });

const wanted = z
  .strictObject({ phone: anyPhone, email, serial: line(60), name: line(100), externalReference: line(100), ...paging })
  .partial({ phone: true, email: true, serial: true, name: true, externalReference: true })
  .refine(({ limit: _limit, cursor: _cursor, ...asked }) => Object.values(asked).some((one) => one !== undefined), {
    error: 'One of phone, email, serial, name, externalReference is needed.',
  })
  .meta({ id: 'Search' });

export const searchCases = (door: Door) =>
  read({
    method: 'post',
    path: '/v1/cases/search',
    scope: 'cases:read',
    tag: 'cases',
    summary: 'Find cases of a customer or a product',
    description: 'A POST, because no phone number stands in a URL. All that is given must fit.',
    body: wanted,
    shows: listOf(caseShown),
    async show({ body, caller }) {
      const conditions: Condition[] = [];
      for (const field of ['phone', 'email', 'serial', 'name'] as const)
        if (body[field] !== undefined) conditions.push([`d.${field} = ?`, body[field]]);
      if (body.externalReference !== undefined) conditions.push(['c.external_reference = ?', body.externalReference]);
      return await page(door, caller, conditions, body);
    },
  });

/** A case does not close over what is open. */
const somethingOpen = (isDue: string) => `(c.ending IS NULL AND (
  EXISTS (SELECT FROM promises_now p WHERE p.case_number = c.case_number AND p.outcome IS NULL AND p.due_at < ${isDue})
  OR EXISTS (SELECT FROM open_tasks t WHERE t.case_number = c.case_number AND t.opening = c.opening AND t.due_at < ${isDue})))`;

function conditionsOf(query: z.output<typeof filters>): Condition[] {
  const conditions: Condition[] = [];
  if (query.kind) conditions.push(['c.kind = ?', query.kind]);
  if (query.status) conditions.push(['c.status = ?', query.status]);
  if (query.waitingFor) conditions.push(['c.waiting_for = ?', query.waitingFor]);
  if (query.store) conditions.push(['c.store = ?', query.store]);
  if (query.externalReference) conditions.push(['c.external_reference = ?', query.externalReference]);
  if (query.dueBefore) conditions.push([somethingOpen('?::timestamptz'), query.dueBefore, query.dueBefore]);
  if (query.overdue !== undefined)
    conditions.push([`${query.overdue ? '' : 'NOT '}${somethingOpen('case_now(c.case_number)')}`]);
  return conditions;
}

const place = z.tuple([microseconds, caseNumber]);

async function page(
  { database, temporalUi }: Door,
  caller: Caller,
  conditions: Condition[],
  { limit, cursor }: { limit: number; cursor?: string | undefined },
) {
  const after = placeOf(cursor, place);
  if (after)
    conditions.push([
      `(c.opened_at, c.case_number) < (timestamptz 'epoch' + ?::bigint * interval '1 microsecond', ?)`,
      ...after,
    ]);
  const order = `ORDER BY c.opened_at DESC, c.case_number DESC LIMIT ${limit + 1}`;
  const rows = await caseRows(database.pool, [...conditions, ...inStores(caller.stores)], order);
  const shown = pageOf(
    rows,
    limit,
    (row) => presentCase(row, caller, temporalUi),
    (row) => cursorOf(row.place, row.caseNumber),
  );
  return { body: shown };
}
