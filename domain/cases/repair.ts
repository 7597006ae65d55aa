import { closed, newCase, refuseEntered, type CaseInput, type CaseKind, type CaseState, type Matter } from './case';
import type { Entered, WaitingFor } from './case';
import type { Refusal } from '../refusal';

export type Way = 'phone-guidance' | 'visit' | 'workshop' | 'remote';
export type FaultClass = 'use-error' | 'software' | 'hardware' | 'customer-damage' | 'unknown';
export type RepairStatus = 'needs-details' | 'choosing' | 'guided' | 'closed';
export type RepairEnding = 'satisfied' | 'unconfirmed' | 'cancelled';
export type CallOutcome = 'works' | 'does-not-work' | 'no-answer' | 'call-later';
/** What a customer who contacts us by himself says or wants. */
export type ContactAbout = 'works' | 'does-not-work' | 'chases' | 'other';

export interface RepairState extends CaseState {
  faultClass?: FaultClass;
  way?: Way;
  guidance: Guidance;
  /** Since when the next step is to be agreed, and how often it was: a new one is a new matter. */
  nextStep: { since: string; round: number };
}

/** One guidance by phone and what came of it; a second one starts afresh. */
export interface Guidance {
  entryId?: string;
  endedAt?: string;
  /** The question went out then. */
  askedAt?: string;
  answer?: 'yes' | 'no';
  calls: { entryId: string; outcome: CallOutcome; callAt?: string }[];
  /** All tries were in vain, or the text could not be sent and nobody answers. */
  unreached?: true;
  outcome?: 'works' | 'another-way' | 'unconfirmed';
}

export function newRepair(input: CaseInput, openedAt: string): RepairState {
  return { ...newCase(input, openedAt), guidance: { calls: [] }, nextStep: { since: openedAt, round: 1 } };
}

/** The customer was guided by phone: does it work now? (H-05) */
export const guidance: Matter<RepairState> = {
  name: 'guidance',
  since: ({ guidance }) => guidance.endedAt,
  isOpen: ({ guidance }) => guidance.endedAt !== undefined && guidance.outcome === undefined,
};

/** Nothing is under way: what is done next? */
export const nextStep: Matter<RepairState> = {
  name: 'next-step',
  since: ({ nextStep }) => nextStep.since,
  isOpen: (state) => !guidance.isOpen(state),
};
