import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { problem } from '../problem';

export interface RateLimit {
  requests: number;
  perSeconds: number;
}

export type CountRequest = (keyId: string) => Promise<{ [header: string]: string }>;

/**
 * Counts the requests of each API key; in the memory of this process, so the limit is one of each process.
 * Answers with the RateLimit headers.
 * @throws too-many-requests
 */
export function rateLimit({ requests, perSeconds }: RateLimit): CountRequest {
  const limiter = new RateLimiterMemory({ points: requests, duration: perSeconds });
  const headers = ({ remainingPoints, msBeforeNext }: RateLimiterRes) => ({
    'RateLimit-Policy': `"key";q=${requests};w=${perSeconds}`,
    RateLimit: `"key";r=${Math.max(0, remainingPoints)};t=${Math.ceil(msBeforeNext / 1000)}`,
  });
  return async (keyId) => {
    try {
      return headers(await limiter.consume(keyId));
    } catch (over) {
      if (!(over instanceof RateLimiterRes)) throw over;
      const retryAfter = String(Math.max(1, Math.ceil(over.msBeforeNext / 1000)));
      throw problem('too-many-requests', undefined, { headers: { ...headers(over), 'Retry-After': retryAfter } });
    }
  };
}
