import { z } from 'zod';
import type { Door } from '../door';
import { anyPhone, email, line } from '../http/input';
import { cursorOf, listOf, microseconds, pageOf, paging, placeOf } from '../http/page';
import { read } from '../http/route';
import type { Caller } from '../keys';
import { caseRows, inStores, type Condition } from './case-row';
import { caseFilters, conditionsOf } from './filters';
import { findCase, requireStoreOf } from './find-case';
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

export const listCases = (door: Door) =>
  read({
    method: 'get',
    path: '/v1/cases',
    scope: 'cases:read',
    tag: 'cases',
    summary: 'List cases, the newest first',
    query: caseFilters,
    shows: listOf(caseShown),
    async show({ query, caller }) {
      if (query.store) await requireStoreOf(door.database.pool, query.store, caller);
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
