import { z } from 'zod';

/** How many callbacks the stand-in of the carrier still has under way for a number. */
export type PendingCallbacks = (number: string) => Promise<number>;

const pending = z.object({ perNumber: z.record(z.string(), z.number()) });

/** Asks the phone; where there is none, nothing is under way. */
export const pendingCallbacksAt =
  (phoneUrl: string | undefined): PendingCallbacks =>
  async (number) => {
    if (!phoneUrl) return 0;
    const answer = await fetch(new URL('/callbacks/pending', phoneUrl), { signal: AbortSignal.timeout(2000) }).catch(
      () => undefined,
    );
    if (!answer?.ok) return 0; // a phone that is away calls nobody back
    return pending.parse(await answer.json()).perNumber[number] ?? 0;
  };
