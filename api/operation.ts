import { register } from 'prom-client';
import { z } from 'zod';
import type { Door } from './door';
import { problem } from './problem';
import { read, type Route } from './http/route';

const wellShown = z.object({ status: z.literal('ok') });

/** Is this process alive? */
export const healthz = () =>
  read({
    method: 'get',
    path: '/healthz',
    scope: 'public',
    tag: 'operation',
    summary: 'Is this process alive?',
    shows: wellShown,
    show: () => Promise.resolve({ body: { status: 'ok' } }),
  });

const readyShown = z.object({ status: z.enum(['ok', 'degraded']), temporal: z.enum(['ok', 'away']) });

/** May requests be sent here? While Temporal is away, yes: cases are opened and read. */
export const readyz = ({ database, caseClient }: Door) =>
  read({
    method: 'get',
    path: '/readyz',
    scope: 'public',
    tag: 'operation',
    summary: 'May requests be sent here?',
    description:
      'While the engine is away, cases are opened and read, but actions are answered with 503: ready, but degraded.',
    shows: readyShown,
    async show() {
      await database.pool.query('SELECT FROM case_clocks LIMIT 1'); // the newest table: migrations were applied
      const isReachable = await caseClient.isReachable();
      return { body: { status: isReachable ? 'ok' : 'degraded', temporal: isReachable ? 'ok' : 'away' } };
    },
  });

/** What this process counted, for Prometheus; nothing in it names a person. */
export const metrics = () =>
  read({
    method: 'get',
    path: '/metrics',
    scope: 'ops',
    tag: 'operation',
    summary: 'Counters of this process, for Prometheus',
    shows: z.string(),
    show: async () => ({ body: await register.metrics() }),
  });

/** The document is made from the routes beside this one, so it is given when asked for. */
export const openapi = (document: () => object): Route =>
  read({
    method: 'get',
    path: '/openapi.json',
    scope: 'public',
    tag: 'operation',
    summary: 'This API as OpenAPI 3.1',
    shows: z.record(z.string(), z.unknown()),
    show: () => Promise.resolve({ body: document() }),
  });

export const unknownAddress = () => {
  throw problem('not-found', 'There is no such address; /docs lists them all.');
};
