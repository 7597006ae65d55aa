import { setTimeout as pause } from 'node:timers/promises';
import type { z } from 'zod';
import { Trouble } from '../trouble';

/** The fast-forward of one case waits for everything that happens on the way. */
const answeredWithinMs = 130_000;
const happensWithinMs = 20_000;

/** @throws Trouble where the answer is none, is no, or is not what it should show. */
export async function request<Body>(
  shows: z.ZodType<Body>,
  method: string,
  url: string,
  body?: object,
  headers: Record<string, string> = {},
): Promise<Body> {
  const { status, said } = await answerOf(method, url, body, headers);
  if (status >= 400) throw new Trouble(`${method} ${url} was answered with ${status}: ${said}`);
  return shows.parse(JSON.parse(said));
}

/** Whatever the answer is. */
export async function answerOf(method: string, url: string, body?: object, headers: Record<string, string> = {}) {
  const answer = await fetch(url, {
    method,
    headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(answeredWithinMs),
  }).catch((error: Error) => {
    throw new Trouble(`${method} ${url} was not answered: ${error.message}.`);
  });
  return { status: answer.status, said: await answer.text() };
}

/** Looks until it is so, or will not be: whoever asked tells the difference. */
export async function eventually<Seen>(look: () => Promise<Seen>, isSo: (seen: Seen) => boolean): Promise<Seen> {
  for (const giveUpAt = Date.now() + happensWithinMs; ; await pause(50)) {
    const seen = await look();
    if (isSo(seen) || Date.now() > giveUpAt) return seen;
  }
}
