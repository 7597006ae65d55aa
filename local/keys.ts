import { Command, InvalidArgumentError, Option } from 'commander';
import { createKey, listKeys, revokeKey, rotateKey, scopes, type Scope } from '../api/keys';
import { openDatabase, type Database } from '../prisma/database';
import { readRun } from './run-file';
import { readSettings } from './settings';

/** `npm run keys`: API keys are made here, and shown once. */
const keys = new Command('keys').description('Create, list, rotate and revoke API keys.').showHelpAfterError();

/** In hours: whoever has not changed his key by then will not. */
const aYear = 8760;

const several = (value: string, before: string[] = []): string[] => [...before, value];

interface CreateOptions {
  name: string;
  scope: Scope[];
  store?: string[];
  expires?: Date;
}

keys
  .command('create')
  .description('make a key; it can be read this once')
  .requiredOption('--name <name>', 'whose key it is')
  .addOption(new Option('--scope <scope...>', 'what it may do').choices(scopes).makeOptionMandatory())
  .option('--store <id>', 'good for this store only; may be repeated', several)
  .option('--expires <instant>', 'until when, for example 2027-01-01', toFuture)
  .action(async ({ name, scope, store, expires }: CreateOptions) =>
    inDatabase(async ({ pool }) => {
      const wanted = { name, scopes: scope, ...(store && { stores: store }), ...(expires && { expiresAt: expires }) };
      console.log(await createKey(pool, wanted));
    }),
  );

keys
  .command('list')
  .description('show all keys, without their secrets')
  .action(async () => inDatabase(async ({ pool }) => console.table(await listKeys(pool))));

keys
  .command('rotate <id>')
  .description('make a second key with the same rights; both are good for a while')
  .option('--overlap-hours <n>', 'how long the old one stays good', toHours, 24)
  .action(async (id: string, { overlapHours }: { overlapHours: number }) =>
    inDatabase(async ({ pool }) => console.log(await rotateKey(pool, id, overlapHours))),
  );

keys
  .command('revoke <id>')
  .description('end a key at once')
  .action(async (id: string) =>
    inDatabase(async ({ pool }) => {
      if (!(await revokeKey(pool, id))) throw new Error(`No valid key has the id ${id}.`);
      console.log(`The key ${id} is revoked.`);
    }),
  );

function toFuture(text: string): Date {
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) throw new InvalidArgumentError('That is no date.');
  if (date.getTime() <= Date.now()) throw new InvalidArgumentError('That has passed: such a key would open nothing.');
  return date;
}

function toHours(text: string): number {
  const hours = Number(text);
  if (text.trim() === '' || !(hours >= 0 && hours <= aYear))
    throw new InvalidArgumentError(`That is not 0 to ${aYear} hours.`);
  return hours;
}

async function inDatabase(work: (database: Database) => Promise<void>): Promise<void> {
  const database = openDatabase(databaseUrl(), { connections: 1 });
  try {
    await work(database);
  } finally {
    await database.close();
  }
}

/** One's own database, or that of the running `npm start`. */
function databaseUrl(): string {
  const settings = readSettings();
  if (settings.databaseUrl) return settings.databaseUrl;
  const run = readRun(settings.dataFolder);
  if (!run) throw new Error('Set DATABASE_URL, or start the product with `npm start` first.');
  return run.databaseUrl;
}

keys.parseAsync().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
