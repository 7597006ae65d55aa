import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { checkPolicy } from '../prisma/check-policy';
import { openDatabase, type Database } from '../prisma/database';
import { publishPolicy, verdictOn } from '../prisma/publish-policy';
import { listPolicies, showPolicy } from '../prisma/read-policies';
import { readRun } from './run-file';
import { readSettings } from './settings';

/** `npm run policy`: what the business promises is published here, with its stores, people, numbers and calendars. */
const policy = new Command('policy').description('Publish, check, list and show policies.').showHelpAfterError();

policy
  .command('publish <file>')
  .description('put a policy file in force for the cases that open from now on')
  .action(async (path: string) => {
    const file = checkPolicy(readJson(path), today());
    await inDatabase(databaseUrl(), async ({ pool }) => {
      if ((await publishPolicy(pool, file)) === 'unchanged') console.log(publishedBefore(file));
      else console.log(`${file.version} is in force. Open cases keep their terms.`);
    });
  });

policy
  .command('check <file>')
  .description('say what publishing would say, and change nothing')
  .action(async (path: string) => {
    const file = checkPolicy(readJson(path), today());
    const url = knownDatabase();
    if (!url) return console.log(`${file.version} is sound. No database is known: open cases were not looked at.`);
    await inDatabase(url, async ({ pool }) => {
      if ((await verdictOn(pool, file)) === 'unchanged') console.log(publishedBefore(file));
      else console.log(`${file.version} is sound and can be published.`);
    });
  });

policy
  .command('list')
  .description('show all versions, the one in force first')
  .action(async () => inDatabase(databaseUrl(), async ({ pool }) => console.table(await listPolicies(pool))));

policy
  .command('show <version>')
  .description('print one version as it was published')
  .action(async (version: string) =>
    inDatabase(databaseUrl(), async ({ pool }) => {
      const found = await showPolicy(pool, version);
      if (found === undefined) throw new Error(`There is no version ${version}.`);
      console.log(JSON.stringify(found, null, 2));
    }),
  );

function readJson(path: string): unknown {
  const text = readFileSync(path, 'utf8');
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${path} is not JSON: ${(error as Error).message}`);
  }
}

const publishedBefore = ({ version }: { version: string }) =>
  `${version} was published before, exactly like this: nothing changes.`;

const today = () => new Date().toISOString().slice(0, 10);

async function inDatabase(url: string, work: (database: Database) => Promise<void>): Promise<void> {
  const database = openDatabase(url, { connections: 1 });
  try {
    await work(database);
  } finally {
    await database.close();
  }
}

/** One's own database, or that of the running `npm start`. */
function knownDatabase(): string | undefined {
  const settings = readSettings();
  return settings.databaseUrl ?? readRun(settings.dataFolder)?.databaseUrl;
}

function databaseUrl(): string {
  const url = knownDatabase();
  if (!url) throw new Error('Set DATABASE_URL, or start the product with `npm start` first.');
  return url;
}

policy.parseAsync().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
