import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { seed } from '../prisma/seed';
import { named, nameOf } from './databases';
import { takeLock } from './lock';
import { freeRow } from './ports';
import { environmentFor, migration } from './programs';
import { endLeftover, remember } from './processes';
import { readSettings, root, type Settings } from './settings';
import { bringUp, takeDown } from './stack';
import { show, Trouble } from './trouble';
import { wishToStop } from './wish-to-stop';

interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

/** What Jest writes with --json, as far as it is counted here. */
interface Results {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  numRuntimeErrorTestSuites: number;
}

/** `npm test`: every test on a PostgreSQL and a Temporal server of their own, beside whatever else runs. */
async function test(parameters: string[], stop: AbortController): Promise<Tally> {
  const settings = await settingsForTests();
  const { release, holder } = takeLock(join(settings.dataFolder, 'test.lock'));
  if (!release)
    throw new Trouble(
      `Tests are already running in ${settings.dataFolder} (process ${holder.pid}): wait for them, or set AFTERCARE_DATA.`,
    );
  const site = { settings, say: console.log, stopping: stop.signal };
  try {
    await endLeftover(settings.dataFolder, 'jest');
    const { databaseUrl } = await bringUp(site, {
      ui: false,
      fresh: true,
      migrate: migration(stop.signal),
      prepare: seed,
    });
    return await runJest(parameters, environmentFor(settings, databaseUrl), settings.dataFolder, stop.signal);
  } finally {
    stop.abort();
    await takeDown(site, ['jest']);
    release();
  }
}

/** Ports that are free now, a folder of its own, and never the database or namespace that the product runs on. */
async function settingsForTests(): Promise<Settings> {
  const settings = readSettings();
  const first = await freeRow(17_250, 11);
  return {
    ...settings,
    dataFolder: join(settings.dataFolder, 'test'),
    namespace: `${settings.namespace}-test`,
    databaseUrl: settings.databaseUrl && testDatabase(new URL(settings.databaseUrl)),
    ports: { ...settings.ports, temporal: first, postgres: first + 9, temporalUi: first + 10 },
  };
}

const testDatabase = (url: URL): string => named(url, `${nameOf(url)}_test`).href;

async function runJest(
  parameters: string[],
  env: NodeJS.ProcessEnv,
  dataFolder: string,
  stopping: AbortSignal,
): Promise<Tally> {
  const file = join(dataFolder, 'results.json');
  rmSync(file, { force: true });
  const jest = spawn(
    process.execPath,
    [require.resolve('jest/bin/jest'), '--json', `--outputFile=${file}`, ...parameters],
    {
      cwd: root,
      env,
      stdio: 'inherit',
      detached: true,
      signal: stopping,
    },
  );
  remember(dataFolder, 'jest', jest);
  const code = await new Promise<number>((resolve) => {
    jest.on('error', () => resolve(1));
    jest.on('close', (status) => resolve(status ?? 1));
  });
  const tally = existsSync(file) ? count(JSON.parse(readFileSync(file, 'utf8')) as Results) : nothingRan;
  // Jest fails for other reasons too: a threshold, a set-up, an open handle.
  return code !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
}

/** A file that does not even load is one failure. */
const count = (results: Results): Tally => ({
  passed: results.numPassedTests,
  failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
  skipped: results.numPendingTests + results.numTodoTests,
});

const nothingRan: Tally = { passed: 0, failed: 0, skipped: 0 };

void test(process.argv.slice(2), wishToStop())
  .catch((error) => {
    show(error);
    return { ...nothingRan, failed: 1 };
  })
  .then(({ passed, failed, skipped }) => {
    console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
    process.exit(failed > 0 ? 1 : 0);
  });
