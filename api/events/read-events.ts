import { z } from 'zod';
import { presentNote, selectDeskNotes, selectNotes, type NoteRow } from '../cases/notes';
import { noteShown } from '../cases/shown';
import type { Door } from '../door';
import { cursorOf, paging, placeOf, rowId } from '../http/page';
import { read } from '../http/route';

/**
 * The timelines of all cases as one feed. A row is shown once no older transaction is still open, and the feed is sorted by
 * transaction: so a reader that goes on from `nextCursor` misses nothing that was committed late.
 */
export const readEvents = ({ database }: Door) =>
  read({
    method: 'get',
    path: '/v1/events',
    scope: 'cases:read',
    tag: 'events',
    summary: 'What happened in all cases, as a feed',
    description:
      'Go on with `after` = `nextCursor`, also when there was nothing new. Nothing is skipped; rows of one step come together.',
    query: z.strictObject({ limit: paging.limit, after: paging.cursor }),
    shows: z.object({ items: z.array(noteShown), nextCursor: z.string() }),
    async show({ query, caller }) {
      const after = placeOf(query.after, z.tuple([rowId, rowId]), 'after') ?? ['0', '0'];
      const { rows } = await database.pool.query<NoteRow>(
        `(${selectNotes} AND ${fresh} ORDER BY t.xact, t.id LIMIT $4)
         UNION ALL (${selectDeskNotes} WHERE ${fresh} ORDER BY t.xact, t.id LIMIT $4)
         ORDER BY xact, id LIMIT $4`,
        [...after, caller.stores ?? null, query.limit],
      );
      const last = rows.at(-1);
      return {
        body: {
          items: rows.map(presentNote(caller)),
          nextCursor: last ? cursorOf(last.xact, last.id) : (query.after ?? cursorOf('0', '0')),
        },
      };
    },
  });

/** No transaction writes into both: a place in the feed is one row. */
const fresh = `(t.xact, t.id) > ($1::bigint, $2::bigint)
  AND t.xact < pg_snapshot_xmin(pg_current_snapshot())::text::bigint AND ($3::text[] IS NULL OR c.store = ANY($3))`;
