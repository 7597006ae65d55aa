import type { Calendar } from '../../domain/calendar/holidays';
import { dayOnOffer } from '../../domain/messages/days-on-offer';
import { understand, wordsOf, type Inbound } from '../../domain/messages/understand';
import { wholeTerms, type StoredTerms } from '../../domain/policies/whole-terms';
import type { Database } from '../../prisma/database';

/** What was made of a text: closed values, no words. */
export interface Received {
  kind: 'answer' | 'which' | 'note' | 'stop' | 'start' | 'unknown-number' | 'own-number' | 'repeated';
  caseNumber?: string | null;
  choice?: string | null;
  /** The desk has a task about it, since no story will hear it. */
  desk: boolean;
}

/** Stores a text and what it says, once, wherever it was found: told by the carrier, or read in its list. */
export async function receiveText({ pool }: Database, text: Inbound, source: 'webhook' | 'poll'): Promise<Received> {
  const { sid, from, to, at } = text;
  const said = understand(text.body);
  const reading = Object.keys(said).length > 0 ? said : { days: await daysSaid(pool, text) };
  const { rows } = await pool.query<{ received: Received }>('SELECT receive_inbound($1) AS received', [
    { sid, from, to, at, body: wordsOf(text), source, reading },
  ]);
  return rows[0]!.received;
}

interface Asked {
  id: string;
  terms: StoredTerms;
  calendar: Calendar;
  /** How far the time of its case is ahead. */
  aheadMs: number;
}

/**
 * The day that a text names, by question that takes one: "today" is that of the store of its case, in the case's time, when the text
 * came in, however late it is found.
 */
async function daysSaid(
  pool: Database['pool'],
  { from, to, body, at }: Inbound,
): Promise<{ [question: string]: string }> {
  const { rows } = await pool.query<Asked>(
    `SELECT q.message_id AS id, c.terms, case_calendar(c.case_number) AS calendar,
       round(extract(epoch FROM case_now(c.case_number) - now()) * 1000)::float AS "aheadMs"
     FROM open_questions q JOIN cases c USING (case_number)
     WHERE q.sender = $1 AND q.number = $2 AND q.choices @> '[{"choice": "day"}]'`,
    [to, from],
  );
  const cameAt = Math.min(at ? Date.parse(at) : Infinity, Date.now());
  return Object.fromEntries(
    rows.flatMap(({ id, terms, calendar, aheadMs }) => {
      const day = dayOnOffer(body, new Date(cameAt + aheadMs).toISOString(), { terms: wholeTerms(terms), calendar });
      return day ? [[id, day]] : [];
    }),
  );
}
