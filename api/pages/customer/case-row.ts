import type { Calendar } from '../../../domain/calendar/holidays';
import type { Language } from '../../../domain/policies/terms';
import type { StoredTerms } from '../../../domain/policies/whole-terms';
import type { Database } from '../../../prisma/database';

/** Who we are, and the number to call. */
export interface Shop {
  brand: Record<Language, string>;
  phone: string;
}

/** What a customer may see of his case. Instants inside lists are ISO text. */
export interface CaseRow extends Shop {
  caseNumber: string;
  shortCode: string;
  ending: string | null;
  waitingFor: string;
  now: Date;
  storeZone: string;
  /** Null before the first step of the case. */
  terms: StoredTerms | null;
  calendar: Calendar;
  zone: string;
  language: Language;
  category: string | null;
  model: string | null;
  hasPhone: boolean;
  promises: { kind: string; madeAt: string; dueAt: string; provisional: boolean }[];
  texts: { channel: string; at: string; body: string }[];
  questions: QuestionRow[];
}

export interface QuestionRow {
  id: string;
  template: string;
  choices: { choice: string }[];
  body: string | null;
  isOpen: boolean;
  /** The latest answer, whichever way it came. Wall time. */
  answer: { choice: string; day: string | null; at: string } | null;
}

type Pool = Database['pool'];

/** As the policy in force says: for pages that know of no case. */
export async function readShop(pool: Pool): Promise<Shop> {
  const { rows } = await pool.query<Shop>(
    `SELECT content->'brand' AS brand, content->>'phone' AS phone FROM policies ORDER BY published_at DESC LIMIT 1`,
  );
  return rows[0] ?? { brand: { 'zh-CN': '', en: '' }, phone: '' };
}

const select = `
  SELECT c.case_number AS "caseNumber", c.short_code AS "shortCode", c.ending, c.waiting_for AS "waitingFor", case_now(c.case_number) AS now,
    coalesce(c.terms->'brand', p.content->'brand') AS brand, coalesce(c.terms->>'phone', p.content->>'phone') AS phone,
    s.time_zone AS "storeZone", c.terms, case_calendar(c.case_number) AS calendar, coalesce(d.time_zone, s.time_zone) AS zone, d.language, d.category, d.model, d.phone IS NOT NULL AS "hasPhone",
    (SELECT coalesce(jsonb_agg(jsonb_build_object('kind', o.kind, 'madeAt', o.made_at, 'dueAt', o.due_at, 'provisional', o.provisional) ORDER BY o.due_at, o.id), '[]')
     FROM promises_now o WHERE o.case_number = c.case_number AND o.outcome IS NULL) AS promises,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('channel', m.channel, 'at', m.at, 'body', m.body) ORDER BY m.at DESC, m.created_at DESC), '[]')
     FROM messages m WHERE m.case_number = c.case_number AND m.body IS NOT NULL AND m.state IN ('accepted', 'sent', 'delivered')) AS texts,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('id', q.message_id, 'template', q.template, 'choices', q.choices, 'body', m.body,
         'isOpen', q.closed_at IS NULL AND NOT EXISTS (SELECT FROM questions l JOIN messages n ON n.id = l.message_id
           WHERE n.message_key = m.message_key AND l.closed_at IS NULL AND l.opened_at > q.opened_at),
         'answer', a.answer) ORDER BY q.opened_at), '[]')
     FROM questions q JOIN messages m ON m.id = q.message_id
     LEFT JOIN LATERAL (SELECT jsonb_build_object('choice', i.choice, 'day', i.day, 'at', i.received_at) AS answer FROM inbound_messages i
       WHERE i.message_id IN (SELECT n.id FROM messages n WHERE n.message_key = m.message_key) AND i.kind = 'answer' ORDER BY i.received_at DESC LIMIT 1) a ON true
     WHERE q.case_number = c.case_number) AS questions
  FROM cases c JOIN stores s ON s.id = c.store JOIN case_details d ON d.case_number = c.case_number
  LEFT JOIN LATERAL (SELECT content FROM policies ORDER BY published_at DESC LIMIT 1) p ON true`;

export async function readCase(pool: Pool, caseNumber: string): Promise<CaseRow | undefined> {
  const { rows } = await pool.query<CaseRow>(`${select} WHERE c.case_number = $1`, [caseNumber]);
  return rows[0];
}

/** The case of a link that is good, whoever looks. */
export async function caseOfLink(pool: Pool, tokenHash: string) {
  const { rows } = await pool.query<{ caseNumber: string; purpose: string }>(
    'SELECT case_number AS "caseNumber", purpose FROM open_links WHERE token_hash = $1',
    [tokenHash],
  );
  return rows[0];
}
