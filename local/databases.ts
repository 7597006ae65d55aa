import { spawn } from 'node:child_process';
import { Client } from 'pg';
import { Trouble } from './trouble';

/** The databases on one PostgreSQL server: the product's own, and the two of the Temporal server beside it. */
export interface Databases {
  product: string;
  temporal: URL;
  visibility: URL;
}

export function databasesOf(productUrl: string): Databases {
  const product = new URL(productUrl);
  const sibling = (suffix: string) => named(product, nameOf(product) + suffix);
  return { product: productUrl, temporal: sibling('_temporal'), visibility: sibling('_temporal_visibility') };
}

const named = (url: URL, database: string): URL => {
  const other = new URL(url);
  other.pathname = `/${encodeURIComponent(database)}`;
  return other;
};

export const nameOf = (url: URL): string => decodeURIComponent(url.pathname.slice(1));

/** Makes the database of this URL if there is none. `fresh` throws away what is there. */
export async function ensureDatabase(url: URL, { fresh }: { fresh: boolean }): Promise<void> {
  await onServerOf(url, async (server) => {
    if (fresh) await drop(server, nameOf(url));
    if (!(await exists(server, nameOf(url)))) await server.query(`create database ${quoted(nameOf(url))}`);
  });
}

/** Brings a database of the Temporal server to the schema that its tool carries; `folder` names it there. */
export async function ensureTemporalSchema(
  tool: string,
  url: URL,
  folder: string,
  { fresh }: { fresh: boolean },
): Promise<void> {
  await onServerOf(url, async (server) => {
    if (fresh) await drop(server, nameOf(url));
    if (!(await exists(server, nameOf(url)))) await create(server, tool, url);
  });
  await run(tool, url, nameOf(url), 'update-schema', '--schema-name', `postgresql/v12/${folder}`);

  async function create(server: Client, sql: string, target: URL): Promise<void> {
    // Built under another name: a database with the right name always has its whole schema, whenever we were killed.
    const half = `${nameOf(target)}_half`;
    await drop(server, half);
    await server.query(`create database ${quoted(half)}`);
    await run(sql, target, half, 'setup-schema', '-v', '0.0');
    await run(sql, target, half, 'update-schema', '--schema-name', `postgresql/v12/${folder}`);
    await execute(named(target, half), 'update schema_version set db_name = $1', [nameOf(target)]);
    await server.query(`alter database ${quoted(half)} rename to ${quoted(nameOf(target))}`);
  }
}

/** A server that was killed leaves its addresses in the list of members; the next one would first try to reach them. */
export const forgetMembers = (url: URL): Promise<void> => execute(url, 'delete from cluster_membership');

async function execute(url: URL, sql: string, values: string[] = []): Promise<void> {
  const client = new Client({ connectionString: url.href });
  await client.connect();
  try {
    await client.query(sql, values);
  } finally {
    await client.end();
  }
}

async function onServerOf(url: URL, work: (server: Client) => Promise<void>): Promise<void> {
  const server = new Client({ connectionString: named(url, 'postgres').href, connectionTimeoutMillis: 10_000 });
  try {
    await server.connect();
  } catch (error) {
    throw new Trouble(
      `PostgreSQL at ${url.host} does not let us in (${(error as Error).message}): start it, or correct DATABASE_URL.`,
    );
  }
  try {
    await work(server);
  } finally {
    await server.end();
  }
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

const exists = async (server: Client, name: string) =>
  (await server.query('select from pg_database where datname = $1', [name])).rowCount === 1;

const drop = (server: Client, name: string) => server.query(`drop database if exists ${quoted(name)} with (force)`);

function run(tool: string, url: URL, database: string, ...command: string[]): Promise<void> {
  const where = [
    '--plugin',
    'postgres12_pgx',
    '--ep',
    url.hostname,
    '-p',
    url.port || '5432',
    '-u',
    decodeURIComponent(url.username),
    '--db',
    database,
  ];
  const child = spawn(tool, [...where, ...command], {
    env: { ...process.env, SQL_PASSWORD: decodeURIComponent(url.password) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0
        ? resolve()
        : reject(new Error(`${command[0]} of the Temporal database ${database} failed:\n${output.slice(-2000)}`)),
    );
  });
}
