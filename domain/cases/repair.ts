import type { CaseKind, WaitingFor } from './case';
import { guidance, type RepairState, type RepairStatus } from './repair-facts';
import { refusals } from './repair-refusals';

/** Nothing sets a status: it is read off the facts. */
export function statusOf(state: RepairState): RepairStatus {
  if (state.ending) return 'closed';
  if (state.over) return 'confirming';
  if (guidance.isOpen(state) && state.guidance.answer !== 'no') return 'guided';
  return state.missing.length > 0 ? 'needs-details' : 'choosing';
}

function waitingFor(state: RepairState): WaitingFor {
  if (state.ending) return 'nobody';
  if (state.carrierAway) return 'carrier';
  switch (statusOf(state)) {
    case 'needs-details':
      return state.guidance.answer === 'no' ? 'desk' : 'details';
    case 'guided':
      if (state.guidance.unreached) return 'service-manager';
      return state.guidance.askedAt ? 'customer' : 'clock';
    default:
      return 'desk';
  }
}

/** The same rules that refuse say what may be done: validators, lists and pages all ask here. */
function actionsNow(state: RepairState): string[] {
  return Object.entries(refusals)
    .filter(([, refuse]) => refuse(state) === undefined)
    .map(([action]) => action);
}

export const repair: CaseKind<RepairState> = { name: 'repair', statusOf, waitingFor, actionsNow };
