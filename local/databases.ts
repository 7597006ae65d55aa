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

export const named = (url: URL, database: string): URL => {
  const other = new URL(url);
  other.pathname = `/${encodeURIComponent(database)}`;
  return other;
};

export const nameOf = (url: URL): string => decodeURIComponent(url.pathname.slice(1));

/** `fresh` throws away what is there; `fill` gets the URL of the new, empty database. */
export interface Making {
  fresh: boolean;
  fill: (url: URL) => Promise<void>;
}

/** Makes and fills the database of this URL if there is none. */
export const ensureDatabase = (url: URL, { fresh, fill }: Making): Promise<void> =>
  onServerOf(url, async (server) => {
    if (fresh) await drop(server, nameOf(url));
    if (await exists(server, nameOf(url))) return await fillIfEmpty(url, fill);
    // Filled under another name: whenever we are killed, a database with the right name is whole.
    const half = named(url, `${nameOf(url)}_half`);
    await drop(server, nameOf(half));
    await server.query(`create database ${quoted(nameOf(half))}`);
    await fill(half);
    await server.query(`alter database ${quoted(nameOf(half))} rename to ${quoted(nameOf(url))}`);
  });

/** One that somebody else made for us, because we may not. */
async function fillIfEmpty(url: URL, fill: Making['fill']): Promise<void> {
  let isEmpty = false;
  await connected(url, async (client) => {
    const { rowCount } = await client.query(`select from pg_tables where schemaname = 'public' limit 1`);
    isEmpty = rowCount === 0;
  });
  if (isEmpty) await fill(url);
}

/** @throws Trouble when one of these databases would have to be made, and the role may not make any. */
export const refuseWithoutDatabases = (urls: URL[], fresh: boolean): Promise<void> =>
  onServerOf(urls[0]!, async (server) => {
    const { rows } = await server.query<{ may: boolean; role: string }>(
      'select rolcreatedb or rolsuper as may, rolname as role from pg_roles where rolname = current_user',
    );
    if (rows[0]?.may) return;
    const missing: string[] = [];
    for (const url of urls) if (fresh || !(await exists(server, nameOf(url)))) missing.push(nameOf(url));
    if (missing.length === 0) return;
    const role = rows[0]?.role ?? 'of DATABASE_URL';
    throw new Trouble(
      `The role ${role} may not make databases at ${urls[0]!.host}: let it (ALTER ROLE ${quoted(role)} CREATEDB)${
        fresh
          ? '; tests make and drop their own'
          : `, or make these for it: ${missing.map((name) => `CREATE DATABASE ${quoted(name)} OWNER ${quoted(role)}`).join('; ')}`
      }.`,
    );
  });

/** Brings a database of the Temporal server to the schema that its tool carries; `folder` names it there. */
export async function ensureTemporalSchema(tool: string, url: URL, folder: string, fresh: boolean): Promise<void> {
  const update = (database: URL) => run(tool, database, 'update-schema', '--schema-name', `postgresql/v12/${folder}`);
  const fill = async (half: URL) => {
    await run(tool, half, 'setup-schema', '-v', '0.0');
    await update(half);
    await execute(half, 'update schema_version set db_name = $1', [nameOf(url)]);
  };
  await ensureDatabase(url, { fresh, fill });
  await update(url);
}

/** A server that was killed leaves its addresses in the list of members; the next one would first try to reach them. */
export const forgetMembers = (url: URL): Promise<void> => execute(url, 'delete from cluster_membership');

const execute = (url: URL, sql: string, values: string[] = []): Promise<void> =>
  connected(url, async (client) => void (await client.query(sql, values)));

const onServerOf = (url: URL, work: (server: Client) => Promise<void>): Promise<void> =>
  connected(named(url, 'postgres'), work);

async function connected(url: URL, work: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({ connectionString: url.href, connectionTimeoutMillis: 10_000 });
  // A connection that breaks between two queries would end this process; the next query says so in time.
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    throw new Trouble(
      `PostgreSQL at ${url.host} does not let us in (${(error as Error).message}): start it, or correct DATABASE_URL.`,
    );
  }
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

const exists = async (server: Client, name: string) =>
  (await server.query('select from pg_database where datname = $1', [name])).rowCount === 1;

const drop = (server: Client, name: string) => server.query(`drop database if exists ${quoted(name)} with (force)`);

function run(tool: string, url: URL, ...command: string[]): Promise<void> {
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
    nameOf(url),
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
        : reject(new Error(`${command[0]} of the Temporal database ${nameOf(url)} failed:\n${output.slice(-2000)}`)),
    );
  });
}
