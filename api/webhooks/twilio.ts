import express, { type NextFunction, type Request, type Response, type Router } from 'express';
import type { Logger } from 'pino';
import { Counter } from 'prom-client';
import { validateRequest } from 'twilio';
import { z } from 'zod';
import { stateOfReceipt } from '../../domain/messages/receipt';
import type { Database } from '../../prisma/database';
import { receiveText } from './receive-text';

export interface TwilioWebhooks {
  database: Database;
  /** The token in force, and during a rotation the one before it. */
  authTokens: string[];
  /** The address under which the carrier reaches us: what it signs, whatever the Host header says. */
  publicUrl: string;
  log: Logger;
}

const webhooks = new Counter({
  name: 'aftercare_carrier_webhooks_total',
  help: 'What the carrier told us, by what became of it.',
  labelNames: ['webhook', 'outcome'],
});

const sid = z.string().regex(/^(SM|MM)[0-9a-f]{32}$/);
const address = z.string().regex(/^[\x21-\x7e]{1,64}$/);
const inbound = z.object({
  MessageSid: sid,
  From: address,
  To: address,
  Body: z.string().default(''),
  NumMedia: z.coerce.number().int().min(0).max(100).catch(0),
});
const receipt = z.object({
  i: z.guid(),
  n: z.coerce.number().int().min(1).max(1000),
  MessageSid: sid,
  MessageStatus: z.string(),
  ErrorCode: z.string().max(10).optional(),
});

/**
 * What the carrier tells us: customers' texts (`/inbound`) and what became of ours (`/status?i=intent&n=attempt`). Everything unsigned
 * is answered 403 and has no effect. What was stored, now or before, is answered 200; 503 if it could not be stored, so that the
 * carrier tries its fallback and, failing that, the poller finds the text in the carrier's list.
 */
export function twilioWebhooks({ database, authTokens, publicUrl, log }: TwilioWebhooks): Router {
  const base = publicUrl.replace(/\/$/, '');
  const router = express.Router();
  router.use(express.urlencoded({ extended: false, limit: '64kb', parameterLimit: 100 }));

  router.use((request, response, next) => {
    const signature = request.get('x-twilio-signature') ?? '';
    const form = (request.body ?? {}) as Record<string, unknown>;
    const url = base + request.originalUrl;
    if (signature && authTokens.some((token) => validateRequest(token, signature, url, form))) return next();
    webhooks.inc({ webhook: nameOf(request), outcome: 'unsigned' });
    response.status(403).end();
  });

  router.post('/inbound', async (request, response) => {
    const form = inbound.safeParse(request.body);
    if (!form.success) return answer(request, response, 'malformed');
    const { MessageSid: sid, From: from, To: to, Body: body, NumMedia: media } = form.data;
    const decided = await receiveText(database, { sid, from, to, body, media }, 'webhook');
    log.info({ sid, ...decided }, 'a text came in');
    answer(request, response, decided.kind);
  });

  router.post('/status', async (request, response) => {
    const told = receipt.safeParse({ ...(request.body as object), i: request.query.i, n: request.query.n });
    const state = told.success && stateOfReceipt(told.data.MessageStatus);
    if (!told.success || !state) return answer(request, response, 'malformed');
    const { i, n, MessageSid, ErrorCode } = told.data;
    const { rows } = await database.pool.query<{ now: string | null }>('SELECT advance($1, $2, $3, $4, $5) AS now', [
      i,
      n,
      state,
      MessageSid,
      ErrorCode || null,
    ]);
    answer(request, response, rows[0]?.now ? state : 'unknown-message');
  });

  router.use((error: Error & { status?: number }, request: Request, response: Response, _next: NextFunction) => {
    const status = error.status ?? 503;
    webhooks.inc({ webhook: nameOf(request), outcome: status === 503 ? 'not-stored' : 'malformed' });
    if (status === 503)
      log.error({ error: error.name, path: request.path }, 'what the carrier told us could not be stored');
    response.status(status).end();
  });
  return router;
}

/** An empty TwiML document: the carrier sends nothing of its own. */
function answer(request: Request, response: Response, outcome: string): void {
  webhooks.inc({ webhook: nameOf(request), outcome });
  response.type('text/xml').send('<Response/>');
}

function nameOf({ path }: Request): string {
  return path === '/inbound' || path === '/status' ? path.slice(1) : 'other';
}
