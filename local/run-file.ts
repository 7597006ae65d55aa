import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where everything is, for people's scripts and for the demo; there while everything runs, and only then. */
export interface Run {
  api: string;
  docs: string;
  temporalUi: string;
  temporalAddress: string;
  namespace: string;
  phone: string;
  inbox: string;
  apiKey: string;
  databaseUrl: string;
}

const fileIn = (dataFolder: string) => join(dataFolder, 'run.json');

export function readRun(dataFolder: string): Run | undefined {
  try {
    return JSON.parse(readFileSync(fileIn(dataFolder), 'utf8')) as Run;
  } catch {
    return undefined;
  }
}

/** Appears whole or not at all; it holds a key, so only its owner may read it. */
export function writeRun(dataFolder: string, run: Run): void {
  const draft = `${fileIn(dataFolder)}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(run, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, fileIn(dataFolder));
}

export const removeRun = (dataFolder: string): void => rmSync(fileIn(dataFolder), { force: true });
