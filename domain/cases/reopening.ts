import type { Refusal } from '../refusal';
import type { CaseState } from './case';

/** Only what ended is opened again. */
export const refuseReopening = ({ ending }: Pick<CaseState, 'ending'>): Refusal | undefined =>
  ending === undefined ? { code: 'case-open', message: 'This case is open: go on with it.' } : undefined;

const dayMs = 24 * 3_600_000;

/**
 * A closed case is opened again under its number for some days after it ended, so that nobody has to tell his story twice.
 * @param closedAt and `now` in milliseconds of the case's own time.
 */
export function refuseLateReopening(closedAt: number, days: number, now: number): Refusal | undefined {
  if (now <= closedAt + days * dayMs) return undefined;
  return {
    code: 'reopening-too-late',
    message: `A case can be opened again for ${days} days after it ended: open a new one.`,
  };
}
