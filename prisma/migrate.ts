import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { schemaEngineOn } from './schema-engine';
import { seed } from './seed';
import { aloneWithUnfinished } from './unfinished';

const folder = join(__dirname, 'migrations');
const filters = { externalTables: [], externalEnums: [] };
const lockfile = { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' };

/**
 * Brings the database at `url` up to date; answers the names of the migrations it applied. One that was cut off earlier is first put down as
 * applied if it was, and else as rolled back, so that it is tried again.
 */
export const migrate = (url: string): Promise<string[]> =>
  aloneWithUnfinished(url, async (unfinished) => {
    const engine = await schemaEngineOn(url);
    const migrationsList = migrations();
    for (const { migrationName, committed } of unfinished)
      if (committed) await engine.markMigrationApplied({ migrationName, migrationsList });
      else await engine.markMigrationRolledBack({ migrationName });
    return (await engine.applyMigrations({ migrationsList, filters })).appliedMigrationNames;
  });

/** What would turn the database at `url` into schema.prisma, as a script or in words; nothing if they agree. */
export async function difference(url: string, script: boolean): Promise<string | undefined> {
  const files = [{ path: 'schema.prisma', content: readFileSync(join(__dirname, 'schema.prisma'), 'utf8') }];
  const engine = await schemaEngineOn(url);
  const found = await engine.diff({
    from: { tag: 'schemaDatasource', files, configDir: '.' },
    to: { tag: 'schemaDatamodel', files },
    script,
    exitCode: true,
    filters,
  });
  return found.exitCode === 2 ? (found.stdout ?? '') : undefined;
}

/** Writes the migration that leads from the existing ones to schema.prisma, tried in a scratch database beside that of `url`. */
async function newMigration(url: string, name: string): Promise<string | undefined> {
  const scratch = `scratch_${process.pid}`;
  const scratchUrl = new URL(url);
  scratchUrl.pathname = `/${scratch}`;
  const admin = new Client(url);
  await admin.connect();
  await admin.query(`CREATE DATABASE ${scratch}`);
  try {
    await migrate(scratchUrl.href);
    const script = await difference(scratchUrl.href, true);
    if (!script) return undefined;
    mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, name, 'migration.sql'), script);
    writeFileSync(join(folder, lockfile.path), lockfile.content);
    return join('prisma/migrations', name);
  } finally {
    await admin.query(`DROP DATABASE ${scratch} WITH (FORCE)`);
    await admin.end();
  }
}

function migrations() {
  const names = existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())
    : [];
  return {
    baseDir: folder,
    lockfile,
    shadowDbInitScript: '',
    migrationDirectories: names
      .map(({ name }) => name)
      .sort()
      .map((path) => {
        const value = readFileSync(join(folder, path, 'migration.sql'), 'utf8');
        return { path, migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value } } };
      }),
  };
}

async function main([command, name]: string[], url = process.env.DATABASE_URL): Promise<void> {
  if (!url) throw new Error('DATABASE_URL says which database.');
  switch (command) {
    case 'apply':
      console.log((await migrate(url)).map((applied) => `applied ${applied}`).join('\n') || 'nothing to apply');
      return await seed(url);
    case 'drift': {
      const found = await difference(url, false);
      if (found !== undefined) throw new Error(`The database is not as schema.prisma says:\n${found}`);
      return console.log('no drift');
    }
    case 'new':
      if (!name) throw new Error('A migration has a name: YYYYMMDDhhmmss_what_it_does.');
      return console.log((await newMigration(url, name)) ?? 'nothing has changed');
    default:
      throw new Error('apply | drift | new NAME');
  }
}

if (require.main === module)
  main(process.argv.slice(2)).then(
    () => process.exit(0),
    (error: Error) => {
      console.error(error.message);
      process.exit(1);
    },
  );
