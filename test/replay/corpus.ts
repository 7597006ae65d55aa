import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { historyFromJSON, historyToJSON, type History } from '@temporalio/common/lib/proto-utils';
import type { Issued } from './collect-commands';

const folder = join(__dirname, 'histories');

/** A life that was lived once, and what its steps wrote, which a history does not keep. */
export interface Life {
  name: string;
  history: History;
  steps: Issued[];
  /** As it lies there. */
  text: string;
}

export function corpus(): Life[] {
  return readdirSync(folder)
    .sort()
    .map((file) => {
      const text = readFileSync(join(folder, file), 'utf8');
      const { history, steps } = JSON.parse(text) as { history: object; steps: Issued[] };
      return { name: file.replace('.json', ''), history: historyFromJSON(history), steps, text };
    });
}

const ofTheMachine = new Set(['identity', 'workerVersion', 'stackTrace']);

/** Without the names of the machine, of its processes and of its folders. */
export function keep(name: string, history: History, steps: Issued[]): void {
  const events = JSON.parse(historyToJSON(history).replaceAll(`@${hostname()}`, ''), (key, value: unknown) =>
    ofTheMachine.has(key) ? undefined : value,
  ) as object;
  const text = JSON.stringify({ history: events, steps }, undefined, 1);
  writeFileSync(join(folder, `${name}.json`), `${text}\n`);
}
