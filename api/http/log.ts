import { randomBytes } from 'node:crypto';
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import { pinoHttp } from 'pino-http';

const traceparent = /^[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/;

/** Gives every request a trace id: the caller's (W3C `traceparent`), or a new one. */
export const traced: RequestHandler = (request, response, next) => {
  const traceId = traceparent.exec(request.get('traceparent') ?? '')?.[1] ?? randomBytes(16).toString('hex');
  response.locals.traceId = traceId;
  response.set('Trace-Id', traceId);
  next();
};

/**
 * One line a request. What may be written is listed here, everything else stays out: no bodies, no tokens, no query, and the
 * route's own path instead of the address.
 */
export function logged(log: Logger): RequestHandler {
  return pinoHttp({
    logger: log,
    serializers: { req: () => undefined, res: () => undefined, err: () => undefined },
    customLogLevel: (_request, response) => (response.statusCode >= 500 ? 'warn' : 'debug'),
    customSuccessObject: (request, response) => whatMayBeWritten(request, response),
    customErrorObject: (request, response) => whatMayBeWritten(request, response),
  });
}

function whatMayBeWritten(request: object, response: { statusCode: number }): object {
  const { method } = request as { method: string };
  const { traceId, keyId, route } = (response as { locals?: { [name: string]: unknown } }).locals ?? {};
  return { method, route, status: response.statusCode, keyId, traceId };
}
