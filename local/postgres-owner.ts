import { spawn, spawnSync } from 'node:child_process';
import { Trouble } from './trouble';

/** Another user than ours, where PostgreSQL would refuse to run as ours. */
export interface Owner {
  uid?: number;
  gid?: number;
}

const waysToMakeUser = [
  ['useradd', '--system', '--user-group', '--no-create-home', 'postgres'],
  ['adduser', '--system', '--group', '--no-create-home', 'postgres'],
] as const;

/** PostgreSQL does not run as root: then it runs as the user postgres, who is made if there is none. */
export function ownerHere(): Owner {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string) => spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' });
  const isThere = () => id('-u').status === 0;
  for (const [command, ...args] of waysToMakeUser) if (!isThere()) spawnSync(command, args);
  if (!isThere())
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

/** Whether this user may enter the folder, all those above it included. */
export const mayReach = async (owner: Owner, folder: string): Promise<boolean> =>
  (await runAs(owner, 'sh', ['-c', 'test -x "$0"', folder])).status === 0;
