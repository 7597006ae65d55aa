import type { Refusal } from '../refusal';
import { closed, refuseEntered, type Entered } from './case';
import { refuseCall, refuseContact, refuseEndedAt } from './check-refusals';
import { refuseCorrection } from './correction-refusals';
import { pickupRefusals } from './pickup-refusals';
import { guidance, type RepairState, type Way } from './repair-facts';
import { refuseReopening } from './reopening';
import { refuseAnything } from './refuse-anything';
import { visitRefusals } from './visit-refusals';
import { workshopRefusals } from './workshop-refusals';

/** Without a request: may this be done at all? With one: may it be done so? */
type Asked<Request> = Entered & Request;

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

const isGuided = (state: RepairState) =>
  guidance.isOpen(state) && state.guidance.answer !== 'no' && !state.guidance.unreached;

/** Actions, as the API names them. */
export const refusals = {
  'add-details': refuseAnything,
  'change-contact': refuseAnything,
  'choose-service-way': refuseWay,
  'record-guidance': refuseGuidance,
  'record-call': refuseCall,
  'record-contact': refuseContact,
  'correct-entry': refuseCorrection,
  ...visitRefusals,
  ...workshopRefusals,
  ...pickupRefusals,
  'cancel-case': refuseAnything,
  'reopen-case': refuseReopening,
} satisfies Record<string, (state: RepairState) => Refusal | undefined>;
