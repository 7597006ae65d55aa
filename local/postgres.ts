import {
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { refuseTakenPorts } from './ports';
import { ownerHere, runAs, type Outcome, type Owner } from './postgres-owner';
import { dataOf, placeOfData } from './postgres-place';
import { programsFor, type Programs } from './postgres-programs';
import { identify, isAlive } from './processes';
import { Trouble } from './trouble';

/** Known to everybody, on the loopback address only. */
const password = 'pw';

export interface Postgres {
  /** The server's own database; those of the product are made beside it. */
  url: string;
  isAlive: () => boolean;
}

/**
 * PostgreSQL that belongs to a data folder, not to a process: whoever comes second finds it running, and after a crash it recovers.
 * @throws Trouble when the port is taken, or when PostgreSQL cannot run from here.
 */
export async function postgresIn(dataFolder: string, port: number, say: (line: string) => void): Promise<Postgres> {
  const owner = ownerHere();
  const programs = await programsFor(owner);
  const stop = (data: string) => stopServer(data, programs, owner);
  const folder = await placeOfData(dataFolder, { owner, say, stop });
  const control = (...args: string[]) => runAs(owner, programs.pg_ctl, ['-D', folder, ...args]);

  if (!existsSync(join(folder, 'PG_VERSION')))
    await create(folder, owner, (...args) => runAs(owner, programs.initdb, args));
  const runningOn = await portIfRunning(folder, () => control('status'));
  if (runningOn && runningOn !== port) await stop(folder);
  const url = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
  if (!(await serves(url, folder))) await start(folder, port, url, control);
  const server = identify(postmasterOf(folder).pid);
  return { url, isAlive: () => isAlive(server) };
}

/** Stops the server of this data folder if one runs; its clients are sent away. */
export async function stopPostgresIn(dataFolder: string): Promise<void> {
  const folder = dataOf(dataFolder);
  if (!folder || !existsSync(join(folder, 'postmaster.pid'))) return;
  const owner = ownerHere();
  await stopServer(folder, await programsFor(owner), owner);
}

async function stopServer(folder: string, { pg_ctl }: Programs, owner: Owner): Promise<void> {
  if (existsSync(join(folder, 'postmaster.pid')))
    await runAs(owner, pg_ctl, ['-D', folder, '-m', 'fast', '-w', 'stop']);
}

async function create(folder: string, owner: Owner, initdb: (...args: string[]) => Promise<Outcome>): Promise<void> {
  const half = `${folder}.half`;
  const passwordFile = `${folder}.password`;
  rmSync(half, { recursive: true, force: true });
  mkdirSync(half, { recursive: true, mode: 0o700 });
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (owner.uid !== undefined && owner.gid !== undefined)
    for (const path of [half, passwordFile]) chownSync(path, owner.uid, owner.gid);
  const made = await initdb(
    '-D',
    half,
    '-U',
    'postgres',
    '--auth=scram-sha-256',
    `--pwfile=${passwordFile}`,
    '-E',
    'UTF8',
    '--locale=C.UTF-8',
  );
  rmSync(passwordFile);
  if (made.status !== 0)
    throw new Trouble(
      `PostgreSQL could not make its folder ${folder} (${made.stderr.trim().split('\n').at(-1)}): set AFTERCARE_DATA to a folder that ${owner.uid === undefined ? 'you' : 'the user postgres'} may reach and write to.`,
    );
  // Only a whole folder gets the name that counts: initdb may be killed half-way.
  renameSync(half, folder);
}

async function portIfRunning(folder: string, status: () => Promise<Outcome>): Promise<number | undefined> {
  const file = join(folder, 'postmaster.pid');
  if (!existsSync(file) || (await status()).status !== 0) return undefined;
  return postmasterOf(folder).port;
}

function postmasterOf(folder: string): { pid: number; port: number } {
  const lines = readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n');
  return { pid: Number(lines[0]), port: Number(lines[3]) };
}

async function start(
  folder: string,
  port: number,
  url: string,
  control: (...args: string[]) => Promise<Outcome>,
): Promise<void> {
  await refuseTakenPorts([{ port, purpose: 'PostgreSQL', variable: 'POSTGRES_PORT' }]);
  const log = join(folder, 'server.log');
  const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=200`;
  // After kill -9 the old processes and their shared memory linger for a moment.
  for (let attempt = 1; !(await serves(url, folder)); attempt += 1) {
    if ((await control('-l', log, '-w', '-t', '60', '-o', options, 'start')).status === 0) return;
    if (attempt === 10)
      throw new Trouble(
        `PostgreSQL does not start; its last lines in ${log}:\n${readFileSync(log, 'utf8').split('\n').slice(-6).join('\n')}`,
      );
    await pause(1000);
  }
}

/** Whether the server behind `url` is the one of this folder: pg_ctl alone is fooled by a zombie. */
async function serves(url: string, folder: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 3000, query_timeout: 3000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ data_directory: string }>('show data_directory');
    return realpathSync(rows[0]?.data_directory ?? '') === realpathSync(folder);
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}
