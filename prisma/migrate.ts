import { readFileSync, readdirSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import type { SchemaEngine } from '@prisma/schema-engine-wasm' with { 'resolution-mode': 'import' };
import { Client } from 'pg';

const filters = { externalTables: [], externalEnums: [] };
const dir = join(__dirname, 'migrations');
const files = () => [{ path: 'schema.prisma', content: readFileSync(join(__dirname, 'schema.prisma'), 'utf8') }];
const list = () => ({
  baseDir: dir, lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' }, shadowDbInitScript: '',
  migrationDirectories: (existsSync(dir) ? readdirSync(dir, { withFileTypes: true }) : []).filter((e) => e.isDirectory()).map((e) => e.name).sort()
    .map((name) => ({ path: name, migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value: readFileSync(join(dir, name, 'migration.sql'), 'utf8') } } })),
});

/** adapter-pg 7.10 refuses the catalogue type "char" (oid 18), which the engine reads when it looks at a database. */
async function adapterThatReadsChar(factory: PrismaPg, connect: () => ReturnType<PrismaPg['connect']>) {
  const adapter = await connect();
  const pool = adapter.underlyingDriver();
  const queryRaw = adapter.queryRaw;
  adapter.queryRaw = async (sql) => {
    const chars: number[] = [];
    const query = async (config: never) => {
      const result = (await pool.query(config)) as unknown as { fields: { dataTypeID: number }[] };
      result.fields.forEach((field, i) => { if (field.dataTypeID === 18) { field.dataTypeID = 25; chars.push(i); } });
      return result;
    };
    const set = await queryRaw.call(Object.create(adapter, { client: { value: { query } } }), sql);
    for (const i of chars) set.columnTypes[i] = ColumnTypeEnum.Character;
    return set;
  };
  return adapter;
}

let loaded: Promise<{ SchemaEngine: any }> | undefined; // once: a second instance breaks the first
async function load() {
  const base = dirname(require.resolve('@prisma/schema-engine-wasm'));
  const bg = await import(pathToFileURL(join(base, 'schema_engine_bg.js')).href);
  const wasm = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(join(base, 'schema_engine_bg.wasm'))), { './schema_engine_bg.js': bg });
  bg.__wbg_set_wasm(wasm.exports);
  (wasm.exports.__wbindgen_start as () => void)();
  (globalThis as Record<string, unknown>).PRISMA_WASM_PANIC_REGISTRY = { set_message: (m: string) => { throw new Error(m); } };
  return bg;
}
async function engineOn(url: string): Promise<SchemaEngine> {
  const bg = await (loaded ??= load());
  const factory = new PrismaPg({ connectionString: url });
  const connect = factory.connect.bind(factory);
  factory.connect = () => adapterThatReadsChar(factory, connect);
  factory.connectToShadowDb = () => Promise.reject(new Error('its shadow database is the live one: not used'));
  return bg.SchemaEngine.new({ datamodels: undefined }, () => {}, bindMigrationAwareSqlAdapterFactory(factory));
}
export const migrate = async (url: string) => (await (await engineOn(url)).applyMigrations({ migrationsList: list(), filters })).appliedMigrationNames;
/** What would turn the database at `url` into schema.prisma: a script, or words. */
export async function difference(url: string, script: boolean) {
  const d = await (await engineOn(url)).diff({ from: { tag: 'schemaDatasource', files: files(), configDir: '.' }, to: { tag: 'schemaDatamodel', files: files() }, script, exitCode: true, filters });
  return d.exitCode === 2 ? d.stdout : undefined;
}
export async function newMigration(url: string, name: string) {
  const scratch = new URL(url); scratch.pathname = `/scratch_${process.pid}`;
  const admin = new Client(url); await admin.connect();
  await admin.query(`CREATE DATABASE scratch_${process.pid}`);
  try { await migrate(scratch.href); const sql = await difference(scratch.href, true);
    if (sql) { mkdirSync(join(dir, name), { recursive: true }); writeFileSync(join(dir, name, 'migration.sql'), sql); writeFileSync(join(dir, 'migration_lock.toml'), list().lockfile.content); }
    return sql;
  } finally { await admin.query(`DROP DATABASE scratch_${process.pid} WITH (FORCE)`); await admin.end(); }
}
if (require.main === module) (async () => {
  const [, , cmd, name] = process.argv, url = process.env.DATABASE_URL!, t = Date.now();
  console.log(cmd === 'apply' ? await migrate(url) : cmd === 'drift' ? await difference(url, false) : await newMigration(url, name!), cmd, Date.now() - t, 'ms');
  process.exit(0);
})().catch((e) => { console.error('FAILED', e.message); process.exit(1); });
