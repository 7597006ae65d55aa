import { closed, type Detail, type Priority } from '../../domain/cases/case';
import type { Database } from '../../prisma/database';
import type { KindOfCase } from '../../workflows/ids';
import type { Opening } from '../../workflows/start-case';
import { refused } from '../problem';

interface OpeningRow {
  kind: KindOfCase;
  openedAt: Date;
  ending: string | null;
  opening: number;
  priority: Priority;
  store: string;
  category: string;
  city: string;
  address: boolean;
  boughtOn: boolean;
  entryId: string | null;
  by: string | null;
  reopenedAt: Date | null;
}

/** What a case is started with, as it stands now; `ended`, where it is read so that it can be opened again. */
export async function openingOf(
  pool: Database['pool'],
  caseNumber: string,
): Promise<{ opening: Opening; ended: boolean }> {
  const { rows } = await pool.query<OpeningRow>(
    `SELECT c.kind, opened_at AS "openedAt", ending, c.opening, priority, store, coalesce(category, '') AS category, s.city->>'en' AS city,
            d.address IS NOT NULL AS address, d.bought_on IS NOT NULL AS "boughtOn",
            e.id AS "entryId", e.by, e.received_at AS "reopenedAt"
     FROM cases c JOIN stores s ON s.id = c.store LEFT JOIN case_details d USING (case_number)
       LEFT JOIN LATERAL (SELECT * FROM entries WHERE case_number = c.case_number AND kind = 'reopenCase' AND c.opening > 1
                          ORDER BY received_at DESC LIMIT 1) e ON true
     WHERE c.case_number = $1`,
    [caseNumber],
  );
  const { ending, address, boughtOn, openedAt, entryId, by, reopenedAt, ...known } = rows[0]!;
  const missing: Detail[] = [...(address ? [] : (['address'] as const)), ...(boughtOn ? [] : (['boughtOn'] as const))];
  const reopened = entryId && by && reopenedAt && { entryId, by, at: reopenedAt.toISOString() };
  const opening = { ...known, openedAt: openedAt.toISOString(), missing, ...(reopened && { reopened }) };
  return { opening, ended: ending !== null };
}

/** @throws case-closed when the case ended since it was looked at. */
export async function runningOpeningOf(pool: Database['pool'], caseNumber: string): Promise<Opening> {
  const { opening, ended } = await openingOf(pool, caseNumber);
  if (ended) throw refused(closed);
  return opening;
}
