import type { PickupTerms } from '../policies/terms';
import type { Detail, Matter } from './case';

/** A product that waits for its customer (S-27, S-28). Instants are ISO, in case time; days `YYYY-MM-DD` in the store's zone. */
export interface Pickup {
  readyAt: string;
  /** `unrepaired`: it can be taken back as it came. */
  readyState: 'repaired' | 'unrepaired';
  /** What kind of product it is, if it is a known one (category.ts): it says whether it can be mailed. */
  category: string;
  /** When each notice was told; only told notices count. */
  notices: string[];
  namedDays: NamedDay[];
  /** He asked for it to be sent: nothing more is waited for. */
  sendAsked?: true;
  /** Calls to tell him in which nobody answered, since somebody did. */
  unreached: number;
  headquartersInformedAt?: string;
  /** How it goes home, once it does not wait any longer; where the rules do not say, a person decides. */
  wayHome?: WayHome;
  /** On its way, or delivered. One that came back is no parcel any more, and counts. */
  parcel?: Parcel;
  parcelsReturned: number;
  /** A parcel came back, or nobody could bring it: the rules decide no more. */
  personDecides?: true;
  /** How often we asked whether a parcel arrived. */
  arrivalsAsked: number;
  outcome?: 'collected' | 'delivered' | 'brought-back';
}

/** A day on which the customer wants to come, and when he said so. */
export interface NamedDay {
  day: string;
  at: string;
  /** He wrote it, and waits for our answer. */
  byReply?: true;
}

export type WayHome = 'parcel' | 'delivery';

export interface Parcel {
  /** The day on which it left the store. */
  sentOn: string;
  /** Carrier and tracking number stand in that entry. */
  entryId: string;
  /** He says that it did not arrive, since we asked last. */
  missed?: true;
  /** Calls about it in which nobody answered, since we asked last. */
  unreached: number;
}

export interface ForPickup {
  pickup?: Pickup;
}

/** It waits to be collected, or is on its way home. */
export const pickup: Matter<ForPickup> = {
  name: 'pickup',
  since: ({ pickup }) => pickup?.readyAt,
  isOpen: ({ pickup }) => pickup !== undefined && pickup.outcome === undefined,
};

export const newPickup = (readyAt: string, readyState: Pickup['readyState'], category: string): Pickup => ({
  readyAt,
  readyState,
  category,
  notices: [],
  namedDays: [],
  unreached: 0,
  parcelsReturned: 0,
  arrivalsAsked: 0,
});

/**
 * How a product goes home that nobody collects (S-28): by parcel where its kind can be mailed, else we bring it. Where we do not know
 * where to, or what kind of product it is, or where it was tried in vain, a person decides.
 */
export function wayHome(waiting: Pickup, missing: Detail[], { mailable }: PickupTerms): WayHome | undefined {
  const { category, personDecides } = waiting;
  if (personDecides || missing.includes('address') || category === 'product') return undefined;
  return mailable.includes(category) ? 'parcel' : 'delivery';
}

/** The day that he named still counts: he said it when the notice before was already leaving, or after it. */
export const dayNamedSince = ({ namedDays }: Pickup, at: string): string | undefined =>
  namedDays.findLast((named) => named.at >= at)?.day;
