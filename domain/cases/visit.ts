import type { Matter } from './case';
import type { Moment } from './visit-moments';

/** What an engineer comes for; each is a variant of the texts (domain/messages/visit-work.ts). */
export type VisitWork = 'repair' | 'inspect' | 'bring-back';

/** How a visit ended. `unsafe`: nothing can be done before somebody made the place safe. */
export type VisitOutcome =
  'repaired' | 'pull-in' | 'part-missing' | 'no-fault-found' | 'refused-by-customer' | 'postponed' | 'unsafe';

/** What the engineer says when he leaves; without a cause on record, "repaired" is not certain. */
export interface Finished {
  outcome: VisitOutcome;
  leftAt?: string;
  trialRun: boolean;
  certain: boolean;
  causeStated: boolean;
}

/** "Repaired" without a cause on record is not certain, and a fault that was not found least of all. */
export const isSettled = ({ outcome, trialRun, certain, causeStated }: Finished): boolean =>
  outcome === 'repaired' && trialRun && certain && causeStated;

/** The earliest and the latest arrival as the customer is told, equal for one time. Instants are ISO, in case time. */
export interface Slot {
  from: string;
  by: string;
}

/** Who comes in it, and how far he has to go. */
export interface VisitSlot extends Slot {
  engineerId: string;
  travelMinutes: number;
}

/** One visit with the slot that the customer was told. */
export interface Visit extends VisitSlot {
  /** The how-manieth of this case. */
  number: number;
  /** How often its slot was moved: each slot is a matter of its own, with its own texts. */
  moves: number;
  work: VisitWork;
  bookedAt: string;
  /** The request that holds the engineer's time. */
  entryId: string;
  departedAt?: string;
  arrivedAt?: string;
  /** As people said it last; the cause, if a person stated one, stands in that entry (TR-11). */
  delay?: { eta: string; causeEntryId?: string };
  /** What the clock has brought about already. */
  passed: Moment[];
  /** Nobody said anything, and the slot is nearly over. */
  lateNotice?: true;
  /** The customer hears that it gets late: each time what was said, an instant or that nobody knows. */
  lateTexts: string[];
  /** Nobody came and the customer waits for a new time. */
  missedAt?: string;
}

/** He came 15 minutes late or more: the customer is told how sorry we are, and may want more than that (H-35). */
export interface Lateness {
  visit: string;
  slotBy: string;
  arrivedAt: string;
  /** He wants the service manager to come. */
  wantsManager?: true;
  settled?: true;
}

/** A visit ended without what it was for; the customer is told how it goes on. */
export interface VisitOver {
  visit: string;
  how: 'cancelled' | 'unfinished';
  from: string;
  by: string;
  engineerId: string;
  work: VisitWork;
}

/** The visit that is booked or under way, and those of this case before it. */
export interface Visits {
  visit?: Visit;
  visitsBooked: number;
  /** Who came before: from the second round on another one comes (H-76). */
  engineersBefore: string[];
  lateness?: Lateness;
  visitOver?: VisitOver;
}

/** Which visit, and which of its slots. */
export const slotOf = ({ number, moves }: Visit): string => `${number}.${moves}`;

/** An engineer is expected at the customer's, or there. */
export const visit: Matter<Visits> = {
  name: 'visit',
  since: ({ visit }) => visit && slotOf(visit),
  isOpen: ({ visit }) => visit !== undefined,
};

/** The apology for coming late: it does not end with the visit. */
export const lateness: Matter<Visits> = {
  name: 'lateness',
  since: ({ lateness }) => lateness?.visit,
  isOpen: ({ lateness }) => lateness !== undefined && !lateness.settled,
};

/** What the customer is told after a visit that brought nothing. */
export const visitOver: Matter<Visits> = {
  name: 'visit-over',
  since: ({ visitOver }) => visitOver?.visit,
  isOpen: ({ visitOver }) => visitOver !== undefined,
};
