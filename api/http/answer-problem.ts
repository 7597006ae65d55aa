import { isNativeError } from 'node:util/types';
import type { ErrorRequestHandler } from 'express';
import type { Logger } from 'pino';
import { Problem, problem } from '../problem';

/** The last word on everything that was thrown: problem+json (RFC 9457), never a stack trace. */
export function answerProblem(log: Logger): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) return next(error);
    const told = asProblem(error);
    const traceId: unknown = response.locals.traceId;
    if (told.code === 'internal-error') log.error({ traceId, err: bare(error) }, 'a request failed');
    const { status, title } = told.kind;
    response
      .status(status)
      .set(told.headers)
      .type('application/problem+json')
      .send(
        JSON.stringify({
          type: `/problems/${told.code}`,
          title,
          status,
          detail: told.message,
          code: told.code,
          ...(told.rule && { rule: told.rule }),
          ...(told.errors && { errors: told.errors }),
          ...(told.freeSlots && { freeSlots: told.freeSlots }),
          traceId,
        }),
      );
  };
}

function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof URIError) return problem('not-found');
  if (isDatabaseAway(error)) return problem('database-unavailable', undefined, { headers: { 'Retry-After': '5' } });
  return problem('internal-error');
}

/** What `pg` throws when there is nobody at the other end, or not in time: mostly words, sometimes a code. */
export function isDatabaseAway(error: unknown): boolean {
  if (!isNativeError(error)) return false;
  const { code = '' } = error as { code?: string };
  return (
    /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|57P0[1-3]|08\w{3}|53300)$/.test(code) ||
    /timeout exceeded when trying to connect|Connection terminated|Query read timeout|connection timeout/i.test(
      error.message,
    )
  );
}

/** What an error says may quote what people wrote: the log gets its kind and place only. */
export function bare(error: unknown): { name: string; code?: string; stack?: string } {
  if (!isNativeError(error)) return { name: typeof error };
  const { code } = error as { code?: string };
  const places = error.stack?.split('\n').filter((line) => line.startsWith('    at '));
  return { name: error.name, ...(code && { code }), ...(places && { stack: places.join('\n') }) };
}
