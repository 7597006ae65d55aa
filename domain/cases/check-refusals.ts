import type { Refusal } from '../refusal';
import { isCall, refuseCallTo, type CallAsked } from './calls';
import { closed, refuseEntered, type Entered } from './case';
import { refuseInStore } from './pickup-refusals';
import { guidance, revisit, type ContactAbout, type RepairState } from './repair-facts';
import { satisfaction } from './satisfaction';

const nothingAsked: Refusal = { code: 'nothing-asked', message: 'No call and no answer is waited for.' };

export function refuseCall(state: RepairState, asked?: CallAsked, now = 0): Refusal | undefined {
  if (state.ending) return closed;
  if (!asked) return state.tasks.some(({ kind }) => isCall(kind)) ? undefined : nothingAsked;
  return refuseCallTo(state, asked, now);
}

/** A customer who calls in settles what he was to be asked (H-05). */
export function refuseContact(
  state: RepairState,
  asked?: Entered & { about: ContactAbout },
  now = 0,
): Refusal | undefined {
  if (state.ending) return closed;
  if (!asked) return undefined;
  const { about } = asked;
  const refused = about === 'told' || about === 'send-it' ? refuseInStore(state) : undefined;
  if (refused) return refused;
  if (!isAsked(state, about)) return nothingAsked;
  return refuseEntered(state, asked, now);
}

function isAsked(state: RepairState, about: ContactAbout): boolean {
  if (['told', 'send-it', 'chases', 'other'].includes(about) || state.over) return true;
  const checked = guidance.isOpen(state) || revisit.isOpen(state);
  return satisfaction.isOpen(state) || (checked && (about === 'works' || about === 'does-not-work'));
}

const hourMs = 3_600_000;
const lateTapMs = 2 * 60_000;

/** A guidance may have ended up to a day before the case was opened. */
export function refuseEndedAt(state: RepairState, endedAt: string, now: number): Refusal | undefined {
  const time = Date.parse(endedAt);
  if (time <= now + lateTapMs && time >= Date.parse(state.openedAt) - 24 * hourMs) return undefined;
  return { code: 'ended-at-out-of-range', message: 'endedAt lies between a day before the opening and now.' };
}
