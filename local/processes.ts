import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** A process id alone is re-used by the system; together with its beginning it names one process for good. */
export interface Identity {
  pid: number;
  began: string;
}

/** What runs beside us: its log and its identity belong to a data folder, so that a later start finds both. */
export interface Program {
  name: string;
  command: string;
  args: string[];
  env: NodeJS.ProcessEnv;
  cwd: string;
}

/** When the process began, in the system's own words; undefined when none runs under this id (a zombie does not run). */
export function beginningOf(pid: number): string | undefined {
  if (existsSync('/proc/self/stat')) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
      return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${fields[19]}`;
    } catch {
      return undefined;
    }
  }
  const ps = spawnSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8', env: { LC_ALL: 'C' } });
  const [, state, began] = /^\s*(\S+)\s+(.*\S)/.exec(ps.stdout) ?? [];
  return state?.startsWith('Z') ? undefined : began;
}

export const identify = (pid: number): Identity => ({ pid, began: beginningOf(pid) ?? 'ended' });

export const isAlive = ({ pid, began }: Identity): boolean => beginningOf(pid) === began;

export function readIdentity(file: string): Identity | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Identity;
  } catch {
    return undefined;
  }
}

export const logOf = (dataFolder: string, name: string): string => join(dataFolder, 'logs', `${name}.log`);

const identityOf = (dataFolder: string, name: string): string => join(dataFolder, 'processes', `${name}.json`);

/** Starts a program in a process group of its own: a Ctrl-C in the terminal does not reach it before its turn. */
export function launch({ name, command, args, env, cwd }: Program, dataFolder: string): ChildProcess {
  const log = logOf(dataFolder, name);
  mkdirSync(dirname(log), { recursive: true });
  const output = openSync(log, existsSync(log) && statSync(log).size > 10_000_000 ? 'w' : 'a');
  const child = spawn(command, args, { env, cwd, detached: true, stdio: ['ignore', output, output] });
  closeSync(output);
  remember(dataFolder, name, child);
  return child;
}

/** What we started ourselves, should its file be gone with the data folder. */
const remembered = new Map<string, Identity>();

/** Lets a later start find this process, should we be killed before it ends. */
export function remember(dataFolder: string, name: string, { pid }: ChildProcess): void {
  if (!pid) return;
  const file = identityOf(dataFolder, name);
  remembered.set(file, identify(pid));
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(identify(pid)));
}

/** Ends what an earlier start left running under this name, and waits until it is gone. */
export async function endLeftover(dataFolder: string, name: string): Promise<void> {
  const file = identityOf(dataFolder, name);
  const left = readIdentity(file) ?? remembered.get(file);
  if (left) await end(left);
  remembered.delete(file);
  rmSync(file, { force: true });
}

/** Asks a process and its group to end; after `patienceMs` they are killed. */
export async function end(process: Identity, patienceMs = 10_000): Promise<void> {
  const deadline = Date.now() + patienceMs;
  if (isAlive(process)) signalGroup(process.pid, 'SIGTERM');
  while (isAlive(process)) {
    if (Date.now() > deadline) signalGroup(process.pid, 'SIGKILL');
    await pause(25);
  }
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // It ended in the meantime.
  }
}

/** The last lines a program wrote, for the person who must see why it ended. */
export function lastWords(dataFolder: string, name: string, lines = 8): string {
  const log = logOf(dataFolder, name);
  return existsSync(log) ? readFileSync(log, 'utf8').trimEnd().split('\n').slice(-lines).join('\n') : '';
}
