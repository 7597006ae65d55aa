import type { EventEmitter } from 'node:events';
import { join } from 'node:path';
import express, { type Router } from 'express';
import { liveChanges } from '../stand-in/live-changes';
import { standInPage } from '../stand-in/page';
import { knownFaults, type Faults } from './faults';
import { asListed, inboxOf } from './inbox-api';
import type { Mailbox } from './mailbox';

const mailsShown = 100;

interface Parts {
  mailbox: Mailbox;
  faults: Faults;
  changes: EventEmitter<{ changed: [] }>;
}

/** The page with all mails: everything from here, and told at once when there is something new. */
export function livePage({ mailbox, faults, changes }: Parts): { router: Router; stop(): void } {
  const router = express.Router();
  const live = liveChanges(changes);

  router.get('/view', (_request, response) => {
    response.json({
      inboxes: mailbox.addresses().map((address) => inboxOf(address, mailbox)),
      mails: mailbox.newest(mailsShown).map(asListed),
      hiddenMails: Math.max(0, mailbox.count() - mailsShown),
      faults: { items: faults.sets(), known: knownFaults },
    });
  });
  router.use(live.router);
  router.use(express.static(join(__dirname, 'page')), standInPage);
  return { router, stop: live.stop };
}
