import { knownFaults, type Faults } from './faults';
import { asListed, inboxOf } from './inbox-api';
import type { Mailbox } from './mailbox';

const mailsShown = 100;

/** What the page shows: the inboxes, the newest mails, the faults. */
export function viewOf(mailbox: Mailbox, faults: Faults) {
  return {
    inboxes: mailbox.addresses().map((address) => inboxOf(address, mailbox)),
    mails: mailbox.newest(mailsShown).map(asListed),
    hiddenMails: Math.max(0, mailbox.count() - mailsShown),
    faults: { items: faults.sets(), known: knownFaults },
  };
}
