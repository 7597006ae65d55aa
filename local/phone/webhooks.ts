import { setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';

export interface Webhooks {
  /** Counts `count` webhooks about this number as queued; each is settled once, delivered or not. */
  expect(number: string, count: number): void;
  settled(number: string): void;
  /** Queued and not yet settled. */
  pending(): { total: number; perNumber: { [number: string]: number } };
  /** One signed POST of a form. Answers whether it was taken (2xx within the time-out). */
  post(url: string, params: { [name: string]: string }): Promise<boolean>;
  /** Waits, but not beyond `stop`. */
  pause(milliseconds: number): Promise<void>;
  /** Runs what nobody waits for; what `stop` cuts short ends silently. */
  run(work: () => Promise<void>): void;
  stop(): void;
}

/** @param timeoutMs how long the carrier waits for an answer; the real one gives 15 s. */
export function createWebhooks(authToken: string, timeoutMs: number, changed: () => void): Webhooks {
  const perNumber = new Map<string, number>();
  const stopped = new AbortController();
  // One listener for each text on its way, and there is no limit to those.
  setMaxListeners(0, stopped.signal);

  function count(number: string, by: number): void {
    const left = (perNumber.get(number) ?? 0) + by;
    if (left > 0) perNumber.set(number, left);
    else perNumber.delete(number);
    changed();
  }

  async function post(url: string, params: { [name: string]: string }): Promise<boolean> {
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'X-Twilio-Signature': getExpectedTwilioSignature(authToken, url, params) },
        body: new URLSearchParams(params),
        redirect: 'manual',
        signal: AbortSignal.any([stopped.signal, AbortSignal.timeout(timeoutMs)]),
      });
      await response.body?.cancel();
      return response.ok;
    } catch {
      return false;
    }
  }

  return {
    expect: count,
    settled: (number) => count(number, -1),
    pending: () => ({
      total: [...perNumber.values()].reduce((sum, one) => sum + one, 0),
      perNumber: Object.fromEntries(perNumber),
    }),
    post,
    pause: (milliseconds) => pause(milliseconds, undefined, { signal: stopped.signal }),
    run(work) {
      work().catch((error: unknown) => {
        if (!stopped.signal.aborted) throw error;
      });
    },
    stop: () => stopped.abort(),
  };
}
