import { randomBytes } from 'node:crypto';
import {
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { openGround } from './postgres-ground';
import { mayReach, type Owner } from './postgres-owner';
import { Trouble } from './trouble';

/**
 * The folder of PostgreSQL's data if a data folder has one already. It is `postgres` in the data folder, or what a link of that name leads to:
 * a place that says to which data folder it belongs. A data folder that was moved takes its place along; a copy of one has none.
 */
export function dataOf(dataFolder: string): string | undefined {
  const path = linkIn(dataFolder);
  const data = linkedFrom(dataFolder);
  if (!data) return existsSync(path) ? path : undefined;
  const [here, belongsTo] = [realpathSync(dataFolder), belongingOf(data)];
  if (belongsTo === here) return data;
  if (!belongsTo || linkedFrom(belongsTo) === data) return undefined;
  writeFileSync(noteIn(dirname(data)), `${here}\n`);
  return data;
}

export interface Making {
  owner: Owner;
  say: (line: string) => void;
  stop: (data: string) => Promise<void>;
}

/**
 * Where the data of a data folder is or shall be: in it, or in a place of its own where its user may not enter the data folder.
 * @throws Trouble when there is data that this user may not enter.
 */
export async function placeOfData(dataFolder: string, making: Making): Promise<string> {
  const { owner } = making;
  const data = dataOf(dataFolder);
  if (!data) return (await mayReach(owner, dataFolder)) ? beside(dataFolder, making) : await apart(dataFolder, making);
  if (await mayReach(owner, existsSync(data) ? data : dirname(data))) return data;
  throw new Trouble(
    `The databases are in ${data}, and ${owner.uid === undefined ? 'you may' : 'the user postgres, as whom PostgreSQL runs here, may'} not enter it: allow it, or start as the user who started before.`,
  );
}

function beside(dataFolder: string, { say }: Making): string {
  unlink(dataFolder, say);
  return linkIn(dataFolder);
}

/** A new place has a new name: whoever removed the data folder does not meet the old cases again. */
async function apart(dataFolder: string, { owner, say, stop }: Making): Promise<string> {
  unlink(dataFolder, say);
  const ground = await openGround(owner);
  const here = realpathSync(dataFolder);
  for (const data of placesIn(ground)) {
    if (belongingOf(data) !== here) continue;
    await stop(data);
    rmSync(dirname(data), { recursive: true });
  }
  const place = join(ground, randomBytes(6).toString('hex'));
  mkdirSync(place, { mode: 0o700 });
  writeFileSync(noteIn(place), `${here}\n`);
  if (owner.uid !== undefined && owner.gid !== undefined) chownSync(place, owner.uid, owner.gid);
  symlinkSync(join(place, 'postgres'), linkIn(dataFolder));
  say(`PostgreSQL runs as the user postgres, who may not enter ${dataFolder}: its data is in ${place}.`);
  return join(place, 'postgres');
}

/** A link that leads nowhere, or to the place of the folder this one was copied from. */
function unlink(dataFolder: string, say: (line: string) => void): void {
  const data = linkedFrom(dataFolder);
  if (!data) return;
  say(
    `The databases in ${data} ${belongingOf(data) ? `belong to ${belongingOf(data)}` : 'are gone'}: beginning with empty ones.`,
  );
  rmSync(linkIn(dataFolder));
}

const linkIn = (dataFolder: string) => join(dataFolder, 'postgres');

const noteIn = (place: string) => join(place, 'belongs-to');

const placesIn = (ground: string) => readdirSync(ground).map((name) => join(ground, name, 'postgres'));

function linkedFrom(dataFolder: string): string | undefined {
  const found = lstatSync(linkIn(dataFolder), { throwIfNoEntry: false });
  return found?.isSymbolicLink() ? readlinkSync(linkIn(dataFolder)) : undefined;
}

function belongingOf(data: string): string | undefined {
  try {
    return readFileSync(noteIn(dirname(data)), 'utf8').trimEnd();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Trouble(`The databases are in ${data}, and you may not enter it: start as the user who started before.`);
  }
}
