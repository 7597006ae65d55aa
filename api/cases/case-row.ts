import type { Database } from '../../prisma/database';

type Pool = Database['pool'];

/** One case as PostgreSQL knows it. */
export interface CaseRow {
  caseNumber: string;
  kind: string;
  status: string;
  ending: string | null;
  waitingFor: string;
  opening: number;
  openedAt: Date;
  /** `openedAt` in microseconds since 1970, as the lists are sorted. */
  place: string;
  now: Date;
  timeZone: string;
  nextDueAt: Date | null;
  priority: string;
  escalated: boolean;
  store: string;
  channel: string;
  externalReference: string | null;
  shortCode: string;
  /** For the product that was received last. */
  pickupCode: string | null;
  version: string;
  actionsNow: string[];
  terms: { policyVersion: string; articles: string[] } | null;
  name: string | null;
  phone: string | null;
  email: string | null;
  language: string;
  customerTimeZone: string | null;
  address: string | null;
  consentSms: boolean;
  consentMail: boolean;
  channels: string[];
  category: string | null;
  model: string | null;
  serial: string | null;
  boughtOn: string | null;
  fault: string | null;
  wish: string | null;
  promises: OpenPromiseRow[];
}

/** As JSON: its instants are text. */
export interface OpenPromiseRow {
  id: string;
  kind: string;
  matter: string;
  keeper: string;
  madeAt: string;
  dueAt: string;
  because: string[];
  provisional: boolean;
  opening: number;
}

const select = `
  SELECT c.case_number AS "caseNumber", c.kind, c.status, c.ending, c.waiting_for AS "waitingFor", c.opening,
    c.opened_at AS "openedAt", (extract(epoch FROM c.opened_at) * 1000000)::bigint AS place, case_now(c.case_number) AS now, s.time_zone AS "timeZone",
    c.next_due_at AS "nextDueAt", c.priority, c.escalated, c.store, c.channel, c.external_reference AS "externalReference",
    c.short_code AS "shortCode", pickup_code(c.case_number) AS "pickupCode", c.version,
    CASE WHEN case_closed_at(c.case_number) + case_reopen_days(c.case_number) * interval '1 day' < case_now(c.case_number)
      THEN array_remove(c.actions_now, 'reopen-case') ELSE c.actions_now END AS "actionsNow",
    CASE WHEN c.terms IS NOT NULL THEN
      jsonb_build_object('policyVersion', c.terms->'version', 'articles', c.terms->'articles') END AS terms,
    d.name, d.phone, d.email, coalesce(d.language, 'zh-CN') AS language, d.time_zone AS "customerTimeZone", d.address,
    coalesce(d.consent_sms, false) AS "consentSms", coalesce(d.consent_email, false) AS "consentMail", coalesce(d.channels, '{}') AS channels,
    d.category, d.model, d.serial, to_char(d.bought_on, 'YYYY-MM-DD') AS "boughtOn", d.fault, d.wish,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('id', p.promise, 'kind', p.kind, 'matter', p.matter, 'keeper', p.keeper,
       'madeAt', p.made_at, 'dueAt', p.due_at, 'because', p.because, 'provisional', p.provisional, 'opening', p.opening) ORDER BY p.due_at, p.id), '[]')
     FROM promises_now p WHERE p.case_number = c.case_number AND p.outcome IS NULL) AS promises
  FROM cases c JOIN stores s ON s.id = c.store LEFT JOIN case_details d ON d.case_number = c.case_number`;

/** Conditions on a case `c` and its details `d`, with `?` for each value. */
export type Condition = [sql: string, ...values: unknown[]];

/** Only what a key's stores allow; without a list, all. */
export const inStores = (stores: string[] | undefined): Condition[] => (stores ? [['c.store = ANY(?)', stores]] : []);

export async function caseRows(pool: Pool, conditions: Condition[], rest = ''): Promise<CaseRow[]> {
  const { sql, values } = where(conditions);
  const { rows } = await pool.query<CaseRow>(`${select} ${sql} ${rest}`, values);
  return rows;
}

export function where(conditions: Condition[]): { sql: string; values: unknown[] } {
  const values: unknown[] = [];
  const parts = conditions.map(([sql, ...given]) => {
    values.push(...given);
    let n = values.length - given.length;
    return sql.replaceAll('?', () => `$${(n += 1)}`);
  });
  return { sql: parts.length > 0 ? `WHERE ${parts.join(' AND ')}` : '', values };
}
