import type { EventEmitter } from 'node:events';
import { join } from 'node:path';
import express, { type Router } from 'express';
import { liveChanges } from '../stand-in/live-changes';
import { standInPage } from '../stand-in/page';
import { knownFaults, type Faults } from './faults';
import { asSeenOnPhone, phoneOf } from './people-api';
import type { PhoneRecord } from './record';
import type { Sender } from './senders';
import type { Webhooks } from './webhooks';

const phonesShown = 30;
const textsShown = 60;

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
  const live = liveChanges(changes);

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

  router.use(live.router);
  router.use(express.static(join(__dirname, 'page')), standInPage);
  return { router, stop: live.stop };
}
