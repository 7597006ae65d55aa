import type { NextFunction, Request, Response } from 'express';
import { ZodError, type core } from 'zod';

/** A "no" for a person or a script, answered as `application/problem+json`. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** The last handler: every error as a problem, without inner details. */
export function answerProblem(error: unknown, _request: Request, response: Response, next: NextFunction): void {
  if (response.headersSent) return next(error);
  const { status, code, detail, errors } = describe(error);
  response.status(status).type('application/problem+json');
  response.send(JSON.stringify({ type: 'about:blank', title: code, status, code, detail, ...(errors && { errors }) }));
}

interface Description {
  status: number;
  code: string;
  detail: string;
  errors?: { pointer: string; detail: string }[];
}

function describe(error: unknown): Description {
  if (error instanceof Problem) return { status: error.status, code: error.code, detail: error.message };
  if (error instanceof ZodError) {
    const errors = error.issues.flatMap((issue) =>
      pathsOf(issue).map((path) => ({
        pointer: path.map((part) => `/${String(part)}`).join(''),
        detail: issue.message,
      })),
    );
    return {
      status: 422,
      code: 'not-valid',
      detail: [...new Set(errors.map(({ detail }) => detail))].join(' '),
      errors,
    };
  }
  const status = (error as { status?: unknown }).status;
  if (status === 413) return { status, code: 'too-large', detail: 'The body is larger than 64 KiB.' };
  if (status === 400)
    return { status, code: 'malformed', detail: 'The request cannot be read: see its path and its JSON.' };
  console.error(error);
  return { status: 500, code: 'internal', detail: 'This stand-in failed; its log says why.' };
}

/** An unknown field is pointed at by its own name, not by the object it stands in. */
function pathsOf(issue: core.$ZodIssue): PropertyKey[][] {
  return issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
}
