import express, { Router, type ErrorRequestHandler, type RequestHandler } from 'express';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Database } from '../../../prisma/database';
import { bare, isDatabaseAway } from '../../http/answer-problem';
import { trackPages } from '../track/track-pages';
import { readShop } from './case-row';
import type { Trouble } from './labels';
import { tongueOf } from './language';
import { countPages, TooMany, type PageLimits } from './limits';
import { linkPages } from './link-pages';
import { sendPage } from './send-page';

export interface CustomerPages {
  database: Database;
  log: Logger;
  /** Cookies only over https. */
  secure: boolean;
  limits?: Partial<PageLimits>;
}

const getAndPost = ['/track', '/track/answers/:question', '/p/:token', '/p/:token/answers/:question'];

/** The pages for customers, `/track` and `/p/{token}`: HTML, no script, never stored by anyone. */
export function customerPages({ database, log, secure, limits }: CustomerPages): Router {
  const router = Router({ caseSensitive: true });
  const count = countPages(limits);
  const ours = ['/track', '/p'];
  router.get('/track/page.css', (_request, response) =>
    response.sendFile(join(__dirname, 'page.css'), { maxAge: 300_000 }),
  );
  router.use(ours, unseen, async (request, _response, next) => {
    await count.request(request);
    next();
  });
  router.use(ours, express.urlencoded({ extended: false, limit: '64kb', parameterLimit: 20 }));
  trackPages(router, { database, log, secure, count });
  linkPages(router, { database, log, secure, count });
  router.all(getAndPost, onlyBy('GET, HEAD, POST'));
  router.all('/track/case', onlyBy('GET, HEAD'));
  router.use(ours, inTrouble(database, log));
  return router;
}

class NotThisWay extends Error {}

const onlyBy =
  (methods: string): RequestHandler =>
  (_request, response) => {
    response.set('Allow', methods);
    throw new NotThisWay();
  };

/** No cache and no index may have them, and no log their addresses. */
const unseen: RequestHandler = (request, response, next) => {
  response.set({ 'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex, nofollow' });
  response.locals.route = request.baseUrl;
  next();
};

function inTrouble(database: Database, log: Logger): ErrorRequestHandler {
  return async (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    const trouble = troubleOf(error);
    if (trouble === 500) log.error({ traceId: response.locals.traceId as unknown, err: bare(error) }, 'a page failed');
    if (error instanceof TooMany) response.set('Retry-After', String(error.retryAfterSeconds));
    const shop = trouble === 503 ? undefined : await readShop(database.pool).catch(() => undefined);
    sendPage(response, 'trouble', { status: trouble, tongue: tongueOf(request), ...(shop && { shop }) }, { trouble });
  };
}

function troubleOf(error: unknown): Trouble {
  if (error instanceof NotThisWay) return 405;
  if (error instanceof TooMany) return 429;
  if (isDatabaseAway(error)) return 503;
  switch ((error as { status?: number } | undefined)?.status) {
    case 413:
      return 413;
    case 400:
    case 415:
      return 400;
    default:
      return error instanceof URIError ? 400 : 500;
  }
}
