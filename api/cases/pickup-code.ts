import { createHash, timingSafeEqual } from 'node:crypto';
import { refuseStranger } from '../../domain/cases/tasks';
import { usualPolicy } from '../../domain/policies/usual';
import type { Role } from '../../domain/promises/kinds';
import type { Ladders } from '../../domain/promises/ladders';
import { refused } from '../problem';
import type { Database } from '../../prisma/database';
import type { CaseRow } from './case-row';

type Pool = Database['pool'];

/**
 * Whoever shows the code of the receipt may have the product. Compared in constant time; five wrong ones, and for 15 minutes none is
 * taken, so that nobody tries them all.
 * @throws wrong-pickup-code
 */
export async function requireCode(pool: Pool, { caseNumber, pickupCode }: CaseRow, code: string): Promise<void> {
  const isRight = timingSafeEqual(hashOf(pickupCode ?? ''), hashOf(code)) && pickupCode !== null;
  const { rows } = await pool.query<{ taken: boolean }>('SELECT enter_page($1, $2) AS taken', [
    `collect ${caseNumber}`,
    isRight,
  ]);
  if (rows[0]?.taken) return;
  throw refused({
    code: 'wrong-pickup-code',
    message: 'This is not the code of the receipt, or it was tried too often.',
    rule: 'S-27',
  });
}

/**
 * Without the receipt a store manager, or somebody above, looks at who it is.
 * @throws not-your-role
 */
export async function requireStoreManager(pool: Pool, by: string, { caseNumber }: CaseRow): Promise<void> {
  const { rows } = await pool.query<{ roles: Role[]; ladders: Ladders | null }>(
    `SELECT s.role || s.also AS roles, c.terms->'ladders' AS ladders FROM staff s, cases c WHERE s.id = $1 AND c.case_number = $2`,
    [by, caseNumber],
  );
  const known = rows[0];
  if (!known) return; // requireStaff said so
  const ladders = known.ladders ?? usualPolicy.ladders;
  const refusal = refuseStranger({ roles: known.roles, by, holder: null, asked: ['store-manager'], ladders });
  if (refusal) throw refused(refusal);
}

const hashOf = (code: string) => createHash('sha256').update(code).digest();
