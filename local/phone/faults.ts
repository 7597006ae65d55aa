import { faultSetOf, type Faults as FaultsOf, type KnownFaults } from '../stand-in/faults';
import { e164 } from './number';

/** What can go wrong at a carrier. A share (0 to 1) says how often, drawn anew for each request, message or callback. */
export const knownFaults = {
  acceptThenDrop: { unit: 'share', says: 'Accepted, the phone gets it, but the connection drops before the answer.' },
  acceptThen500: { unit: 'share', says: 'Accepted, the phone gets it, but the answer is an error 500.' },
  hang: { unit: 'share', says: 'Accepted, the phone gets it, but no answer ever comes.' },
  tooMany: { unit: 'share', says: 'Refused with 429, not processed.' },
  refuseWith: { unit: 'code', says: 'Refused with this carrier error code, not processed (30610: time of day).' },
  down: { unit: 'share', says: 'The connection is reset before anything is processed; lists too.' },
  undelivered: { unit: 'share', says: 'Accepted, but the phone never gets it (30003).' },
  callbacksLost: { unit: 'share', says: 'A status callback is never made.' },
  callbacksDoubled: { unit: 'share', says: 'A status callback is made twice.' },
  callbacksReordered: { unit: 'share', says: 'The callbacks of a message come last one first.' },
  callbacksLateSeconds: { unit: 'seconds', says: 'Status callbacks come this many seconds late.' },
  inboundLost: { unit: 'share', says: 'The webhook of a reply is never called; the reply stands in the list.' },
  inboundDoubled: { unit: 'share', says: 'The webhook of a reply is called twice.' },
  listLagSeconds: { unit: 'seconds', says: 'The message list knows nothing younger than this.' },
  listDown: { unit: 'share', says: 'The message list answers 503.' },
  listCut: { unit: 'share', says: 'The message list answers its first page, then 503.' },
} as const satisfies KnownFaults;

export type Fault = keyof typeof knownFaults;
export type Faults = FaultsOf<Fault>;

/** One set of faults: for every number, or for the one in `to`. */
export const faultSet = faultSetOf(knownFaults, e164);
