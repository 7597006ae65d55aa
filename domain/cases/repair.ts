import type { CaseKind, WaitingFor } from './case';
import { pickup } from './pickup';
import { guidance, revisit, type RepairState, type RepairStatus } from './repair-facts';
import { refusals } from './repair-refusals';
import { satisfaction } from './satisfaction';
import { nextMoment } from './visit-moments';

/** Nothing sets a status: it is read off the facts. */
export function statusOf(state: RepairState): RepairStatus {
  if (state.ending) return 'closed';
  if (state.over) return 'confirming';
  if (state.visit) return state.visit.arrivedAt ? 'on-site' : 'visit-booked';
  if (state.workshop || state.remedy) return 'in-workshop';
  if (state.pickup && pickup.isOpen(state)) return state.pickup.parcel ? 'going-home' : 'ready-for-pickup';
  if (guidance.isOpen(state) && state.guidance.answer !== 'no') return 'guided';
  if (revisit.isOpen(state) || satisfaction.isOpen(state)) return 'confirming';
  return state.missing.length > 0 ? 'needs-details' : 'choosing';
}

function waitingFor(state: RepairState): WaitingFor {
  if (state.ending) return 'nobody';
  if (state.carrierAway) return 'carrier';
  switch (statusOf(state)) {
    case 'needs-details':
      return state.guidance.answer === 'no' ? 'desk' : 'details';
    case 'guided':
      return checkWaitsFor(state.guidance);
    case 'visit-booked':
    case 'on-site':
      return 'engineer';
    case 'in-workshop':
      return state.workshop ? 'workshop' : 'store';
    case 'ready-for-pickup':
      return 'customer';
    case 'going-home':
      return 'parcel';
    case 'confirming':
      if (state.over) return 'desk'; // a reply is still to be read
      return revisit.isOpen(state) ? checkWaitsFor(state.revisit) : state.satisfaction?.askedAt ? 'customer' : 'clock';
    default:
      return 'desk';
  }
}

function checkWaitsFor({ answer, askedAt, unreached }: RepairState['revisit']): WaitingFor {
  if (unreached) return 'service-manager';
  if (answer === 'no') return 'desk';
  return askedAt ? 'customer' : 'clock';
}

/** The same rules that refuse say what may be done: validators, lists and pages all ask here. */
function actionsNow(state: RepairState): string[] {
  return Object.entries(refusals)
    .filter(([, refuse]) => refuse(state) === undefined)
    .map(([action]) => action);
}

function looksNextAt({ visit, terms }: RepairState): string | undefined {
  return visit && terms && nextMoment(visit, terms.visit)?.at;
}

/** Once the case is over, nobody drives out for it. */
const slot = ({ visit, over, ending }: RepairState): string | undefined =>
  over || ending ? undefined : visit?.entryId;

export const repair: CaseKind<RepairState> = { name: 'repair', statusOf, waitingFor, actionsNow, looksNextAt, slot };
