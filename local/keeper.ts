import type { ChildProcess } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { lastWords, launch, logOf, type Program } from './processes';
import type { Site } from './site';
import { Trouble } from './trouble';

const readyWithinMs = 180_000;
const shortestPauseMs = 500;
const longestPauseMs = 30_000;

/**
 * Starts a program, waits until it is ready, and from then on starts it again whenever it ends by itself: soon at first, after twice as long
 * each time it ends early, half a minute at most.
 * @throws Trouble with its last words when it ends, or is not ready in three minutes, the first time.
 */
export async function keepRunning(site: Site, program: Program, isReady: () => Promise<boolean>): Promise<void> {
  const first = begin(site, program);
  await untilReady(site, program, first, isReady);
  void startAgain(site, program, first);
}

async function startAgain({ settings, say, stopping }: Site, program: Program, first: Running): Promise<void> {
  for (let running = first, pauseMs = shortestPauseMs; ; running = begin({ settings, say, stopping }, program)) {
    const how = await running.ended;
    pauseMs = Date.now() - running.since > longestPauseMs ? shortestPauseMs : Math.min(pauseMs * 2, longestPauseMs);
    if (stopping.aborted) return;
    say(
      `${program.name} ended by itself (${how}); it starts again in ${pauseMs / 1000} s. Log: ${logOf(settings.dataFolder, program.name)}`,
    );
    await pause(pauseMs, undefined, { signal: stopping }).catch(() => undefined);
    if (stopping.aborted) return;
  }
}

interface Running {
  since: number;
  ended: Promise<string>;
}

function begin({ settings, stopping }: Site, program: Program): Running {
  stopping.throwIfAborted();
  return { since: Date.now(), ended: endOf(launch(program, settings.dataFolder)) };
}

const endOf = (child: ChildProcess): Promise<string> =>
  new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? `code ${code}`));
  });

async function untilReady(
  { settings, stopping }: Site,
  { name }: Program,
  { ended }: Running,
  isReady: () => Promise<boolean>,
): Promise<void> {
  let how: string | undefined;
  void ended.then((words) => (how = words));
  const refusal = (what: string) =>
    new Trouble(
      `${name} ${what}. The end of its log, ${logOf(settings.dataFolder, name)}:\n${lastWords(settings.dataFolder, name)}`,
    );
  for (const deadline = Date.now() + readyWithinMs; !(await isReady()); await pause(100)) {
    stopping.throwIfAborted();
    if (how) throw refusal(`ended before it was ready (${how})`);
    if (Date.now() > deadline) throw refusal('was not ready within three minutes');
  }
}

/** A readiness that is asked for over HTTP: whether this address answers well. */
export const answersAt = (url: string) => (): Promise<boolean> =>
  fetch(url, { signal: AbortSignal.timeout(2000) }).then(
    ({ ok }) => ok,
    () => false,
  );
