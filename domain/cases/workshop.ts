import type { Matter } from './case';

/** Where a product is repaired; each route has its promise (TR-10). */
export type RepairRoute = 'store' | 'service-centre' | 'factory';

/** A product in our hands, until it is ready to go home. Instants are ISO, in case time. */
export interface Workshop {
  /** The how-manieth time in this case. */
  round: number;
  route: RepairRoute;
  /** It left the customer's hands then: that day is day 0 of what he was promised. */
  leftCustomerAt: string;
  receivedAt: string;
  entryId: string;
  /** Fetched from the customer's home by us: then we bring it back (H-55). */
  pulledIn: boolean;
  /** What the workshop said last about when it is ready. */
  forecast?: Forecast;
  /** It was not ready when it was promised: the due time that was missed last. */
  missed?: string;
  /** Texts about a new date, and texts that it may get late: each has a key of its own. */
  datesSaid: number;
  delaysSaid: number;
  /** An offer for the delay was made. */
  offered?: true;
  /** Calls about the date in which nobody answered, since somebody did. */
  unreached: number;
}

export interface Forecast {
  readyAt: string;
  /** The true cause stands in that entry. */
  entryId: string;
  /** It is later than the customer knows: he has to be told (S-26). */
  untold?: true;
}

/** It cannot be repaired: somebody above proposes a remedy to the customer (S-29). */
export interface Remedy {
  since: string;
  category: string;
  pulledIn: boolean;
}

export interface InWorkshop {
  workshop?: Workshop;
  workshopRounds: number;
  /** We fetched it at the customer's home then, and it is on its way to the workshop. */
  fetchedAt?: string;
  remedy?: Remedy;
}

/** A product is in the workshop. */
export const workshop: Matter<InWorkshop> = {
  name: 'workshop',
  since: ({ workshop }) => workshop && `${workshop.receivedAt}/${workshop.round}`,
  isOpen: ({ workshop }) => workshop !== undefined,
};

/** What cannot be repaired stays with us until the customer knows what we propose instead. */
export const remedy: Matter<InWorkshop> = {
  name: 'remedy',
  since: ({ remedy }) => remedy?.since,
  isOpen: ({ remedy }) => remedy !== undefined,
};
