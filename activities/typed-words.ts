import type { Message } from '../domain/messages/message';
import type { Language } from '../domain/policies/terms';
import type { Database } from '../prisma/database';

/**
 * The words that people typed for the places of a text, by place; empty where there is none (any more). They stand in our database
 * alone and are looked up when the text is handed over.
 */
export async function typedWords(
  { pool }: Database,
  { caseNumber, typed = {} }: Pick<Message, 'caseNumber' | 'typed'>,
  language: Language,
): Promise<Record<string, string>> {
  if (Object.keys(typed).length === 0) return {};
  const { rows } = await pool.query<{ place: string; said: string | null }>(
    `SELECT t.key AS place, coalesce(e.name->>$3, n.words->>(t.value->>'word'), CASE t.value->>'detail' WHEN 'address' THEN d.address END) AS said FROM jsonb_each($2) t
     LEFT JOIN engineers e ON e.id = t.value->>'engineer'
     LEFT JOIN entries n ON n.id = t.value->>'entry' AND n.case_number = $1
     LEFT JOIN case_details d ON d.case_number = $1`,
    [caseNumber, JSON.stringify(typed), language],
  );
  return Object.fromEntries(rows.map(({ place, said }) => [place, said ?? '']));
}
