import type { Matter } from './case';

/** A product that waits for its customer (S-27, S-28). Instants are ISO, in case time; days `YYYY-MM-DD` in the store's zone. */
export interface Pickup {
  readyAt: string;
  /** `not-repaired`: it can be taken back as it came. */
  readyState: 'repaired' | 'not-repaired';
  /** When each notice was told; only told notices count. */
  notices: string[];
  namedDays: { day: string; entryId?: string }[];
  /** The customer was told, or asked, where it is sent to. */
  addressConfirmed?: true;
  headquartersInformedAt?: string;
  parcel?: { sentAt: string; entryId: string; deliveredAt?: string; returnedAt?: string };
  outcome?: 'collected' | 'delivered' | 'brought-back';
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
