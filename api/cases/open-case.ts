import { repair } from '../../domain/cases/repair';
import { newRepair } from '../../domain/cases/repair-facts';
import type { Detail } from '../../domain/cases/case';
import type { Opening } from '../../workflows/start-case';
import type { Door } from '../door';
import { invalid } from '../problem';
import { act, type Call } from '../http/route';
import type { Claim } from '../http/idempotency';
import { dayIn } from '../http/input';
import type { Caller } from '../keys';
import { newCaseNumber } from './case-number';
import { findCase } from './find-case';
import { showCase } from './present-case';
import { newCase, type NewCase } from './schema';
import { caseShown } from './shown';
import { storeCase } from './store-case';

/**
 * Opens a case: one transaction, then a try to start its story. It needs PostgreSQL alone: what is not started here, the
 * relay starts.
 */
export const openCase = ({ database, caseClient, temporalUi, log }: Door) =>
  act({
    method: 'post',
    path: '/v1/cases',
    scope: 'cases:write',
    tag: 'cases',
    summary: 'Open a case',
    description:
      'Works while the engine is away. Missing address or date of purchase do not block it: the desk asks for them.',
    body: newCase,
    status: 201,
    shows: caseShown,
    async act({ body, caller }: Call<undefined, undefined, NewCase>, claim: Claim) {
      const store = await storeFor(database.pool, body.store, caller);
      refusePurchaseInFuture(body.product.boughtOn, store.timeZone);
      const caseNumber = newCaseNumber();
      const opening = openingOf(body, store.city);
      const asOpened = newRepair({ caseNumber, ...opening });
      const status = repair.statusOf(asOpened);
      await storeCase(database.pool, {
        caseNumber,
        status,
        actionsNow: repair.actionsNow(asOpened),
        body,
        opening,
        claim,
      });
      const started = await caseClient.tryStart(caseNumber, opening);
      if (started) await markStarted(database.pool, caseNumber).catch(() => undefined); // the relay finds it started
      log.info({ caseNumber, started }, 'a case was opened');
      return { id: caseNumber, version: '1' };
    },
    async show({ caller }, { id }) {
      return showCase(await findCase(database.pool, id, caller), caller, temporalUi);
    },
  });

type Pool = Door['database']['pool'];

async function storeFor(pool: Pool, id: string, { stores }: Caller): Promise<{ timeZone: string; city: string }> {
  const { rows } = await pool.query<{ timeZone: string; city: string }>(
    `SELECT time_zone AS "timeZone", city->>'en' AS city FROM stores WHERE id = $1 AND retired_at IS NULL AND ($2::text[] IS NULL OR id = ANY($2))`,
    [id, stores ?? null],
  );
  if (!rows[0]) throw invalid({ pointer: '/store', detail: 'There is no such store for this key.' });
  return rows[0];
}

/** Which day it is, is said by the store's zone. */
export function refusePurchaseInFuture(
  boughtOn: string | undefined,
  zone: string,
  now = new Date(),
  pointer = '/product/boughtOn',
): void {
  if (boughtOn !== undefined && boughtOn > dayIn(zone, now))
    throw invalid({ pointer, detail: 'A purchase does not lie in the future.' });
}

function openingOf({ kind, customer, product, priority, store }: NewCase, city: string): Opening {
  const missing: Detail[] = [];
  if (customer.address === undefined) missing.push('address');
  if (product.boughtOn === undefined) missing.push('boughtOn');
  const openedAt = new Date().toISOString();
  return { kind, opening: 1, missing, priority, openedAt, store, category: product.category, city };
}

async function markStarted(pool: Pool, caseNumber: string): Promise<void> {
  await pool.query(`UPDATE outbox SET done_at = now() WHERE case_number = $1 AND kind = 'start' AND done_at IS NULL`, [
    caseNumber,
  ]);
}
