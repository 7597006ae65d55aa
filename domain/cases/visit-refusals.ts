import type { Refusal } from '../refusal';
import type { Entered } from './case';
import type { RepairState } from './repair-facts';
import { refuseAnything } from './refuse-anything';
import type { Finished, Slot, VisitWork } from './visit';

type Asked<Request> = Entered & Request;

const minuteMs = 60_000;
const lateTapMs = 2 * minuteMs;
const longestWindowMs = 8 * 60 * minuteMs;
const farthestMs = 60 * 24 * 60 * minuteMs;
const longestDelayMs = 24 * 60 * minuteMs;

/** A slot with what the door knows of store and engineers. It is nested, since `by` is who asks. */
export interface SlotAsked {
  slot: Slot;
  engineerId: string;
  travelMinutes: number;
  /** Whoever else goes out from the store. */
  others: string[];
}

export type BookingAsked = Asked<SlotAsked & { work: VisitWork }>;

/** One visit at a time, to a place that we know (H-01), in a slot that can be kept. */
export function refuseBooking(state: RepairState, asked?: BookingAsked, now = 0): Refusal | undefined {
  const refused = refuseAnything(state, asked, now);
  if (refused) return refused;
  if (state.missing.length > 0)
    return { code: 'details-missing', message: `Still to be asked: ${state.missing.join(', ')}.`, rule: 'H-01' };
  if (state.visit) return { code: 'visit-booked', message: 'A visit is booked already: move it, or cancel it.' };
  if (!asked) return undefined;
  return refuseWork(state, asked.work) ?? refuseSlot(state, asked, now);
}

/** What is with us is not repaired at home; what is to be brought back is with us. */
function refuseWork({ workshop, pickup }: RepairState, work: VisitWork): Refusal | undefined {
  const isReady = pickup !== undefined && pickup.outcome === undefined;
  if (work === 'bring-back' ? isReady : !workshop && !isReady) return undefined;
  const message = work === 'bring-back' ? 'No product is ready to be brought back.' : 'The product is with us.';
  return { code: 'work-not-possible', message };
}

export type MoveAsked = Asked<SlotAsked>;

/** Until the engineer is there, a visit can be moved as often as need be. */
export function refuseMove(state: RepairState, asked?: MoveAsked, now = 0): Refusal | undefined {
  return refuseExpected(state, asked, now) ?? (asked && refuseSlot(state, asked, now));
}

export const refuseCancelVisit = (state: RepairState, asked?: Entered, now = 0): Refusal | undefined =>
  refuseExpected(state, asked, now);

export function refuseDeparture(state: RepairState, asked?: Entered, now = 0): Refusal | undefined {
  const refused = refuseExpected(state, asked, now);
  if (refused) return refused;
  return state.visit?.departedAt ? { code: 'departed-already', message: 'The engineer has left already.' } : undefined;
}

export const refuseArrival = (state: RepairState, asked?: Entered, now = 0): Refusal | undefined =>
  refuseExpected(state, asked, now);

/** A delay is a later arrival than was told; one within the slot is none. */
export function refuseDelay(state: RepairState, asked?: Asked<{ eta: string }>, now = 0): Refusal | undefined {
  const refused = refuseExpected(state, asked, now);
  if (refused || !asked) return refused;
  const eta = Date.parse(asked.eta);
  if (eta > now && eta <= now + longestDelayMs && eta > Date.parse(state.visit?.by ?? '')) return undefined;
  return { code: 'eta-out-of-range', message: 'eta is after the slot that was told, and within the next 24 hours.' };
}

export type FinishAsked = Asked<Finished>;

/** Who was not there has finished nothing. */
export function refuseFinish(state: RepairState, asked?: FinishAsked, now = 0): Refusal | undefined {
  const refused = refuseAnything(state, asked, now);
  if (refused) return refused;
  if (!state.visit) return noVisit;
  const { arrivedAt } = state.visit;
  if (!arrivedAt) return { code: 'not-arrived', message: 'Report his arrival first.' };
  if (!asked?.leftAt) return undefined;
  const left = Date.parse(asked.leftAt);
  if (left >= Date.parse(arrivedAt) && left <= now + lateTapMs) return undefined;
  return { code: 'left-at-out-of-range', message: 'leftAt lies between his arrival and now.' };
}

function refuseExpected(state: RepairState, asked: Entered | undefined, now: number): Refusal | undefined {
  const refused = refuseAnything(state, asked, now);
  if (refused) return refused;
  if (!state.visit) return noVisit;
  return state.visit.arrivedAt
    ? { code: 'arrived-already', message: 'The engineer is there: finish the visit.' }
    : undefined;
}

function refuseSlot(state: RepairState, asked: SlotAsked, now: number): Refusal | undefined {
  const { slot, engineerId, travelMinutes, others } = asked;
  const [start, end] = [Date.parse(slot.from), Date.parse(slot.by)];
  if (end < start || end - start > longestWindowMs)
    return { code: 'slot-out-of-range', message: 'A slot ends after it begins, and is 8 hours long at most.' };
  if (start <= now) return { code: 'slot-in-past', message: 'This slot has begun already.', rule: 'H-07' };
  if (end - travelMinutes * minuteMs < now)
    return { code: 'engineer-cannot-arrive', message: 'The way is too long to be there in time.', rule: 'H-07' };
  if (start > now + farthestMs)
    return { code: 'slot-out-of-range', message: 'A visit is booked for the next 60 days.' };
  const { round, engineersBefore } = state;
  const another = others.some((other) => !engineersBefore.includes(other));
  if (round > 1 && engineersBefore.includes(engineerId) && another)
    return { code: 'same-engineer', message: 'He came before: send another one.', rule: 'H-76' };
  return undefined;
}

const noVisit: Refusal = { code: 'no-visit', message: 'No visit is booked.' };

/** Actions, as the API names them. */
export const visitRefusals = {
  'book-visit': refuseBooking,
  'move-visit': refuseMove,
  'cancel-visit': refuseCancelVisit,
  'report-departure': refuseDeparture,
  'report-arrival': refuseArrival,
  'report-delay': refuseDelay,
  'finish-visit': refuseFinish,
} satisfies Record<string, (state: RepairState) => Refusal | undefined>;
