import express, { type Express } from 'express';
import helmet from 'helmet';
import type { Door } from './door';
import { answerProblem } from './http/answer-problem';
import { logged, traced } from './http/log';
import { rateLimit, type RateLimit } from './http/rate-limit';
import { routerOf } from './http/router';
import type { OnOneMachine } from './local/fast-forward';
import { unknownAddress } from './operation';
import type { PageLimits } from './pages/customer/limits';
import { customerPages } from './pages/customer/pages';
import { docsPage } from './pages/docs';
import { problemPages } from './pages/problems';
import { routesOf } from './routes';
import { twilioWebhooks } from './webhooks/twilio';

export interface Dependencies extends Door {
  /** With which the carrier signs, the newest first; and the address that it signs. */
  carrier: { authTokens: string[]; publicUrl: string };
  rateLimit: RateLimit;
  /** Whose `X-Forwarded-For` is believed, as Express's `trust proxy` takes it: hops, or addresses; without it, nobody's. */
  trustProxy?: number | string[];
  /** Other limits of the customers' pages than the usual ones. */
  pageLimits?: Partial<PageLimits>;
  /** Only where all the world around is a stand-in: then time may be moved. */
  onOneMachine?: OnOneMachine;
}

/** The door, without listening. */
export function createApp({
  carrier,
  rateLimit: limit,
  pageLimits: limits,
  trustProxy = 0,
  onOneMachine,
  ...door
}: Dependencies): Express {
  const { database, log } = door;
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('trust proxy', trustProxy);
  app.use(traced, logged(log), helmet({ contentSecurityPolicy: { useDefaults: false, directives: ownOnly } }));
  app.use('/v1/webhooks/twilio', twilioWebhooks({ database, ...carrier, log }));
  app.use(routerOf(routesOf(door, onOneMachine), { database, countRequest: rateLimit(limit) }));
  app.use(docsPage(), problemPages());
  app.use(customerPages({ database, log, secure: onOneMachine === undefined, ...(limits && { limits }) }));
  app.use(unknownAddress);
  app.use(answerProblem(log));
  return app;
}

/** The documentation page needs styles of its own making and pictures as data; nothing comes from elsewhere. */
const ownOnly = {
  defaultSrc: ["'self'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:'],
  objectSrc: ["'none'"],
  baseUri: ["'none'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
};
