import type { Refusal } from '../refusal';
import { closed, refuseEntered, type Entered } from './case';
import type { Call, CallOutcome } from './check';
import { guidance, type ContactAbout, type RepairState, type Way } from './repair-facts';
import { openTask, refuseCallTask } from './tasks';

/** Without a request: may this be done at all? With one: may it be done so? */
type Asked<Request> = Entered & Request;

const hourMs = 3_600_000;
const lateTapMs = 2 * 60_000;
const longestAppointmentMs = 7 * 24 * hourMs;

export function refuseAnything(state: RepairState, asked?: Entered, now = 0): Refusal | undefined {
  if (state.ending) return closed;
  return asked && refuseEntered(state, asked, now);
}

/** Whoever drives out or takes a product in must know where, and since when it is owned (H-01, H-02). */
export function refuseWay(state: RepairState, asked?: Asked<{ way: Way }>, now = 0): Refusal | undefined {
  if (asked && (asked.way === 'visit' || asked.way === 'workshop') && state.missing.length > 0)
    return { code: 'details-missing', message: `Still to be asked: ${state.missing.join(', ')}.`, rule: 'H-01' };
  if (asked?.way === 'phone-guidance' && isGuided(state))
    return { code: 'way-chosen', message: 'The customer is guided by phone already.', rule: 'H-17' };
  return refuseAnything(state, asked, now);
}

/** One guidance at a time; the next one only after it did not help. It may have ended up to a day before the case was opened. */
export function refuseGuidance(state: RepairState, asked?: Asked<{ endedAt: string }>, now = 0): Refusal | undefined {
  if (state.ending) return closed;
  if (isGuided(state)) return { code: 'already-guided', message: 'The guidance was recorded already.', rule: 'H-05' };
  return asked && (refuseEndedAt(state, asked.endedAt, now) ?? refuseEntered(state, asked, now));
}

type CallAsked = Asked<{ taskId: string; outcome: CallOutcome; callAt?: string }>;

/** Tries are at least two hours apart (H-75): one made too early does not count, whatever was said in it does. */
export function refuseCall(state: RepairState, asked?: CallAsked, now = 0): Refusal | undefined {
  if (state.ending) return closed;
  if (!asked) return state.tasks.some(({ kind }) => kind === 'guidance-call') ? undefined : nothingAsked;
  const refused = refuseCallTask(state, asked.taskId) ?? refuseEntered(state, asked, now);
  if (refused) return refused;
  if (asked.outcome === 'call-later') return refuseCallAt(asked.callAt, now);
  const notBefore = openTask(state, asked.taskId)?.notBefore;
  if (asked.outcome === 'no-answer' && notBefore && now < Date.parse(notBefore))
    return { code: 'too-early-to-count', message: `This try counts from ${notBefore} on.`, rule: 'H-75' };
  return undefined;
}

/** A customer who calls in settles what he was to be asked (H-05). */
export function refuseContact(
  state: RepairState,
  asked?: Asked<{ about: ContactAbout }>,
  now = 0,
): Refusal | undefined {
  if (asked && (asked.about === 'works' || asked.about === 'does-not-work') && !guidance.isOpen(state) && !state.over)
    return nothingAsked;
  return refuseAnything(state, asked, now);
}

type Correction = Asked<{ corrects: string; endedAt?: string; outcome?: CallOutcome }>;

/** Mistakes happen: the end of a guidance, or a call noted with the wrong outcome. What was said to the customer stays said. */
export function refuseCorrection(state: RepairState, asked?: Correction, now = 0): Refusal | undefined {
  if (state.ending) return closed;
  const { entryId, calls } = state.guidance;
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
  if (!guidance.isOpen(state)) return cannotCorrect('The guidance of this call is settled.');
  const allowed: CallOutcome[] = call.outcome === 'does-not-work' ? ['works'] : ['works', 'does-not-work'];
  return allowed.includes(outcome)
    ? undefined
    : cannotCorrect(
        `${call.outcome} is corrected to ${allowed.join(' or ')} only: for the rest, record the call anew.`,
      );
}

function refuseEndedAt(state: RepairState, endedAt: string, now: number): Refusal | undefined {
  const time = Date.parse(endedAt);
  if (time <= now + lateTapMs && time >= Date.parse(state.openedAt) - 24 * hourMs) return undefined;
  return { code: 'ended-at-out-of-range', message: 'endedAt lies between a day before the opening and now.' };
}

function refuseCallAt(callAt: string | undefined, now: number): Refusal | undefined {
  const time = Date.parse(callAt ?? '');
  if (time > now && time <= now + longestAppointmentMs) return undefined;
  return { code: 'call-at-out-of-range', message: 'callAt is the time agreed, within the next 7 days.' };
}

const isGuided = (state: RepairState) =>
  guidance.isOpen(state) && state.guidance.answer !== 'no' && !state.guidance.unreached;
const cannotCorrect = (message: string): Refusal => ({ code: 'cannot-correct', message });
const unknownEntry: Refusal = { code: 'unknown-entry', message: 'No such entry of this case can be corrected.' };
const nothingAsked: Refusal = { code: 'nothing-asked', message: 'No call and no answer is waited for.' };

/** Actions, as the API names them. */
export const refusals = {
  'add-details': refuseAnything,
  'change-contact': refuseAnything,
  'choose-service-way': refuseWay,
  'record-guidance': refuseGuidance,
  'record-call': refuseCall,
  'record-contact': refuseContact,
  'correct-entry': refuseCorrection,
  'cancel-case': refuseAnything,
} satisfies Record<string, (state: RepairState) => Refusal | undefined>;
