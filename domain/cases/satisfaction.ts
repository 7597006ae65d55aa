import type { Matter } from './case';
import type { Call } from './calls';

/** Is the customer satisfied with how it was handled? (S-32, H-72) Asked once per round. */
export interface Satisfaction {
  /** The work ended then: it was collected, delivered, or a certain and tested visit ended. */
  since: string;
  askedAt?: string;
  answer?: 'yes' | 'no';
  calls: Call[];
  outcome?: 'satisfied' | 'another-round' | 'unconfirmed';
}

export interface Satisfying {
  satisfaction?: Satisfaction;
  /** Grows with every "no" (H-76): from the second on another engineer comes, from the third on the next level decides. */
  round: number;
}

export const satisfaction: Matter<Satisfying> = {
  name: 'satisfaction',
  since: ({ satisfaction, round }) => satisfaction && `${satisfaction.since}/${round}`,
  isOpen: ({ satisfaction }) => satisfaction !== undefined && satisfaction.outcome === undefined,
};
