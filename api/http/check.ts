import type { ZodError, ZodType } from 'zod';
import { notFound, problem, type FieldError } from '../problem';
import { escapePointer } from './body';

type Issue = ZodError['issues'][number];

/** @throws invalid-request that names every wrong field by its JSON pointer. */
export function checkBody(schema: ZodType, body: unknown): unknown {
  return checked(schema, body, (path) => ({ pointer: path.map((step) => `/${escapePointer(step)}`).join('') }));
}

/** @throws invalid-request that names every wrong parameter. */
export function checkQuery(schema: ZodType, query: unknown): unknown {
  return checked(schema, query, (path) => ({ parameter: path.join('.') }));
}

/** An address that cannot be is the address of nothing. */
export function checkParams(schema: ZodType, params: unknown): unknown {
  const parsed = schema.safeParse(params);
  if (!parsed.success) throw notFound();
  return parsed.data;
}

function checked(schema: ZodType, value: unknown, name: (path: string[]) => Omit<FieldError, 'detail'>): unknown {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.flatMap((issue) =>
    placesOf(issue).map((path) => ({
      ...name(path.map(String)),
      detail: issue.code === 'unrecognized_keys' ? 'This field is unknown.' : issue.message,
    })),
  );
  throw problem('invalid-request', undefined, { errors });
}

/** Unknown fields are reported at their parent: name each itself. */
function placesOf(issue: Issue): PropertyKey[][] {
  return issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
}
