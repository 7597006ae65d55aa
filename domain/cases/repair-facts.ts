import { newCase, type CaseInput, type CaseState, type Matter } from './case';

export type Way = 'phone-guidance' | 'visit' | 'workshop' | 'remote';
export type FaultClass = 'use-error' | 'software' | 'hardware' | 'customer-damage' | 'unknown';
export type RepairStatus = 'needs-details' | 'choosing' | 'guided' | 'confirming' | 'closed';
export type RepairEnding = 'satisfied' | 'unconfirmed' | 'cancelled';
export type CallOutcome = 'works' | 'does-not-work' | 'no-answer' | 'call-later';
/** What a customer who contacts us by himself says or wants. */
export type ContactAbout = 'works' | 'does-not-work' | 'chases' | 'other';

export interface RepairState extends CaseState {
  faultClass?: FaultClass;
  way?: Way;
  guidance: Guidance;
  /** Since when the next step is to be agreed: a new time is a new matter. */
  nextStepSince: string;
  over?: RepairEnding;
}

/** One guidance by phone and what came of it; a second one starts afresh. */
export interface Guidance {
  /** The how-manieth of this case: two that ended in the same minute are two. */
  round: number;
  entryId?: string;
  endedAt?: string;
  /** The question went out then. */
  askedAt?: string;
  answer?: 'yes' | 'no';
  calls: Call[];
  /** Nobody answered in all tries. */
  unreached?: true;
  outcome?: 'works' | 'another-way' | 'unconfirmed';
}

export interface Call {
  entryId: string;
  outcome: CallOutcome;
  callAt?: string;
}

export function newRepair(input: CaseInput): RepairState {
  return { ...(newCase(input) as RepairState), guidance: { round: 0, calls: [] }, nextStepSince: input.openedAt };
}

/** The customer was guided by phone: does it work now? (H-05) */
export const guidance: Matter<RepairState> = {
  name: 'guidance',
  since: ({ guidance: { endedAt, round } }) => endedAt && `${endedAt}/${round}`,
  isOpen: ({ guidance }) => guidance.endedAt !== undefined && guidance.outcome === undefined,
};

/** Nothing is under way: what is done next? */
export const nextStep: Matter<RepairState> = {
  name: 'next-step',
  since: ({ nextStepSince }) => nextStepSince,
  isOpen: (state) => !guidance.isOpen(state),
};
