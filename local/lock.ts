import { linkSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { identify, isAlive, readIdentity, type Identity } from './processes';

/** Held by one living process at a time; what a dead one left behind does not count. */
export type Lock = { release: () => void; holder?: never } | { holder: Identity; release?: never };

/** Takes the lock in `file`, or says who holds it. */
export function takeLock(file: string): Lock {
  mkdirSync(dirname(file), { recursive: true });
  const mine = `${file}.${process.pid}`;
  writeFileSync(mine, JSON.stringify(identify(process.pid)));
  try {
    for (;;) {
      if (placed(mine, file)) return { release: () => rmSync(file, { force: true }) };
      const holder = readIdentity(file);
      if (holder && isAlive(holder)) return { holder };
      clearAway(file);
    }
  } finally {
    rmSync(mine, { force: true });
  }
}

/** A link appears whole or not at all, and only once: writing the file in place would show a half lock to others. */
function placed(mine: string, file: string): boolean {
  try {
    linkSync(mine, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Between reading a dead holder and taking its lock away somebody may have placed a living one: that one goes back. */
function clearAway(file: string): void {
  const aside = `${file}.dead.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  const holder = readIdentity(aside);
  if (holder && isAlive(holder)) placed(aside, file);
  rmSync(aside, { force: true });
}
