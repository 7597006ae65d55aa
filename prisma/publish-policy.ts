import type { Pool, PoolClient } from 'pg';
import type { Mistake, PolicyFile } from '../domain/policies/policy-file';
import { WrongPolicy } from './check-policy';
import { writePolicy } from './policy-rows';

export type Published = 'published' | 'unchanged';

/**
 * Puts a checked policy file in force, all of it or nothing, for the cases that open from now on; open cases keep the terms they opened
 * with.
 * @returns `unchanged` if exactly this was published under this version before.
 * @throws WrongPolicy
 */
export async function publishPolicy(pool: Pool, file: PolicyFile): Promise<Published> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query(`SELECT pg_advisory_xact_lock(hashtextextended('publish policy', 0))`);
    const verdict = await verdictOn(client, file);
    if (verdict === 'published') await writePolicy(client, file);
    await client.query('COMMIT');
    return verdict;
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}

/** What publishing would answer, by what the database holds now. @throws WrongPolicy */
export async function verdictOn(client: Pool | PoolClient, file: PolicyFile): Promise<Published> {
  const { rows } = await client.query<{ same: boolean | null }>(
    'SELECT file = $2::jsonb AS same FROM policies WHERE version = $1',
    [file.version, JSON.stringify(file)],
  );
  if (rows[0]?.same) return 'unchanged';
  const message = `The version ${file.version} was published with other content: give this file a new one.`;
  const mistakes = [...(rows[0] ? [{ pointer: '/version', message }] : []), ...(await dropped(client, file))];
  if (mistakes.length > 0) throw new WrongPolicy(mistakes);
  return 'published';
}

/** Stores and people that open cases refer to and that the file no longer knows. */
async function dropped(client: Pool | PoolClient, { stores, engineers, staff }: PolicyFile): Promise<Mistake[]> {
  const ids = (items: { id: string }[]) => items.map(({ id }) => id);
  const { rows } = await client.query<{ pointer: string; id: string; cases: string[] }>(
    `WITH needed AS (
       SELECT '/stores' AS pointer, store AS id, case_number FROM cases WHERE ending IS NULL AND store <> ALL($1)
       UNION
       SELECT CASE WHEN e.id IS NULL THEN '/staff' ELSE '/engineers' END, t.holder, t.case_number
       FROM open_tasks t JOIN cases c ON (c.case_number, c.opening) = (t.case_number, t.opening)
         LEFT JOIN engineers e ON e.id = t.holder
       WHERE c.ending IS NULL AND CASE WHEN e.id IS NULL THEN t.holder <> ALL($3) ELSE t.holder <> ALL($2) END
     )
     SELECT pointer, id, array_agg(case_number ORDER BY case_number) AS cases FROM needed GROUP BY pointer, id ORDER BY 1, 2`,
    [ids(stores), ids(engineers), ids(staff)],
  );
  return rows.map(({ pointer, id, cases }) => ({
    pointer,
    message: `${id} is missing, but open cases need it: ${cases.slice(0, 5).join(', ')}${cases.length > 5 ? ` and ${cases.length - 5} more` : ''}.`,
  }));
}
