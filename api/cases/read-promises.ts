import type { Door } from '../door';
import { cursorOf, listOf, pageOf, paging, placeOf, rowId } from '../http/page';
import { read } from '../http/route';
import { z } from 'zod';
import { findCase } from './find-case';
import { caseParams } from './schema';
import { promiseShown } from './shown';

interface Row {
  row: string;
  id: string;
  kind: string;
  matter: string;
  keeper: string;
  madeAt: Date;
  dueAt: Date;
  because: string[];
  provisional: boolean;
  outcome: 'kept' | 'kept-late' | 'moved' | 'cancelled' | 'escalated' | null;
  reason: string | null;
  lateSeconds: number | null;
  settledAt: Date | null;
  opening: number;
}

/** Everything that was promised in a case, with what became of it. */
export const readPromises = ({ database }: Door) =>
  read({
    method: 'get',
    path: '/v1/cases/{caseNumber}/promises',
    scope: 'cases:read',
    tag: 'cases',
    summary: 'The promises of a case, in the order in which they were made',
    params: caseParams,
    query: z.strictObject(paging),
    shows: listOf(promiseShown),
    async show({ params, query, caller }) {
      await findCase(database.pool, params.caseNumber, caller);
      const after = placeOf(query.cursor, z.tuple([rowId]));
      const { rows } = await database.pool.query<Row>(
        `SELECT id AS row, promise AS id, kind, matter, keeper, made_at AS "madeAt", due_at AS "dueAt", because, provisional, outcome, reason,
                late_seconds AS "lateSeconds", settled_at AS "settledAt", opening
         FROM promises_now p WHERE case_number = $1 AND id > $2 ORDER BY p.id LIMIT $3`,
        [params.caseNumber, after?.[0] ?? 0, query.limit + 1],
      );
      return { body: pageOf(rows, query.limit, present, ({ row }) => cursorOf(row)) };
    },
  });

const present = ({ row: _row, ...promise }: Row): z.input<typeof promiseShown> => ({
  ...promise,
  madeAt: promise.madeAt.toISOString(),
  dueAt: promise.dueAt.toISOString(),
  settledAt: promise.settledAt?.toISOString() ?? null,
});
