import type { Refusal } from '../refusal';
import type { Call, CallOutcome } from './calls';
import { closed, refuseEntered, type Entered } from './case';
import { guidance, revisit, type RepairState } from './repair-facts';
import { refuseEndedAt } from './check-refusals';

type Correction = Entered & { corrects: string; endedAt?: string; outcome?: CallOutcome };

/** Mistakes happen: the end of a guidance, or a call noted with the wrong outcome. What was said to the customer stays said. */
export function refuseCorrection(state: RepairState, asked?: Correction, now = 0): Refusal | undefined {
  if (state.ending) return closed;
  const { entryId } = state.guidance;
  const calls = [...state.guidance.calls, ...state.revisit.calls];
  if (!asked) return entryId || calls.length > 0 ? undefined : unknownEntry;
  if (asked.corrects === entryId) {
    if (!asked.endedAt || asked.outcome)
      return cannotCorrect('A guidance is corrected in its end, and in nothing else.');
    if (!guidance.isOpen(state)) return cannotCorrect('This guidance is settled.');
    return refuseEndedAt(state, asked.endedAt, now) ?? refuseEntered(state, asked, now);
  }
  const call = calls.find((known) => known.entryId === asked.corrects);
  if (!call) return unknownEntry;
  if (asked.endedAt) return cannotCorrect('A call is corrected in its outcome, and in nothing else.');
  return refuseOtherOutcome(state, call, asked.outcome) ?? refuseEntered(state, asked, now);
}

function refuseOtherOutcome(state: RepairState, call: Call, outcome?: CallOutcome): Refusal | undefined {
  if (!outcome) return cannotCorrect('A call is corrected in its outcome.');
  const matter = state.guidance.calls.includes(call) ? guidance : revisit;
  if (!matter.isOpen(state)) return cannotCorrect('What this call was about is settled.');
  const allowed: CallOutcome[] = call.outcome === 'does-not-work' ? ['works'] : ['works', 'does-not-work'];
  return allowed.includes(outcome)
    ? undefined
    : cannotCorrect(
        `${call.outcome} is corrected to ${allowed.join(' or ')} only: for the rest, record the call anew.`,
      );
}

const cannotCorrect = (message: string): Refusal => ({ code: 'cannot-correct', message });
const unknownEntry: Refusal = { code: 'unknown-entry', message: 'No such entry of this case can be corrected.' };
