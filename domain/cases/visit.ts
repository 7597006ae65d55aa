import type { Matter } from './case';

/** What an engineer comes for; each is a variant of the texts (domain/messages/visit-work.ts). */
export type VisitWork = 'repair' | 'inspect' | 'bring-back';

/** How a visit ended. `unsafe`: nothing can be done before somebody made the place safe. */
export type VisitOutcome =
  'repaired' | 'pull-in' | 'part-missing' | 'no-fault-found' | 'refused-by-customer' | 'postponed' | 'unsafe';

/** One visit with the slot that the customer was told. Instants are ISO, in case time. */
export interface Visit {
  /** The how-manieth of this case. */
  number: number;
  /** How often its slot was moved: each slot is a matter of its own, with its own texts. */
  moves: number;
  /** Earliest and latest arrival as told; equal for one time. */
  from: string;
  by: string;
  engineerId: string;
  travelMinutes: number;
  work: VisitWork;
  bookedAt: string;
  entryId: string;
  departedAt?: string;
  arrivedAt?: string;
  /** As the customer is told it; the cause, if a person stated one, stands in that entry (TR-11). */
  delay?: { eta: string; causeEntryId?: string };
}

/** The visit that is booked or under way, and those of this case before it. */
export interface Visits {
  visit?: Visit;
  visitsBooked: number;
  /** Who came before: from the second round on another one comes (H-76). */
  engineersBefore: string[];
}

/** An engineer is expected at the customer's, or there. */
export const visit: Matter<Visits> = {
  name: 'visit',
  since: ({ visit }) => visit && `${visit.number}.${visit.moves}`,
  isOpen: ({ visit }) => visit !== undefined,
};
