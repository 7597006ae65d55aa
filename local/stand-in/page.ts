import type { EventEmitter } from 'node:events';
import { join } from 'node:path';
import express, { type Router } from 'express';
import { liveChanges } from './live-changes';

interface Parts {
  /** The folder of the page's own files. */
  folder: string;
  /** All that the page shows, as JSON. */
  view: () => object;
  changes: EventEmitter<{ changed: [] }>;
}

/** The page of a stand-in: everything from here, told at once when there is something new; what all pages share stands beside this file. */
export function livePage({ folder, view, changes }: Parts): { router: Router; stop(): void } {
  const router = express.Router();
  const live = liveChanges(changes);
  router.get('/view', (_request, response) => void response.json(view()));
  router.use(live.router);
  router.use(express.static(folder), express.static(join(__dirname, 'page')));
  return { router, stop: live.stop };
}
