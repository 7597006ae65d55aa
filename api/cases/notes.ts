import type { z } from 'zod';
import { may } from '../http/authentication';
import type { Caller } from '../keys';
import { hidden } from './masked';
import type { noteShown } from './shown';

export interface NoteRow {
  id: string;
  xact: string;
  caseNumber: string | null;
  opening: number | null;
  at: Date;
  writtenAt: Date;
  note: string;
  facts: { [name: string]: unknown };
  entryId: string | null;
  by: string | null;
  happenedAt: Date | null;
  words: { [name: string]: unknown } | null;
}

/** Notes that stand, with the entry that each rests on; what a later attempt took back is left out. */
export const selectNotes = `
  SELECT t.id, t.xact, t.case_number AS "caseNumber", t.opening, t.at, t.written_at AS "writtenAt", t.note, t.facts, t.entry_id AS "entryId",
    e.by, e.happened_at AS "happenedAt", e.words
  FROM timeline t JOIN cases c ON c.case_number = t.case_number LEFT JOIN entries e ON e.id = t.entry_id
  WHERE NOT t.superseded`;

/** What happened to tasks of the desk's own, by wall time; `facts.task` says to which. */
export const selectDeskNotes = `
  SELECT t.id, t.xact, d.case_number AS "caseNumber", NULL::int AS opening, t.at, t.at AS "writtenAt", t.note,
    t.facts || jsonb_build_object('task', 'desk~' || d.id) AS facts, NULL AS "entryId", t.by, NULL::timestamptz AS "happenedAt", NULL::jsonb AS words
  FROM desk_task_notes t JOIN desk_tasks d ON d.id = t.task_id LEFT JOIN cases c ON c.case_number = d.case_number`;

export const presentNote =
  (caller: Caller) =>
  ({ xact: _xact, ...note }: NoteRow): z.input<typeof noteShown> => ({
    ...note,
    at: note.at.toISOString(),
    writtenAt: note.writtenAt.toISOString(),
    happenedAt: note.happenedAt?.toISOString() ?? null,
    words: note.words && may(caller, 'cases:personal') ? note.words : masked(note.words),
  });

const masked = (words: NoteRow['words']) =>
  words && Object.fromEntries(Object.keys(words).map((name) => [name, hidden]));
