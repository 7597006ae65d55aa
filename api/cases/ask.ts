import type { UpdateDefinition } from '@temporalio/client';
import { closed, type Entered } from '../../domain/cases/case';
import type { Answer } from '../../workflows/steering';
import type { Door } from '../door';
import { refused } from '../problem';
import type { Claim } from '../http/idempotency';
import type { CaseRow } from './case-row';
import { runningOpeningOf } from './opening-of';

/** What a request says: `details` and `words` are personal and stay in PostgreSQL, `values` go to the case. */
export interface Said<Values> {
  by: string;
  happenedAt?: string | undefined;
  details?: object;
  words?: object;
  values: Values;
}

/**
 * Stores the entry, then asks the case. The entry that a step accepted is the proof that the request was carried out: it is
 * not asked again, whatever became of the run that heard it.
 * @throws Problem: a refusal, case-closed, or outcome-unknown.
 */
export async function askCase<Values extends object>(
  { database, caseClient }: Pick<Door, 'database' | 'caseClient'>,
  row: CaseRow,
  update: UpdateDefinition<Answer, [Entered & Values]>,
  { by, happenedAt, details = {}, words = {}, values }: Said<Values>,
  { updateId }: Claim,
): Promise<void> {
  const { caseNumber } = row;
  if (await isAccepted(database.pool, updateId)) return;
  if (row.ending !== null) throw refused(closed);
  await database.pool.query(
    `INSERT INTO entries (id, case_number, kind, by, happened_at, details, words) VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (id) DO UPDATE SET by = $4, happened_at = $5, details = $6, words = $7 WHERE entries.step IS NULL`,
    [updateId, caseNumber, update.name, by, happenedAt ?? null, details, words],
  );
  const said = { entryId: updateId, by, ...(happenedAt && { happenedAt }), ...values };
  const opening = () => runningOpeningOf(database.pool, caseNumber);
  try {
    await caseClient.ask({ caseNumber, update, updateId, said, opening });
  } catch (error) {
    if (!(await isAccepted(database.pool, updateId))) throw error;
  }
}

type Pool = Door['database']['pool'];

export async function isAccepted(pool: Pool, entryId: string): Promise<boolean> {
  const { rowCount } = await pool.query('SELECT FROM entries WHERE id = $1 AND step IS NOT NULL', [entryId]);
  return rowCount === 1;
}
