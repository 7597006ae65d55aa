import type { Refusal } from '../refusal';
import { closed, refuseEntered, type CaseState, type Entered } from './case';

/** What every request is asked: is the case open, and can it have happened then? Without a request: may anything be done at all? */
export function refuseAnything(state: CaseState, asked?: Entered, now = 0): Refusal | undefined {
  if (state.ending) return closed;
  return asked && refuseEntered(state, asked, now);
}
