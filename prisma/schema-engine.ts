import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import type { SchemaEngine } from '@prisma/schema-engine-wasm' with { 'resolution-mode': 'import' };
import { scriptOpening } from './unfinished';

type Adapter = Awaited<ReturnType<PrismaPg['connect']>>;
type Wasm = Record<string, unknown>;
interface EngineModule {
  __wbg_set_wasm(exports: Wasm): void;
  SchemaEngine: {
    readonly new: (options: { datamodels: undefined }, log: () => void, adapter: unknown) => Promise<SchemaEngine>;
  };
}

/** Prisma's own schema engine as it comes in a package: nothing is downloaded (docs/decisions/0004). */
export async function schemaEngineOn(url: string): Promise<SchemaEngine> {
  const engine = await (loaded ??= load());
  const factory = new PrismaPg({ connectionString: url });
  const connect = factory.connect.bind(factory);
  factory.connect = async () => withWholeScripts(readingChars(await connect()));
  factory.connectToShadowDb = () => Promise.reject(new Error('Its shadow database is the live one: not used.'));
  return await engine.SchemaEngine.new(
    { datamodels: undefined },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(factory),
  );
}

/** Node has it; the library of types has it only with a browser's. */
const { WebAssembly } = globalThis as unknown as {
  WebAssembly: {
    Module: new (code: Buffer) => object;
    Instance: new (module: object, imports: object) => { exports: Wasm };
  };
};

let loaded: Promise<EngineModule> | undefined; // once a process: a second instance breaks the first

async function load(): Promise<EngineModule> {
  const folder = dirname(require.resolve('@prisma/schema-engine-wasm'));
  const glue = (await import(pathToFileURL(join(folder, 'schema_engine_bg.js')).href)) as EngineModule;
  const module = new WebAssembly.Module(readFileSync(join(folder, 'schema_engine_bg.wasm')));
  const { exports } = new WebAssembly.Instance(module, { './schema_engine_bg.js': glue });
  glue.__wbg_set_wasm(exports);
  (exports.__wbindgen_start as () => void)();
  const onPanic = (message: string) => {
    throw new Error(message);
  };
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: onPanic } });
  return glue;
}

/** The adapter cuts a script at every semicolon, also inside a function; sent whole, it is one transaction besides. */
function withWholeScripts(adapter: Adapter): Adapter {
  adapter.executeScript = async (script) => {
    try {
      await adapter.underlyingDriver().query(scriptOpening + script);
    } catch (error) {
      console.error((error as Error).message); // the engine keeps only that there was one
      throw error;
    }
  };
  return adapter;
}

const charOid = 18;
const textOid = 25;

/** The adapter refuses the catalogue type "char", which the engine reads when it looks at a database. */
function readingChars(adapter: Adapter): Adapter {
  const pool = adapter.underlyingDriver();
  const queryRaw = adapter.queryRaw;
  adapter.queryRaw = async (sql) => {
    const chars: number[] = [];
    const query = async (config: never) => {
      const result = (await pool.query(config)) as unknown as { fields: { dataTypeID: number }[] };
      result.fields.forEach((field, i) => {
        if (field.dataTypeID !== charOid) return;
        field.dataTypeID = textOid;
        chars.push(i);
      });
      return result;
    };
    const set = await queryRaw.call(Object.create(adapter, { client: { value: { query } } }) as Adapter, sql);
    for (const i of chars) set.columnTypes[i] = ColumnTypeEnum.Character;
    return set;
  };
  return adapter;
}
