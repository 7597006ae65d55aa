import { z } from 'zod';
import { refuseLateReopening } from '../../../domain/cases/reopening';
import { statusOf } from '../../../domain/cases/repair';
import { newRepair } from '../../../domain/cases/repair-facts';
import type { Database } from '../../../prisma/database';
import type { Door } from '../../door';
import { act, type Route } from '../../http/route';
import { refused } from '../../problem';
import { entered } from '../action';
import type { CaseRow } from '../case-row';
import { findCase, requireStaff, requireVersion } from '../find-case';
import { openingOf } from '../opening-of';
import { showCase } from '../present-case';
import { caseParams } from '../schema';
import { caseShown } from '../shown';
import { reason } from './said';

const body = z.strictObject({ ...entered, reason });

/** A closed case goes on under its number: a new opening, which is a new run of its story. */
export const reopenCase = (door: Door): Route =>
  act({
    method: 'post',
    path: '/v1/cases/{caseNumber}/actions/reopen-case',
    scope: 'cases:write',
    tag: 'actions',
    summary: 'Open a closed case again, under its number',
    params: caseParams,
    body,
    shows: caseShown,
    async act(call, claim) {
      const { pool } = door.database;
      const { caller, params } = call;
      const row = await findCase(pool, params.caseNumber, caller);
      const { by, happenedAt, reason } = call.body as z.output<typeof body>;
      if (!(await isReopened(pool, claim.updateId))) {
        requireVersion(row, call);
        await requireStaff(pool, by, '/by');
        await refuseIfLate(pool, row);
        const reopened = { entryId: claim.updateId, by, at: new Date().toISOString() };
        const { opening: ended } = await openingOf(pool, row.caseNumber);
        const start = { ...ended, opening: row.opening + 1, reopened };
        const status = statusOf(newRepair({ ...start, caseNumber: row.caseNumber }));
        const p = {
          caseNumber: row.caseNumber,
          opening: row.opening,
          ...reopened,
          happenedAt,
          words: { reason },
          status,
        };
        const { rows } = await pool.query<{ done: boolean }>('SELECT reopen_case($1) AS done', [{ ...p, start }]);
        if (!rows[0]?.done) throw refused({ code: 'case-open', message: 'This case is open: go on with it.' });
        await door.caseClient.tryStart(row.caseNumber, start);
      }
      const after = await findCase(pool, row.caseNumber, caller);
      return { id: row.caseNumber, version: after.version };
    },
    async show({ caller }, { id }) {
      return showCase(await findCase(door.database.pool, id, caller), caller, door.temporalUi);
    },
  });

type Pool = Database['pool'];

async function isReopened(pool: Pool, entryId: string): Promise<boolean> {
  const { rowCount } = await pool.query('SELECT FROM entries WHERE id = $1', [entryId]);
  return rowCount === 1;
}

async function refuseIfLate(pool: Pool, { caseNumber, now }: CaseRow): Promise<void> {
  const { rows } = await pool.query<{ closedAt: Date | null; days: number }>(
    'SELECT case_closed_at($1) AS "closedAt", case_reopen_days($1) AS days',
    [caseNumber],
  );
  const { closedAt, days = 30 } = rows[0] ?? {};
  if (!closedAt) return; // whether it is closed at all is decided under its lock
  const refusal = refuseLateReopening(closedAt.getTime(), days, now.getTime());
  if (refusal) throw refused(refusal);
}
