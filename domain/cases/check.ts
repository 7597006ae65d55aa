import type { Call } from './calls';
import type { Matter } from './case';

/** We ask whether it works now, and call whoever does not say so. A second check starts afresh. */
export interface Check {
  /** The how-manieth of this case: two that began in the same minute are two. */
  round: number;
  entryId?: string;
  /** What is checked ended then: a guidance, or a visit when the engineer left. */
  endedAt?: string;
  /** The question went out then. */
  askedAt?: string;
  answer?: 'yes' | 'no';
  calls: Call[];
  /** Nobody answered in all tries. */
  unreached?: true;
  outcome?: 'works' | 'another-way' | 'unconfirmed';
}

export const noCheck = (): Check => ({ round: 0, calls: [] });

/** A check is a matter from what it checks until somebody knows how it stands. */
export const checkMatter = <State>(name: string, checkOf: (state: State) => Check): Matter<State> => ({
  name,
  since(state) {
    const { endedAt, round } = checkOf(state);
    return endedAt && `${endedAt}/${round}`;
  },
  isOpen(state) {
    const { endedAt, outcome } = checkOf(state);
    return endedAt !== undefined && outcome === undefined;
  },
});
