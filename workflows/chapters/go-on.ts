import type { RepairState } from '../../domain/cases/repair-facts';
import { now } from '../support/clock';

/** A case whose end was decided, but for a reply that is still to be read, goes on after all. */
export function goOn(state: RepairState): void {
  if (!state.over) return;
  delete state.over;
  state.nextStepSince = now();
}
