import { appendFileSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A log is rewritten as what still holds once it has this many lines, so that a machine that runs for months does not fill its disk. */
const linesBeforeRewrite = 50_000;

export interface Log<Entry> {
  /** On return the entry survives the end of this process, also a violent one. */
  append(entry: Entry): void;
}

/**
 * An append-only file of JSON lines that remembers across restarts.
 * @param name of the file in that folder.
 * @param apply is called for each remembered entry, in order, before this returns.
 * @param snapshot gives the entries that tell the whole present truth.
 */
export function openLog<Entry>(
  { folder, name }: { folder: string; name: string },
  apply: (entry: Entry) => void,
  snapshot: () => Entry[],
): Log<Entry> {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, name);
  for (const entry of read<Entry>(file)) apply(entry);

  let lines = rewrite(file, snapshot());
  return {
    append(entry) {
      appendFileSync(file, `${JSON.stringify(entry)}\n`);
      lines += 1;
      if (lines > linesBeforeRewrite) lines = rewrite(file, snapshot());
    },
  };
}

function read<Entry>(file: string): Entry[] {
  const lines = textOf(file).split('\n');
  // A process killed in the middle of a line leaves half of it at the end: what it said was never answered to anyone.
  lines.pop();
  return lines.map((line) => JSON.parse(line) as Entry);
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

function rewrite(file: string, entries: unknown[]): number {
  const next = `${file}.next`;
  writeFileSync(next, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
  renameSync(next, file);
  return entries.length;
}
