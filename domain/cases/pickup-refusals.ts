import type { Refusal } from '../refusal';
import { closed, refuseEntered, type Entered } from './case';
import { pickup, type Pickup } from './pickup';
import type { RepairState } from './repair-facts';

/** It can be fetched as long as it is in the store. */
export function refuseCollection(state: RepairState, asked?: Entered, now = 0): Refusal | undefined {
  return refuseInStore(state) ?? (asked && refuseEntered(state, asked, now));
}

/** `today` is the day in the store's zone, at the case's time; both `YYYY-MM-DD`. */
export interface DayNamed {
  day: string;
  today: string;
}

/** From today to as far ahead as the policy allows, as long as it waits in the store (TR-6). */
export function refuseNamedDay(state: RepairState, asked?: Entered & DayNamed, now = 0): Refusal | undefined {
  const refused = refuseInStore(state);
  if (refused || !asked) return refused;
  const days = (Date.parse(asked.day) - Date.parse(asked.today)) / dayMs;
  const nameable = state.terms?.pickup.nameableDays ?? 0;
  if (days < 0 || days > nameable)
    return { code: 'day-out-of-range', message: `A day is named from today to ${nameable} days ahead.`, rule: 'TR-6' };
  return refuseEntered(state, asked, now);
}

/** Not before headquarters was told, unless the customer wants it (S-28). */
export function refuseParcelSent(state: RepairState, asked?: Entered, now = 0): Refusal | undefined {
  const refused = refuseInStore(state);
  if (refused) return refused;
  if (!maySend(state.pickup))
    return {
      code: 'parcel-too-early',
      message: 'It is sent after headquarters was told, or when the customer asks for it.',
      rule: 'S-28',
    };
  return asked && refuseEntered(state, asked, now);
}

export function refuseParcelArrived(state: RepairState, asked?: Entered, now = 0): Refusal | undefined {
  if (state.ending) return closed;
  if (!pickup.isOpen(state) || !state.pickup?.parcel)
    return { code: 'no-parcel', message: 'No parcel is on its way.', rule: 'S-28' };
  return asked && refuseEntered(state, asked, now);
}

/** Only what is in the store can be fetched, kept until a day, or sent. */
export function refuseInStore(state: RepairState): Refusal | undefined {
  if (state.ending) return closed;
  if (!pickup.isOpen(state))
    return { code: 'nothing-to-collect', message: 'No product of this case waits to be collected.', rule: 'S-27' };
  if (state.pickup?.parcel) return { code: 'parcel-on-its-way', message: 'It is on its way by parcel.', rule: 'S-28' };
  return undefined;
}

const maySend = (waiting?: Pickup) => waiting?.sendAsked !== undefined || waiting?.headquartersInformedAt !== undefined;

const dayMs = 24 * 3_600_000;

/** Actions, as the API names them. */
export const pickupRefusals = {
  'name-pickup-day': refuseNamedDay,
  'record-collection': refuseCollection,
  'record-parcel-sent': refuseParcelSent,
  'record-parcel-delivered': refuseParcelArrived,
  'record-parcel-returned': refuseParcelArrived,
} satisfies Record<string, (state: RepairState) => Refusal | undefined>;
