import { knownFaults, type Faults } from './faults';
import { asSeenOnPhone, phoneOf } from './people-api';
import type { PhoneRecord } from './record';
import type { Sender } from './senders';
import type { Webhooks } from './webhooks';

const phonesShown = 30;
const textsShown = 60;

interface Parts {
  senders: Sender[];
  record: PhoneRecord;
  faults: Faults;
  webhooks: Webhooks;
  answerPage?: string;
}

/** What the page shows: the latest phones with their texts, our numbers, the faults. */
export function viewOf({ senders, record, faults, webhooks, answerPage }: Parts) {
  const numbers = record.phones().toReversed();
  return {
    phones: numbers.slice(0, phonesShown).map((number) => ({
      ...phoneOf(number, record, senders),
      neverArrived: record.lostFor(number),
      texts: record.onPhone(number).slice(-textsShown).map(asSeenOnPhone),
    })),
    hiddenPhones: Math.max(0, numbers.length - phonesShown),
    senders,
    answerPage,
    pendingCallbacks: webhooks.pending().total,
    faults: { items: faults.sets(), known: knownFaults },
  };
}
