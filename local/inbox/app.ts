import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import express, { type Express } from 'express';
import helmet from 'helmet';
import type { SMTPServer } from 'smtp-server';
import { createFaults } from '../stand-in/faults';
import { livePage } from '../stand-in/page';
import { answerProblem } from '../stand-in/problem';
import type { Fault } from './faults';
import { inboxApi } from './inbox-api';
import { createMailServer } from './mail-server';
import { openMailbox } from './mailbox';
import { viewOf } from './view';

export interface InboxOptions {
  /** A folder in which the mails outlive the process; without one they are forgotten at the end. */
  dataFolder?: string;
}

export interface Inbox {
  app: Express;
  smtp: SMTPServer;
  /** Ends what is under way: connections of senders, open pages. */
  stop(): Promise<void>;
}

/** The inboxes of one machine, without listening: a mail server for every address, the people's API and the page. */
export function createInbox({ dataFolder }: InboxOptions = {}): Inbox {
  const changes = new EventEmitter<{ changed: [] }>();
  const changed = () => void changes.emit('changed');

  const mailbox = openMailbox(changed, dataFolder);
  const faults = createFaults<Fault>(changed);
  const { smtp, stop: stopServer } = createMailServer(mailbox, faults);
  const page = livePage({ folder: join(__dirname, 'page'), view: () => viewOf(mailbox, faults), changes });

  const app = express();
  app.disable('x-powered-by');
  app.use(helmet({ contentSecurityPolicy: { useDefaults: false, directives }, strictTransportSecurity: false }));
  app.use(page.router);
  app.use(inboxApi(mailbox, faults));
  app.use(answerProblem);

  return {
    app,
    smtp,
    stop() {
      page.stop();
      return stopServer();
    },
  };
}

const directives = {
  defaultSrc: ["'self'"],
  baseUri: ["'none'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
  objectSrc: ["'none'"],
};
