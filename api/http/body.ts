import express, { type Request, type Response } from 'express';
import { problem } from '../problem';

const depthAtMost = 8;
const itemsAtMost = 100;

const parseJson = express.json({ limit: '64kb' });

/** The JSON body of a request: at most 64 KiB, 8 levels deep, 100 items in an array. */
export async function readBody(request: Request, response: Response): Promise<unknown> {
  if (request.is('application/json') === false) throw problem('unsupported-media-type');
  await new Promise<void>((resolve, reject) =>
    parseJson(request, response, (error?: unknown) => (error ? reject(asProblem(error)) : resolve())),
  );
  const body: unknown = request.body;
  if (body === undefined) throw problem('malformed-request', 'The body is missing.');
  refuseMonsters(body, '', 1);
  return body;
}

/** express.json says by `status` what it could not read. */
function asProblem(error: unknown): unknown {
  switch ((error as { status?: number }).status) {
    case 413:
      return problem('body-too-large');
    case 415:
      return problem('unsupported-media-type');
    case 400:
      return problem('malformed-request', 'The body is not JSON.');
    default:
      return error;
  }
}

function refuseMonsters(value: unknown, pointer: string, depth: number): void {
  if (typeof value !== 'object' || value === null) return;
  if (depth > depthAtMost) throw tooMuch(pointer, `A body is at most ${depthAtMost} levels deep.`);
  if (Array.isArray(value) && value.length > itemsAtMost)
    throw tooMuch(pointer, `An array has at most ${itemsAtMost} items.`);
  for (const [name, one] of Object.entries(value)) refuseMonsters(one, `${pointer}/${escapePointer(name)}`, depth + 1);
}

const tooMuch = (pointer: string, detail: string) =>
  problem('invalid-request', detail, { errors: [{ pointer, detail }] });

/** One step of a JSON pointer (RFC 6901). */
export const escapePointer = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');
