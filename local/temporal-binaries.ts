import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { takeLock } from './lock';
import type { Site } from './site';
import { Trouble } from './trouble';

/** Versions that work together and with Go 1.26; change both at once, the folder bears the server's. */
const serverVersion = '1.32.1';
const uiVersion = '2.55.0';

const builds = {
  server: {
    folder: 'server',
    file: 'server',
    module: `go.temporal.io/server/cmd/server@v${serverVersion}`,
    takes: 'about five minutes',
  },
  sql: {
    folder: 'server',
    file: 'sql',
    module: `go.temporal.io/server/cmd/tools/sql@v${serverVersion}`,
    takes: 'some seconds',
  },
  ui: {
    folder: 'ui',
    file: 'server',
    module: `github.com/temporalio/ui-server/v2/cmd/server@v${uiVersion}`,
    takes: 'some seconds',
  },
};

export type Binary = keyof typeof builds;

/**
 * The path of a Temporal program, built by Go into the cache if it is not there yet. Whoever builds is alone; others wait for the result.
 * @throws Trouble without Go, or when the build fails.
 */
export async function temporalBinary(name: Binary, site: Site): Promise<string> {
  const { folder, file } = builds[name];
  const cache = join(site.settings.cacheFolder, `temporal-${serverVersion}`);
  const path = join(cache, folder, file);
  for (let told = false; !existsSync(path);) {
    const { release, holder } = takeLock(join(cache, 'building.lock'));
    if (release) {
      await build(name, path, join(cache, 'half'), site).finally(release);
    } else {
      if (!told) site.say(`Process ${holder.pid} is building the Temporal server; waiting for it.`);
      told = true;
      await pause(500, undefined, { signal: site.stopping });
    }
  }
  return path;
}

async function build(name: Binary, path: string, half: string, site: Site): Promise<void> {
  if (existsSync(path)) return;
  if (spawnSync('go', ['version']).status !== 0)
    throw new Trouble(
      'Go is not installed, and it builds the Temporal server: install Go 1.26 or newer (https://go.dev/dl), or put a `temporal` with server 1.32 or newer on the PATH, or set TEMPORAL_ADDRESS and TEMPORAL_UI_URL to a server of your own.',
    );
  const { module, takes, file } = builds[name];
  site.say(`Building ${module}: once, and it takes ${takes}.`);
  rmSync(half, { recursive: true, force: true });
  mkdirSync(half, { recursive: true });
  mkdirSync(dirname(path), { recursive: true });
  await goInstall(module, half, site);
  // Only a whole program gets the name that counts.
  renameSync(join(half, file), path);
  rmSync(half, { recursive: true, force: true });
}

function goInstall(module: string, folder: string, { say, stopping }: Site): Promise<void> {
  const child = spawn('go', ['install', '-v', module], {
    env: { ...process.env, GOBIN: folder },
    stdio: ['ignore', 'ignore', 'pipe'],
    signal: stopping,
  });
  const began = Date.now();
  const lines: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => lines.push(line));
  const progress = setInterval(() => say(`  ${elapsed(began)}  ${lines.at(-1) ?? 'at work'}`), 5000);
  return new Promise<void>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0
        ? resolve()
        : reject(
            new Trouble(
              `Go could not build ${module} (${lines.at(-1) ?? 'no word why'}): check the network and the Go version, then start again.`,
            ),
          ),
    );
  }).finally(() => clearInterval(progress));
}

function elapsed(since: number): string {
  const seconds = Math.round((Date.now() - since) / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** Whether the `temporal` on the PATH carries a server that can move a case's time: 1.32 or newer. */
export function temporalOnPath(): boolean {
  const { stdout } = spawnSync('temporal', ['--version'], { encoding: 'utf8' });
  const [, major, minor] = /Server (\d+)\.(\d+)/.exec(stdout ?? '') ?? [];
  return Number(major) > 1 || (Number(major) === 1 && Number(minor) >= 32);
}
