import type { EventEmitter } from 'node:events';
import express, { type Response, type Router } from 'express';

/** Changes come in bursts (a text, its three statuses, its callbacks); a page is told once for each. */
const gatherMs = 100;

/** Tells every open page at once when there is something new. */
export function liveChanges(changes: EventEmitter<{ changed: [] }>): { router: Router; stop(): void } {
  const router = express.Router();
  const viewers = new Set<Response>();
  let telling: NodeJS.Timeout | undefined;

  changes.on('changed', () => {
    telling ??= setTimeout(() => {
      telling = undefined;
      for (const viewer of viewers) viewer.write('event: changed\ndata:\n\n');
    }, gatherMs).unref();
  });

  router.get('/view/changes', (_request, response) => {
    response.set({ 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    response.write('retry: 1000\nevent: changed\ndata:\n\n');
    viewers.add(response);
    response.on('close', () => viewers.delete(response));
  });

  function stop(): void {
    clearTimeout(telling);
    for (const viewer of viewers) viewer.end();
  }
  return { router, stop };
}
