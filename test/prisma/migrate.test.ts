import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';

/** Every migration there is, once. */
const all = readdirSync(join(__dirname, '../../prisma/migrations'))
  .filter((name) => /^\d/.test(name))
  .sort()
  .map((name) => `${name.replace(/^\d+_/, '')}: applied`);

let admin: Client;
let url: string;
let holder: Client;

/** An empty database in which we hold what a migration's script takes first: it is written down as begun, and waits. */
beforeEach(async () => {
  const name = `test_${randomBytes(6).toString('hex')}`;
  admin = await connectedTo(process.env.DATABASE_URL ?? '');
  await admin.query(`CREATE DATABASE ${name}`);
  const address = new URL(process.env.DATABASE_URL ?? '');
  address.pathname = `/${name}`;
  url = address.href;
  holder = await connectedTo(url);
  await holder.query('SELECT pg_advisory_lock(729, 2)');
});

afterEach(async () => {
  await holder.end();
  await admin.query(`DROP DATABASE ${new URL(url).pathname.slice(1)} WITH (FORCE)`);
  await admin.end();
});

test('a migration that was killed together with its transaction is applied by the next try', async () => {
  const first = apply();
  await waitingScript();
  first.child.kill('SIGKILL');
  await first.ended;
  await holder.query('SELECT pg_terminate_backend($1)', [await waitingScript()]);
  await letScriptsRun();

  expect(await apply().ended).toBe(0);
  expect(await states()).toEqual(['tables: given up', ...all]);
});

test('a migration that was committed after its sender was killed is not applied twice', async () => {
  const first = apply();
  await waitingScript();
  first.child.kill('SIGKILL');
  await first.ended;
  await letScriptsRun();

  expect(await apply().ended).toBe(0);
  expect((await states()).filter((state) => state.endsWith('applied'))).toEqual(all);
});

test('two that bring one database up to date at once do it once', async () => {
  const [one, other] = [apply(), apply()];
  await waitingScript();
  await letScriptsRun();

  expect([await one.ended, await other.ended]).toEqual([0, 0]);
  expect(await states()).toEqual(all);
});

function apply(): { child: ChildProcess; ended: Promise<number | null> } {
  const child = spawn(process.execPath, ['--import', 'tsx', 'prisma/migrate.ts', 'apply'], {
    cwd: join(__dirname, '../..'),
    env: { ...process.env, DATABASE_URL: url },
    stdio: 'ignore',
  });
  return { child, ended: new Promise((resolve) => child.once('close', resolve)) };
}

/** The server process of the script that waits for us. */
async function waitingScript(): Promise<number> {
  for (;;) {
    const { rows } = await holder.query<{ pid: number }>(
      `SELECT pid FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event = 'advisory' AND query LIKE '%CREATE TABLE%'`,
    );
    if (rows[0]) return rows[0].pid;
    await pause(50);
  }
}

const letScriptsRun = () => holder.query('SELECT pg_advisory_unlock(729, 2)');

async function states(): Promise<string[]> {
  const { rows } = await holder.query<{ state: string }>(
    `SELECT regexp_replace(migration_name, '^\\d+_', '')
            || CASE WHEN rolled_back_at IS NOT NULL THEN ': given up' WHEN finished_at IS NULL THEN ': begun' ELSE ': applied' END AS state
       FROM _prisma_migrations ORDER BY started_at`,
  );
  return rows.map(({ state }) => state);
}

async function connectedTo(database: string): Promise<Client> {
  const client = new Client(database);
  await client.connect();
  return client;
}
