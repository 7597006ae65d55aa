import { once } from 'node:events';
import type { Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import type { Faults } from './faults';
import type { Mailbox } from './mailbox';
import { readMail } from './read-mail';

export interface MailServer {
  smtp: SMTPServer;
  /** Cuts every connection and listens no more. */
  stop(): Promise<void>;
}

type Answer = (error?: Error | null, words?: string) => void;

const bytesAtMost = 1024 * 1024;

/** Takes every mail for every address, as a mail server on the open net would, unless a fault befalls it. */
export function createMailServer(mailbox: Mailbox, faults: Faults): MailServer {
  const sockets = new Map<number, Socket>();
  const smtp = new SMTPServer({
    name: 'inbox',
    banner: 'mails stay on this machine',
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    hideENHANCEDSTATUSCODES: false,
    size: bytesAtMost,
    onRcptTo({ address }, session, answer) {
      const to = address.toLowerCase();
      if (faults.strikes('down', to)) return reset(session);
      if (faults.strikes('silent', to)) return;
      if (faults.strikes('bounce', to)) return answer(refusal(550, 'The mailbox does not exist'));
      if (faults.strikes('defer', to)) return answer(refusal(450, 'The mailbox takes nothing just now'));
      answer();
    },
    onData(stream, session, answer) {
      take(stream, session, answer).catch((error: Error) => answer(error));
    },
  });
  // The server's own sessions hold no socket, and a fault must be able to cut one.
  smtp.server.on('connection', (socket: Socket) => {
    const port = socket.remotePort ?? 0;
    sockets.set(port, socket);
    socket.once('close', () => sockets.delete(port));
  });
  // A client that goes away in the middle is its own affair.
  smtp.on('error', () => undefined);

  async function take(stream: SMTPServerDataStream, session: SMTPServerSession, answer: Answer): Promise<void> {
    const { mailFrom, rcptTo } = session.envelope;
    const to = [...new Set(rcptTo.map(({ address }) => address.toLowerCase()))];
    const strikes = (fault: Parameters<Faults['strikes']>[0]) => to.some((one) => faults.strikes(fault, one));
    if (strikes('dropInData')) {
      await once(stream, 'readable');
      return reset(session);
    }
    const source = await buffer(stream);
    if (stream.sizeExceeded) return answer(refusal(552, 'The mail is larger than a mebibyte'));
    if (strikes('refuseData')) return answer(refusal(554, 'The mail is refused'));
    if (strikes('deferData')) return answer(refusal(451, 'Try again later'));
    mailbox.save(await readMail(source, { from: mailFrom ? mailFrom.address : '', to }));
    if (strikes('dropAfterDot')) return reset(session);
    if (strikes('hang')) return;
    const lateSeconds = Math.max(...to.map((one) => faults.amount('lateSeconds', one)));
    if (lateSeconds > 0) await pause(lateSeconds * 1000, undefined, { ref: false });
    answer(null, 'OK: it is in the inbox');
  }

  function reset({ remotePort }: SMTPServerSession): void {
    sockets.get(remotePort)?.resetAndDestroy();
  }

  function stop(): Promise<void> {
    const closed = new Promise<void>((resolve) => smtp.close(resolve));
    for (const socket of sockets.values()) socket.destroy();
    return closed;
  }
  return { smtp, stop };
}

function refusal(responseCode: number, words: string): Error {
  return Object.assign(new Error(words), { responseCode });
}
