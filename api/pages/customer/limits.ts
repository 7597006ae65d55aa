import type { Request } from 'express';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

/** A minute of one process: of one address all requests and those that try to enter, and the tries at one case or link. */
export interface PageLimits {
  requestsOfAddress: number;
  triesOfAddress: number;
  triesAtPlace: number;
}

const usual: PageLimits = { requestsOfAddress: 120, triesOfAddress: 20, triesAtPlace: 10 };

/** Too many: the same for a case that exists and for one that does not. */
export class TooMany extends Error {
  constructor(readonly retryAfterSeconds: number) {
    super('too many requests');
  }
}

export type CountPages = ReturnType<typeof countPages>;

/** Both throw TooMany. */
export function countPages(limits: Partial<PageLimits> = {}) {
  const { requestsOfAddress, triesOfAddress, triesAtPlace } = { ...usual, ...limits };
  const perMinute = (points: number) => new RateLimiterMemory({ points, duration: 60 });
  const [requests, tries, places] = [perMinute(requestsOfAddress), perMinute(triesOfAddress), perMinute(triesAtPlace)];
  return {
    request: ({ ip = '' }: Request) => consume(requests, ip),
    async try({ ip = '' }: Request, place: string) {
      await consume(tries, ip);
      await consume(places, place);
    },
  };
}

async function consume(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (over) {
    if (!(over instanceof RateLimiterRes)) throw over;
    throw new TooMany(Math.max(1, Math.ceil(over.msBeforeNext / 1000)));
  }
}
