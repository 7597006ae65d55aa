import { faultSetOf, type Faults as FaultsOf, type KnownFaults } from '../stand-in/faults';
import { mailAddress } from './address';

/** What can go wrong at a mail server. A share (0 to 1) says how often, drawn anew for each mail. */
export const knownFaults = {
  bounce: { unit: 'share', says: 'The recipient is refused for good (550 5.1.1): no such mailbox.' },
  defer: { unit: 'share', says: 'The recipient is refused for now (450 4.2.1).' },
  down: { unit: 'share', says: 'The connection is reset when the recipient is named; nothing was taken.' },
  silent: { unit: 'share', says: 'No answer comes once the recipient is named; nothing was taken.' },
  dropInData: { unit: 'share', says: 'The connection is reset before the mail is whole; nothing was taken.' },
  refuseData: { unit: 'share', says: 'The whole mail is refused for good (554 5.6.0).' },
  deferData: { unit: 'share', says: 'The whole mail is refused for now (451 4.3.0).' },
  dropAfterDot: { unit: 'share', says: 'Taken, the inbox has it, but the connection is reset before the answer.' },
  hang: { unit: 'share', says: 'Taken, the inbox has it, but no answer ever comes.' },
  lateSeconds: { unit: 'seconds', says: 'Taken, the inbox has it, but the answer comes this many seconds late.' },
} as const satisfies KnownFaults;

export type Fault = keyof typeof knownFaults;
export type Faults = FaultsOf<Fault>;

/** One set of faults: for every recipient, or for the one in `to`. */
export const faultSet = faultSetOf(knownFaults, mailAddress);
