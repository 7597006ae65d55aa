import { newCase, type CaseInput, type CaseState, type Matter } from './case';
import { checkMatter, noCheck, type Check } from './check';
import { pickup, type ForPickup } from './pickup';
import { satisfaction, type Satisfying } from './satisfaction';
import { visit, type Visits } from './visit';
import { remedy, workshop, type InWorkshop } from './workshop';

export type Way = 'phone-guidance' | 'visit' | 'workshop' | 'remote';
export type FaultClass = 'use-error' | 'software' | 'hardware' | 'customer-damage' | 'unknown';
export type RepairStatus =
  | 'needs-details'
  | 'choosing'
  | 'guided'
  | 'visit-booked'
  | 'on-site'
  | 'in-workshop'
  | 'ready-for-pickup'
  | 'going-home'
  | 'confirming'
  | 'closed';
/** `refused`: an approver said with his reason that nothing more will be done (C-12). */
export type RepairEnding = 'satisfied' | 'unconfirmed' | 'cancelled' | 'refused';
/** What a customer who contacts us by himself says or wants. */
export type ContactAbout =
  | 'works'
  | 'does-not-work'
  | 'satisfied'
  | 'not-satisfied'
  /** He was told, there and then, that his product is ready. */
  | 'told'
  /** He wants his product sent. */
  | 'send-it'
  | 'chases'
  | 'other';

export interface RepairState extends CaseState, Visits, InWorkshop, ForPickup, Satisfying {
  faultClass?: FaultClass;
  way?: Way;
  guidance: Check;
  /** After a visit whose end was not tested, or not certain. */
  revisit: Check;
  /** Since when the next step is to be agreed: a new time is a new matter. */
  nextStepSince: string;
  /** He said that it does not run well after a visit: somebody comes again within a day (H-76). */
  visitOwedSince?: string;
  over?: RepairEnding;
}

export function newRepair(input: CaseInput): RepairState {
  return {
    ...(newCase(input) as RepairState),
    guidance: noCheck(),
    revisit: noCheck(),
    visitsBooked: 0,
    engineersBefore: [],
    workshopRounds: 0,
    round: 1,
    nextStepSince: input.reopened?.at ?? input.openedAt,
  };
}

/** The customer was guided by phone: does it work now? (H-05) */
export const guidance = checkMatter<RepairState>('guidance', (state) => state.guidance);

/** The engineer was there: does it run well? (H-63, H-75) */
export const revisit = checkMatter<RepairState>('revisit', (state) => state.revisit);

/** A new visit was promised, until somebody is there or another way was agreed. */
export const visitOwed: Matter<RepairState> = {
  name: 'visit-owed',
  since: ({ visitOwedSince }) => visitOwedSince,
  isOpen: ({ visitOwedSince }) => visitOwedSince !== undefined,
};

const underWay: Matter<RepairState>[] = [guidance, visit, revisit, workshop, remedy, pickup, satisfaction];

/** Nothing is under way: what is done next? */
export const nextStep: Matter<RepairState> = {
  name: 'next-step',
  since: ({ nextStepSince }) => nextStepSince,
  isOpen: (state) => !underWay.some((matter) => matter.isOpen(state)),
};

/** Another way was agreed with the customer: nothing that he was asked before is waited for any more. */
export function settleAsked(state: RepairState): void {
  for (const check of [state.guidance, state.revisit])
    if (check.endedAt && !check.outcome) check.outcome = 'another-way';
  if (state.satisfaction && !state.satisfaction.outcome) state.satisfaction.outcome = 'another-round';
}
