import { invalid, notFound, problem } from '../problem';
import type { Call } from '../http/route';
import type { Caller } from '../keys';
import type { Database } from '../../prisma/database';
import { caseRows, inStores, type CaseRow } from './case-row';

type Pool = Database['pool'];

/** @throws not-found, also for a case that belongs to a store which the key may not see. */
export async function findCase(pool: Pool, caseNumber: string, caller: Caller): Promise<CaseRow> {
  const [row] = await caseRows(pool, [['c.case_number = ?', caseNumber], ...inStores(caller.stores)]);
  if (!row) throw notFound();
  return row;
}

/** @throws stale-version when the caller decided on an older one. */
export function requireVersion({ version }: CaseRow, { ifMatch }: Pick<Call, 'ifMatch'>): void {
  if (ifMatch !== undefined && ifMatch !== version) throw problem('stale-version');
}

/**
 * Answers the role of who has that id.
 * @throws invalid-request when nobody of the staff has it.
 */
export async function requireStaff(pool: Pool, id: string, pointer: string): Promise<string> {
  const { rows } = await pool.query<{ role: string }>('SELECT role FROM staff WHERE id = $1', [id]);
  if (!rows[0]) throw invalid({ pointer, detail: 'Nobody of the staff has this id.' });
  return rows[0].role;
}

/** @throws invalid-request when there is no such store, or this key may not see it. One that was given up still has its cases. */
export async function requireStoreOf(pool: Pool, id: string, { stores }: Caller): Promise<void> {
  const { rowCount } = await pool.query('SELECT FROM stores WHERE id = $1 AND ($2::text[] IS NULL OR id = ANY($2))', [
    id,
    stores ?? null,
  ]);
  if (rowCount === 0) throw invalid({ parameter: 'store', detail: 'There is no such store for this key.' });
}
