import type { z } from 'zod';
import { may } from '../http/authentication';
import type { Caller } from '../keys';
import { hidden } from './masked';
import type { noteShown } from './shown';

export interface NoteRow {
  id: string;
  xact: string;
  caseNumber: string;
  opening: number;
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
