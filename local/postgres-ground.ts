import { chmodSync, lstatSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mayReach, type Owner } from './postgres-owner';
import { Trouble } from './trouble';

/** Tried in this order. Only root comes here, so that the first is nearly always the one. */
const candidates = ['/var/lib/aftercare', '/var/tmp/aftercare', join(tmpdir(), 'aftercare')];

/**
 * A folder that every user may enter and only we may write to, for what cannot be kept in the project or the data folder.
 * @throws Trouble where there is none.
 */
export async function openGround(owner: Owner): Promise<string> {
  for (const folder of candidates) if (isOurs(folder) && (await mayReach(owner, folder))) return folder;
  throw new Trouble(
    `The user postgres, as whom PostgreSQL runs when root starts it, may not enter this folder, and none of ${candidates.join(', ')} could be made for it: run as an ordinary user, or set DATABASE_URL.`,
  );
}

/** Under /tmp a stranger may have made it before us, or a link by its name: what others may change is not trusted. */
function isOurs(folder: string): boolean {
  try {
    mkdirSync(folder);
    chmodSync(folder, 0o755);
  } catch {
    // It is there, or cannot be made.
  }
  const found = lstatSync(folder, { throwIfNoEntry: false });
  return found?.isDirectory() === true && found.uid === process.getuid?.() && (found.mode & 0o022) === 0;
}
