import { Gauge, register } from 'prom-client';
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

const readyShown = z.object({
  status: z.enum(['ok', 'degraded']),
  temporal: z.enum(['ok', 'away']),
  stoppedStories: z.int().meta({ description: 'Open cases that nobody plays; each is a task of the service manager.' }),
});

const stopped = new Gauge({
  name: 'aftercare_stopped_stories',
  help: 'Open cases whose workflow does not run. Anything above 0 needs a person.',
});

async function countStopped({ pool }: Door['database']): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM desk_tasks WHERE kind = 'story-stopped' AND done_at IS NULL`,
  );
  return rows[0]?.count ?? 0;
}

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
      const stoppedStories = await countStopped(database); // asks the tables too: migrations were applied
      const isReachable = await caseClient.isReachable();
      return {
        body: { status: isReachable ? 'ok' : 'degraded', temporal: isReachable ? 'ok' : 'away', stoppedStories },
      };
    },
  });

/** What this process counted, and how many cases stand still, for Prometheus; nothing in it names a person. */
export const metrics = ({ database }: Door) =>
  read({
    method: 'get',
    path: '/metrics',
    scope: 'ops',
    tag: 'operation',
    summary: 'Counters of this process, for Prometheus',
    shows: z.string(),
    async show() {
      stopped.set(await countStopped(database));
      return { body: await register.metrics() };
    },
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
