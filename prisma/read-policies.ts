import type { Pool } from 'pg';

export interface ListedPolicy {
  version: string;
  publishedAt: string;
  /** Whether cases that open now take it. */
  inForce: boolean;
  openCases: number;
}

/** All versions, the latest first, with how many open cases keep them. Wall time, ISO in UTC. */
export async function listPolicies(pool: Pool): Promise<ListedPolicy[]> {
  const { rows } = await pool.query<Omit<ListedPolicy, 'publishedAt'> & { publishedAt: Date }>(
    `SELECT p.version, p.published_at AS "publishedAt",
       p.version = (SELECT version FROM policies WHERE published_at <= now() ORDER BY published_at DESC, version DESC LIMIT 1)
         AS "inForce",
       (SELECT count(*)::int FROM cases c WHERE c.terms->>'version' = p.version AND c.ending IS NULL) AS "openCases"
     FROM policies p ORDER BY p.published_at DESC, p.version DESC`,
  );
  return rows.map((row) => ({ ...row, publishedAt: row.publishedAt.toISOString() }));
}

/** One version: the file as published, or the bare policy of a version that came without one. */
export async function showPolicy(pool: Pool, version: string): Promise<unknown> {
  const { rows } = await pool.query<{ shown: unknown }>(
    `SELECT coalesce(file, content) AS shown FROM policies WHERE version = $1`,
    [version],
  );
  return rows[0]?.shown;
}
