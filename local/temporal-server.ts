import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { searchAttributes } from '../workflows/search-attributes';
import { nameOf, type Databases } from './databases';
import { temporalPorts } from './ports';
import type { Program } from './processes';

/** Here only: in production no case's time is ever moved, and the caches may be slow. */
const dynamicConfig = {
  'frontend.WorkflowTimeSkippingEnabled': true,
  'system.namespaceCacheRefreshInterval': '1s',
  'matching.numTaskqueueReadPartitions': 1,
  'matching.numTaskqueueWritePartitions': 1,
};

/** The Temporal server on PostgreSQL, configured by the same variables as its official image. */
export function temporalServer(binary: string, databases: Databases, firstPort: number, dataFolder: string): Program {
  const folder = join(dataFolder, 'temporal');
  const config = join(folder, 'dynamic-config.yaml');
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    config,
    Object.entries(dynamicConfig)
      .map(([key, value]) => `${key}: [{ value: ${JSON.stringify(value)} }]\n`)
      .join(''),
  );
  const { temporal, visibility } = databases;
  const ports = Object.entries(temporalPorts(firstPort)).map(([name, port]) => [name, String(port)]);
  return {
    name: 'temporal',
    command: binary,
    args: ['--allow-no-auth', 'start'],
    cwd: folder,
    env: {
      ...process.env,
      ...Object.fromEntries(ports),
      DB: 'postgres12_pgx',
      DB_PORT: temporal.port || '5432',
      POSTGRES_SEEDS: temporal.hostname,
      POSTGRES_USER: decodeURIComponent(temporal.username),
      POSTGRES_PWD: decodeURIComponent(temporal.password),
      DBNAME: nameOf(temporal),
      VISIBILITY_DBNAME: nameOf(visibility),
      BIND_ON_IP: '127.0.0.1',
      TEMPORAL_BROADCAST_ADDRESS: '127.0.0.1',
      NUM_HISTORY_SHARDS: '4',
      LOG_LEVEL: 'warn',
      DYNAMIC_CONFIG_FILE_PATH: config,
    },
  };
}

/** The `temporal` a machine already has, with its own store in the data folder and its own UI. */
export function temporalFromPath(
  namespace: string,
  port: number,
  uiPort: number,
  store: { dataFolder: string; fresh: boolean },
): Program {
  const folder = join(store.dataFolder, 'temporal');
  if (store.fresh) rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const config = Object.entries(dynamicConfig).flatMap(([key, value]) => [
    '--dynamic-config-value',
    `${key}=${JSON.stringify(value)}`,
  ]);
  const attributes = Object.values(searchAttributes).flatMap(({ name, type }) => [
    '--search-attribute',
    `${name}=${spelled[type]}`,
  ]);
  return {
    name: 'temporal',
    command: 'temporal',
    args: [
      ...[
        'server',
        'start-dev',
        '--ip',
        '127.0.0.1',
        '--port',
        String(port),
        '--ui-port',
        String(uiPort),
        '--log-level',
        'warn',
      ],
      ...['--db-filename', join(folder, 'temporal.db'), '--namespace', namespace, ...attributes, ...config],
    ],
    cwd: folder,
    env: process.env,
  };
}

/** The types of our search attributes as the command line spells them. */
const spelled = { KEYWORD: 'Keyword', BOOL: 'Bool' } as const;
