import { mkdirSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import {
  databasesOf,
  ensureDatabase,
  ensureTemporalSchema,
  forgetMembers,
  refuseWithoutDatabases,
  type Databases,
} from './databases';
import { answersAt, keepRunning } from './keeper';
import { refuseTakenPorts, temporalClaims } from './ports';
import { postgresIn, stopPostgresIn, type Postgres } from './postgres';
import { endLeftover } from './processes';
import type { Settings } from './settings';
import type { Site } from './site';
import { temporalBinary, temporalOnPath } from './temporal-binaries';
import { ensureNamespace, temporalAnswers } from './temporal-namespace';
import { temporalFromPath, temporalServer } from './temporal-server';
import { temporalUi } from './temporal-ui';
import { show } from './trouble';

/** What the product stands on: a database, a Temporal server with its namespace, and its UI. */
export interface Stack {
  databaseUrl: string;
  temporal: Temporal;
}

interface Temporal {
  address: string;
  /** Empty where nobody asked for a UI. */
  uiUrl: string;
}

export interface Wishes {
  ui: boolean;
  /** Begin with empty databases. */
  fresh: boolean;
  migrate: (databaseUrl: string) => Promise<void>;
  /** What needs the migrated database only, and runs while Temporal is still starting. */
  prepare: (databaseUrl: string) => Promise<void>;
}

/**
 * Brings the stack up from whatever state its folder is in: never started, stopped, or left by a crash.
 * @throws Trouble when something is missing or in the way; what runs by then is left to `takeDown`.
 */
export async function bringUp(site: Site, wishes: Wishes): Promise<Stack> {
  const { settings } = site;
  mkdirSync(settings.dataFolder, { recursive: true });
  const databases = databasesOf(settings.databaseUrl ?? (await ourPostgres(site)));
  if (settings.databaseUrl) await refuseWithoutDatabases(neededOf(databases, settings), wishes.fresh);
  const [temporal] = await Promise.all([
    readyTemporal(site, databases, wishes),
    readyProduct(databases.product, wishes),
  ]);
  return { databaseUrl: databases.product, temporal };
}

function neededOf({ product, temporal, visibility }: Databases, { temporalAddress }: Settings): URL[] {
  return [new URL(product), ...(temporalAddress || temporalOnPath() ? [] : [temporal, visibility])];
}

/** Ends what runs in this data folder, whoever started it: `first` in this order, then the stack, PostgreSQL last. */
export async function takeDown({ settings }: Site, first: string[] = []): Promise<void> {
  for (const name of [...first, 'temporal-ui', 'temporal']) await endLeftover(settings.dataFolder, name);
  if (!settings.databaseUrl) await stopPostgresIn(settings.dataFolder);
}

async function ourPostgres(site: Site): Promise<string> {
  const { dataFolder, ports } = site.settings;
  const open = () => postgresIn(dataFolder, ports.postgres, site.say);
  const postgres = await open();
  void keepPostgres(site, postgres, open);
  const url = new URL(postgres.url);
  url.pathname = '/aftercare';
  return url.href;
}

/** PostgreSQL is nobody's child, so nobody is told when it dies. */
async function keepPostgres({ say, stopping }: Site, first: Postgres, open: () => Promise<Postgres>): Promise<void> {
  for (let postgres = first; !stopping.aborted;) {
    await pause(1000, undefined, { signal: stopping }).catch(() => undefined);
    if (stopping.aborted || postgres.isAlive()) continue;
    say('PostgreSQL ended by itself; it starts again.');
    postgres = await open().catch((error) => (show(error), postgres));
  }
}

async function readyProduct(databaseUrl: string, { fresh, migrate, prepare }: Wishes): Promise<void> {
  await ensureDatabase(new URL(databaseUrl), { fresh, fill: ({ href }) => migrate(href) });
  await migrate(databaseUrl);
  await prepare(databaseUrl);
}

async function readyTemporal(site: Site, databases: Databases, wishes: Wishes): Promise<Temporal> {
  const { temporalAddress, temporalUiUrl, namespace } = site.settings;
  const own = temporalAddress ? undefined : await ourTemporal(site, databases, wishes);
  const address = temporalAddress ?? own?.address ?? '';
  const [uiUrl] = await Promise.all([
    temporalUiUrl ?? own?.uiUrl ?? (wishes.ui ? ourUi(site, address) : ''),
    ensureNamespace(address, namespace, site.stopping),
  ]);
  return { address, uiUrl };
}

async function ourTemporal(
  site: Site,
  databases: Databases,
  wishes: Wishes,
): Promise<{ address: string; uiUrl?: string }> {
  const { dataFolder, ports, namespace } = site.settings;
  await endLeftover(dataFolder, 'temporal');
  await refuseTakenPorts(temporalClaims(ports.temporal));
  const address = `127.0.0.1:${ports.temporal}`;
  if (temporalOnPath()) {
    const program = temporalFromPath(namespace, ports.temporal, ports.temporalUi, { dataFolder, fresh: wishes.fresh });
    await keepRunning(site, program, () => temporalAnswers(address));
    return { address, uiUrl: `http://127.0.0.1:${ports.temporalUi}` };
  }
  const [server, tool] = [await temporalBinary('server', site), await temporalBinary('sql', site)];
  const { temporal, visibility } = databases;
  await Promise.all([
    ensureTemporalSchema(tool, temporal, 'temporal', wishes.fresh),
    ensureTemporalSchema(tool, visibility, 'visibility', wishes.fresh),
  ]);
  await forgetMembers(temporal);
  await keepRunning(site, temporalServer(server, databases, ports.temporal, dataFolder), () =>
    temporalAnswers(address),
  );
  return { address };
}

async function ourUi(site: Site, address: string): Promise<string> {
  const { dataFolder, ports, namespace } = site.settings;
  const url = `http://127.0.0.1:${ports.temporalUi}`;
  await endLeftover(dataFolder, 'temporal-ui');
  await refuseTakenPorts([{ port: ports.temporalUi, purpose: 'the Temporal UI', variable: 'TEMPORAL_UI_PORT' }]);
  const binary = await temporalBinary('ui', site);
  await keepRunning(site, temporalUi(binary, address, namespace, ports.temporalUi, dataFolder), answersAt(url));
  return url;
}
