import type { Message } from '../domain/messages/message';
import { wholeTerms } from '../domain/policies/whole-terms';
import type { Database } from '../prisma/database';
import { typedWords } from './typed-words';
import type { MessageFacts } from './message-facts';
import type { Wording } from './wording';

/** It was begun: what is handed over now, word for word. */
export interface Submitting {
  state: 'submitting';
  id: string;
  attempt: number;
  recipient: string;
  sender: string;
  body: string;
  saidAt: string;
  leftAt: string;
  twoWay: boolean;
}

/** The answer of `message_begins`. */
export type Begun =
  | Submitting
  | { state: 'accepted' | 'sent' | 'delivered'; id: string; saidAt: string; leftAt: string; twoWay: boolean }
  | { state: 'failed' | 'undelivered' | 'suppressed' | 'stuck'; reason: string | null }
  | { state: 'deferred' | 'unknown' | 'unreachable' | 'cancelled' | 'outdated' | 'other-facts' };

/** What a message shows of its attempts. `planned`: it surely did not leave, and may be begun again. */
export type ShownState = Begun['state'] | 'planned';
export type AttemptState = 'planned' | 'deferred' | 'unknown' | 'accepted' | 'failed' | 'suppressed';

/** The messages' tables, as the one who hands them over needs them: one statement each. */
export function messageRecords(database: Database) {
  const { pool } = database;
  async function one<T>(sql: string, values: unknown[]): Promise<T> {
    const { rows } = await pool.query<{ answer: T | null }>(sql, values);
    if (rows[0]?.answer == null) throw new Error('The case or the message is not in the database.');
    return rows[0].answer;
  }

  return {
    async factsOf(message: Message): Promise<MessageFacts> {
      const facts = await one<Omit<MessageFacts, 'typed'>>(
        `SELECT message_facts($1, $2) || jsonb_build_object('calendar', case_calendar($1)) AS answer`,
        [message.caseNumber, message.key],
      );
      const typed = await typedWords(database, message, facts.language);
      return { ...facts, typed, terms: wholeTerms(facts.terms) };
    },

    /** Whether this customer has not been told the same today, by another message. */
    maySayToday: ({ caseNumber, template, key, at }: Message) =>
      one<boolean>('SELECT may_say_today($1, $2, $3, $4) AS answer', [caseNumber, template, key, at]),

    /** Decides whether it may leave by this channel now and, if so, commits that it does. */
    begin: (message: Message, wording: Wording) =>
      one<Begun>('SELECT message_begins($1) AS answer', [{ ...message, ...wording }]),

    /** Answers the state of the message, which may be further than this: receipts come in any order. */
    advance: (
      { id, attempt }: Submitting,
      state: AttemptState,
      { sid, error }: { sid?: string; error?: string } = {},
    ) =>
      one<ShownState>('SELECT advance($1, $2, $3, $4, $5) AS answer', [id, attempt, state, sid ?? null, error ?? null]),
  };
}
