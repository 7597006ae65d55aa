import { z } from 'zod';
import type { Door } from '../door';
import { may } from '../http/authentication';
import { cursorOf, listOf, microseconds, pageOf, paging, placeOf } from '../http/page';
import { read } from '../http/route';
import { findCase } from './find-case';
import { maskedEmail, maskedPhone, maskedText } from './masked';
import { caseParams } from './schema';
import { messageShown } from './shown';

interface Row {
  id: string;
  direction: 'outbound' | 'inbound';
  place: string;
  at: Date;
  caseTime: Date | null;
  channel: string;
  from: string | null;
  to: string | null;
  text: string | null;
  language: string | null;
  state: string;
  template: string | null;
  matter: string | null;
  choice: string | null;
  day: string | null;
  errorCode: string | null;
  deferredUntil: Date | null;
  attempts: { n: number; state: string; submittedAt: string; errorCode: string | null; twin: boolean }[];
}

/**
 * Both directions, by the wall clock: what came in has no other. STOP and START belong to a number; the timeline says which cases heard.
 */
const messages = `
  SELECT id::text, 'outbound' AS direction, (extract(epoch FROM created_at) * 1000000)::bigint AS place, created_at AS at, at AS "caseTime",
    channel, sender AS "from", recipient AS "to", body AS text, language, state, template, matter, NULL AS choice, NULL AS day, error_code AS "errorCode",
    deferred_until AS "deferredUntil",
    (SELECT coalesce(jsonb_agg(jsonb_build_object('n', n, 'state', a.state, 'submittedAt', submitted_at, 'errorCode', a.error_code, 'twin', a.twin) ORDER BY n), '[]')
     FROM attempts a WHERE a.message_id = m.id) AS attempts
  FROM messages m WHERE case_number = $1
  UNION ALL
  SELECT sid, 'inbound', (extract(epoch FROM received_at) * 1000000)::bigint, received_at, NULL,
    CASE source WHEN 'page' THEN 'page' ELSE 'sms' END, sender, recipient, body, NULL, kind, NULL, NULL, choice, day::text, NULL, NULL, '[]'
  FROM inbound_messages WHERE case_number = $1
    OR sid IN (SELECT facts->>'replyId' FROM timeline WHERE case_number = $1 AND note IN ('opted-out', 'opted-in') AND NOT superseded)`;

export const readMessages = ({ database }: Door) =>
  read({
    method: 'get',
    path: '/v1/cases/{caseNumber}/messages',
    scope: 'cases:read',
    tag: 'cases',
    summary: 'What was said to the customer, and what came back',
    params: caseParams,
    query: z.strictObject(paging),
    shows: listOf(messageShown),
    async show({ params, query, caller }) {
      await findCase(database.pool, params.caseNumber, caller);
      const [place, id] = placeOf(query.cursor, z.tuple([microseconds, z.string().max(40)])) ?? ['0', ''];
      const { rows } = await database.pool.query<Row>(
        `SELECT * FROM (${messages}) AS said WHERE (place, id) > ($2::bigint, $3) ORDER BY place, id LIMIT $4`,
        [params.caseNumber, place, id, query.limit + 1],
      );
      const personal = may(caller, 'cases:personal');
      return {
        body: pageOf(
          rows,
          query.limit,
          (row) => present(personal ? row : masked(row)),
          (row) => cursorOf(row.place, row.id),
        ),
      };
    },
  });

const present = ({ place: _place, ...message }: Row): z.input<typeof messageShown> => ({
  ...message,
  at: message.at.toISOString(),
  caseTime: message.caseTime?.toISOString() ?? null,
  deferredUntil: message.deferredUntil?.toISOString() ?? null,
  attempts: message.attempts.map((attempt) => ({
    ...attempt,
    submittedAt: new Date(attempt.submittedAt).toISOString(),
  })),
});

function masked(row: Row): Row {
  return {
    ...row,
    from: row.direction === 'inbound' ? address(row.from) : row.from,
    to: row.direction === 'outbound' ? address(row.to) : row.to,
    text: maskedText(row.text),
  };
}

const address = (value: string | null) => (value?.includes('@') ? maskedEmail(value) : maskedPhone(value));
