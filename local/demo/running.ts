import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { answersAt } from '../keeper';
import { readRun, type Run } from '../run-file';
import { root, type Settings } from '../settings';
import { Trouble } from '../trouble';

interface Running {
  run: Run;
  /** Ends what was started for the demo; a product that ran before goes on. */
  stop: () => Promise<void>;
}

/** Long enough for a first start, which builds the Temporal server. */
const startedWithinMs = 20 * 60_000;

/**
 * The product that runs in this data folder, or one that is started now and says itself how it comes up.
 * @throws Trouble when the start fails.
 */
export async function runningProduct({ dataFolder }: Settings): Promise<Running> {
  const there = await running(dataFolder);
  if (there) return { run: there, stop: () => Promise.resolve() };

  console.log('Nothing runs here yet: starting it, and stopping it after the demo.');
  const start = spawn(process.execPath, ['--import', 'tsx', join('local', 'start.ts')], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ended = new Promise<void>((resolve) => start.once('close', () => resolve()));
  const hasEnded = () => start.exitCode !== null || start.signalCode !== null;
  const stop = async () => {
    start.kill('SIGTERM');
    await ended;
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => start.kill(signal));

  for (const giveUpAt = Date.now() + startedWithinMs; ; await pause(200)) {
    const run = await running(dataFolder);
    if (run) {
      console.log();
      return { run, stop };
    }
    if (hasEnded()) throw new Trouble('There is no demo, because aftercare did not start; the reason stands above.');
    if (Date.now() < giveUpAt) continue;
    await stop();
    throw new Trouble('There is no demo, because aftercare was not ready within 20 minutes.');
  }
}

/** A start that was killed leaves its file behind: what counts is an answer. */
async function running(dataFolder: string): Promise<Run | undefined> {
  const run = readRun(dataFolder);
  return run && (await answersAt(`${run.api}/readyz`)()) ? run : undefined;
}
