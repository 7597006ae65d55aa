import type { EventEmitter } from 'node:events';
import { join } from 'node:path';
import express, { type Response, type Router } from 'express';
import { knownFaults, type Faults } from './faults';
import { asSeenOnPhone, phoneOf } from './people-api';
import type { PhoneRecord } from './record';
import type { Sender } from './senders';
import type { Webhooks } from './webhooks';

const phonesShown = 30;
const textsShown = 60;
/** Changes come in bursts (a text, its three statuses, its callbacks); the page is told once for each. */
const gatherMs = 100;

interface Parts {
  senders: Sender[];
  record: PhoneRecord;
  faults: Faults;
  webhooks: Webhooks;
  changes: EventEmitter<{ changed: [] }>;
}

/** The page with the phones: everything from here, and told at once when there is something new. */
export function livePage({ senders, record, faults, webhooks, changes }: Parts): { router: Router; stop(): void } {
  const router = express.Router();
  const viewers = new Set<Response>();
  let telling: NodeJS.Timeout | undefined;

  changes.on('changed', () => {
    telling ??= setTimeout(() => {
      telling = undefined;
      for (const viewer of viewers) viewer.write('event: changed\ndata:\n\n');
    }, gatherMs).unref();
  });

  router.get('/view', (_request, response) => {
    const numbers = record.phones().toReversed();
    response.json({
      phones: numbers.slice(0, phonesShown).map((number) => ({
        ...phoneOf(number, record, senders),
        texts: record.onPhone(number).slice(-textsShown).map(asSeenOnPhone),
      })),
      hiddenPhones: Math.max(0, numbers.length - phonesShown),
      senders,
      pendingCallbacks: webhooks.pending().total,
      faults: { items: faults.sets(), known: knownFaults },
    });
  });

  router.get('/view/changes', (_request, response) => {
    response.set({ 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    response.write('retry: 1000\nevent: changed\ndata:\n\n');
    viewers.add(response);
    response.on('close', () => viewers.delete(response));
  });

  router.use(express.static(join(__dirname, 'page')));

  function stop(): void {
    clearTimeout(telling);
    for (const viewer of viewers) viewer.end();
  }
  return { router, stop };
}
