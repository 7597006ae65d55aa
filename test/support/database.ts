import { randomBytes } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { seed } from '../../prisma/seed';

const migrations = join(__dirname, '../../prisma/migrations');

/** A database of one's own, with everything that migrations and seed put there. */
export async function newDatabase(): Promise<string> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asAdmin(`CREATE DATABASE ${name}`);
  const url = new URL(process.env.DATABASE_URL ?? '');
  url.pathname = `/${name}`;
  const client = new Client(url.href);
  await client.connect();
  const names = readdirSync(migrations).filter((entry) => /^\d/.test(entry));
  for (const one of names.sort()) await client.query(readFileSync(join(migrations, one, 'migration.sql'), 'utf8'));
  await client.end();
  await seed(url.href);
  return url.href;
}

export const dropDatabase = (url: string): Promise<void> =>
  asAdmin(`DROP DATABASE IF EXISTS ${new URL(url).pathname.slice(1)} WITH (FORCE)`);

async function asAdmin(statement: string): Promise<void> {
  const admin = new Client(process.env.DATABASE_URL);
  await admin.connect();
  try {
    await admin.query(statement);
  } finally {
    await admin.end();
  }
}
