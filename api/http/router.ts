import express, { type Request, type Response, type Router } from 'express';
import type { Database } from '../../prisma/database';
import { Problem, problem } from '../problem';
import type { Caller } from '../keys';
import { anyone, identify, requireScope } from './authentication';
import { readBody } from './body';
import { checkBody, checkParams, checkQuery } from './check';
import { begin, readIdempotencyKey, type Claim } from './idempotency';
import type { CountRequest } from './rate-limit';
import type { Call, Reference, Route, Shown } from './route';

export interface Behind {
  database: Database;
  countRequest: CountRequest;
}

/**
 * The routes as Express serves them.
 * @throws an Error when a route declares no scope: such a door does not open.
 */
export function routerOf(routes: Route[], behind: Behind): Router {
  const router = express.Router({ strict: true, caseSensitive: true });
  for (const route of routes) {
    if (!route.scope) throw new Error(`${route.method} ${route.path} declares no scope.`);
    router[route.method](expressPath(route.path), (request, response) => serve(route, behind, request, response));
  }
  for (const path of new Set(routes.map((route) => route.path))) {
    const known = routes.filter((route) => route.path === path).map(({ method }) => method.toUpperCase());
    const allowed = [...known, ...(known.includes('GET') ? ['HEAD'] : [])].join(', ');
    router.all(expressPath(path), () => {
      throw problem('method-not-allowed', undefined, { headers: { Allow: allowed } });
    });
  }
  return router;
}

const expressPath = (path: string): string => path.replaceAll(/\{(\w+)\}/g, ':$1');

async function serve(route: Route, behind: Behind, request: Request, response: Response): Promise<void> {
  response.locals.route = route.path;
  response.set('Cache-Control', 'no-store');
  const caller = await enter(route, behind, request, response);
  const raw = route.body && (await readBody(request, response));
  const call = callOf(route, caller, request, raw);
  if (!route.act) return send(route, response, await route.show(call));

  const key = readIdempotencyKey(request.get('Idempotency-Key'));
  const asked = { apiKeyId: caller.keyId, key, request: `${request.method} ${request.path}`, body: raw ?? null };
  const begun = await begin(behind.database.pool, asked);
  if ('outcome' in begun) {
    response.set('Idempotency-Replayed', 'true');
    if (begun.outcome.version) response.set('Idempotency-First-Version', begun.outcome.version);
    return send(route, response, await route.show(call, begun.outcome));
  }
  const reference = await carryOut(route, behind, call, begun.claim);
  return send(route, response, await route.show(call, reference));
}

async function enter(
  route: Route,
  { database, countRequest }: Behind,
  request: Request,
  response: Response,
): Promise<Caller> {
  if (route.scope === 'public') return anyone;
  const caller = await identify(database.pool, request.get('Authorization'));
  response.locals.keyId = caller.keyId;
  response.set(await countRequest(caller.keyId));
  requireScope(caller, route.scope);
  return caller;
}

function callOf(route: Route, caller: Caller, request: Request, raw: unknown): Call {
  const ifMatch = request.get('If-Match');
  return {
    caller,
    params: route.params && checkParams(route.params, request.params),
    query: route.query && checkQuery(route.query, request.query),
    body: route.body && checkBody(route.body, raw),
    ...(ifMatch && ifMatch !== '*' && { ifMatch: ifMatch.replace(/^(W\/)?"(.*)"$/, '$2') }),
  };
}

/** A no frees the key; what nobody can tell leaves it to whoever repeats the request. */
async function carryOut(route: Route, { database }: Behind, call: Call, claim: Claim): Promise<Reference> {
  try {
    const reference = await route.act!(call, claim);
    await claim.settle(database.pool, route.status ?? 200, reference);
    return reference;
  } catch (error) {
    const isRefusal = error instanceof Problem && error.kind.status < 500;
    await (isRefusal ? claim.forget() : claim.release()).catch(() => undefined); // what happened first is what is told
    throw error;
  }
}

function send(route: Route, response: Response, { body, version, location }: Shown): void {
  if (version) response.set('ETag', `"${version}"`);
  if (location && route.status === 201) response.set('Location', location);
  response.status(route.status ?? 200);
  if (typeof body === 'string') response.type('text/plain').send(body);
  else response.json(body);
}
