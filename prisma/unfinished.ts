import { Client } from 'pg';

/** Advisory locks: one for whoever brings the database up to date, one for the script that is running. */
const migrating = '729, 1';
const applying = '729, 2';

/**
 * What each script begins with. The row that Prisma wrote for the migration then says 'committed' if and only if the script was: that is how a
 * migration that was cut off before its row was finished is told from one that was undone.
 */
export const scriptOpening = `
DO $$ BEGIN
  PERFORM pg_advisory_xact_lock(${applying});
  UPDATE _prisma_migrations SET logs = 'committed' WHERE finished_at IS NULL AND rolled_back_at IS NULL;
  IF NOT FOUND THEN RAISE EXCEPTION 'This migration was given up in the meantime.'; END IF;
END $$;
`;

export interface Unfinished {
  migrationName: string;
  committed: boolean;
}

/**
 * Calls `work`, alone on this database, with the migrations that somebody began and did not finish, because they failed or he was killed. None of
 * their scripts is running any more.
 */
export async function aloneWithUnfinished<T>(url: string, work: (unfinished: Unfinished[]) => Promise<T>): Promise<T> {
  const client = new Client(url);
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query(`SELECT pg_advisory_lock(${migrating})`);
    if ((await unfinished(client)).length === 0) return await work([]);
    // The server goes on with a script whose sender was killed.
    await client.query(`SELECT pg_advisory_lock(${applying}), pg_advisory_unlock(${applying})`);
    return await work(await unfinished(client));
  } finally {
    await client.end();
  }
}

async function unfinished(client: Client): Promise<Unfinished[]> {
  const { rows } = await client.query<{ exists: boolean }>(
    `SELECT to_regclass('_prisma_migrations') IS NOT NULL AS exists`,
  );
  if (!rows[0]?.exists) return [];
  const found = await client.query<Unfinished>(
    `SELECT migration_name AS "migrationName", coalesce(logs = 'committed', false) AS committed
       FROM _prisma_migrations WHERE finished_at IS NULL AND rolled_back_at IS NULL ORDER BY started_at`,
  );
  return found.rows;
}
