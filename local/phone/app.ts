import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import express, { type Express } from 'express';
import helmet from 'helmet';
import { createFaults } from '../stand-in/faults';
import { livePage } from '../stand-in/page';
import { answerProblem } from '../stand-in/problem';
import { createCarrier } from './carrier';
import { carrierApi } from './carrier-api';
import type { Fault } from './faults';
import { peopleApi } from './people-api';
import { openRecord } from './record';
import { localSenders, type Sender } from './senders';
import { viewOf } from './view';
import { createWebhooks } from './webhooks';

export interface PhoneOptions {
  accountSid: string;
  authToken: string;
  /** Where customers' texts are handed to us; asked anew for each, so that it may be known later than the phone. */
  inboundUrl: () => string;
  /** Where customers answer whose texts come from a one-way number; the page points there. */
  answerPage?: string;
  /** A folder in which the truth outlives the process; without one it is forgotten at the end. */
  dataFolder?: string;
  /** Our numbers; those of one machine by default. */
  senders?: Sender[];
  /** How long a webhook may take, in milliseconds; 15 s as the real carrier gives. */
  webhookTimeoutMs?: number;
}

export interface Phone {
  app: Express;
  /** Ends what is under way: timers, webhooks, open pages. */
  stop(): void;
}

/** The carrier and the phones of one machine, without listening: the carrier's API, the people's API and the page. */
export function createPhone(options: PhoneOptions): Phone {
  const { accountSid, authToken, inboundUrl, senders = localSenders } = options;
  const changes = new EventEmitter<{ changed: [] }>();
  const changed = () => void changes.emit('changed');

  const record = openRecord(changed, options.dataFolder);
  const faults = createFaults<Fault>(changed);
  const webhooks = createWebhooks(authToken, options.webhookTimeoutMs ?? 15_000, changed);
  const carrier = createCarrier({ accountSid, record, faults, webhooks, inboundUrl });
  const seen = { senders, record, faults, webhooks, ...(options.answerPage && { answerPage: options.answerPage }) };
  const page = livePage({ folder: join(__dirname, 'page'), view: () => viewOf(seen), changes });
  carrier.resume();

  const app = express();
  app.disable('x-powered-by');
  app.use(carrierApi({ accountSid, authToken, senders, carrier, record, faults }));
  app.use(helmet({ contentSecurityPolicy: { useDefaults: false, directives }, strictTransportSecurity: false }));
  app.use(page.router);
  app.use(peopleApi({ senders, carrier, record, faults, webhooks }));
  app.use(answerProblem);

  return {
    app,
    stop() {
      webhooks.stop();
      page.stop();
    },
  };
}

const directives = {
  defaultSrc: ["'self'"],
  baseUri: ["'none'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
  objectSrc: ["'none'"],
};
