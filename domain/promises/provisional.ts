import type { CountedTime } from '../calendar/business-days';
import type { Due } from './kinds';

/** The reason of what rests on days that no calendar knows yet. The ledger reads it off the reasons (view `promises_now`). */
export const notPublishedYet = 'provisional: the holidays of that time are not published yet';

/** A due time that was counted by a calendar: one that rests on unknown days says so. */
export function dueOn({ at, provisional }: CountedTime, because: string[], notBefore = at): Due {
  if (!provisional) return { notBefore, dueAt: at, because };
  return { notBefore, dueAt: at, because: [...because, notPublishedYet], provisional };
}
