import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Pool } from 'pg';
import { callerOf, createKey, scopes } from '../api/keys';

/** The API key shown at the start: made once for a data folder, and again only when the database no longer knows it. */
export async function demoKey(dataFolder: string, databaseUrl: string): Promise<string> {
  const file = join(dataFolder, 'demo-key');
  const known = existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
  const database = new Pool({ connectionString: databaseUrl, max: 1 });
  try {
    if (await callerOf(database, known)) return known;
    const key = await createKey(database, { name: 'demo', scopes: [...scopes] });
    writeFileSync(file, `${key}\n`, { mode: 0o600 });
    return key;
  } finally {
    await database.end();
  }
}
