import express, { type Router } from 'express';
import type { z } from 'zod';
import type { Faults, FaultSet, KnownFaults } from './faults';

interface Parts<Fault extends string> {
  faults: Faults<Fault>;
  known: KnownFaults;
  faultSet: z.ZodType<FaultSet<Fault>>;
  /** How one's own set is named. */
  to: z.ZodType<string>;
}

/** `GET`, `PUT` and `DELETE /faults`, with `?to=` for one's own set. The body must be parsed as JSON by then. */
export function faultRoutes<Fault extends string>({ faults, known, faultSet, to }: Parts<Fault>): Router {
  const router = express.Router();

  router.get('/faults', (_request, response) => void response.json({ items: faults.sets(), known }));

  router.put('/faults', (request, response) => {
    const set = faultSet.parse(request.body);
    faults.put(set);
    response.json(set);
  });

  router.delete('/faults', (request, response) => {
    faults.clear(request.query['to'] === undefined ? undefined : to.parse(request.query['to']));
    response.status(204).end();
  });
  return router;
}
