import type { Matter } from './case';

/** Where a product is repaired; each route has its promise (TR-10). */
export type RepairRoute = 'store' | 'service-centre' | 'factory';

/** A product in our hands, until it is ready to go home. Instants are ISO, in case time. */
export interface Workshop {
  /** The how-manieth time in this case. */
  round: number;
  route: RepairRoute;
  receivedAt: string;
  entryId: string;
  /** Fetched from the customer's home by us: then we bring it back (H-55). */
  pulledIn: boolean;
  /** The forecast that the customer was told last: a later one is told before the old time (S-26). */
  forecast?: { readyAt: string; causeEntryId: string };
}

export interface InWorkshop {
  workshop?: Workshop;
  workshopRounds: number;
}

/** A product is in the workshop. */
export const workshop: Matter<InWorkshop> = {
  name: 'workshop',
  since: ({ workshop }) => workshop && `${workshop.receivedAt}/${workshop.round}`,
  isOpen: ({ workshop }) => workshop !== undefined,
};
