import { z } from 'zod';
import type { Door } from '../door';
import { cursorOf, listOf, pageOf, paging, placeOf, rowId } from '../http/page';
import { read } from '../http/route';
import { findCase } from './find-case';
import { presentNote, selectNotes, type NoteRow } from './notes';
import { caseParams } from './schema';
import { noteShown } from './shown';

export const readTimeline = ({ database }: Door) =>
  read({
    method: 'get',
    path: '/v1/cases/{caseNumber}/timeline',
    scope: 'cases:read',
    tag: 'cases',
    summary: 'What happened in a case, in order',
    params: caseParams,
    query: z.strictObject(paging),
    shows: listOf(noteShown),
    async show({ params, query, caller }) {
      await findCase(database.pool, params.caseNumber, caller);
      const after = placeOf(query.cursor, z.tuple([rowId]));
      const { rows } = await database.pool.query<NoteRow>(
        `${selectNotes} AND t.case_number = $1 AND t.id > $2 ORDER BY t.id LIMIT $3`,
        [params.caseNumber, after?.[0] ?? 0, query.limit + 1],
      );
      return { body: pageOf(rows, query.limit, presentNote(caller), ({ id }) => cursorOf(id)) };
    },
  });
