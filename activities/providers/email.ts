import { createTransport, type Transporter } from 'nodemailer';
import { isOneAddress, type MailAddress } from '../../domain/messages/mail-address';
import { outcomeOf, watchConversation, type MailSubmission, type SmtpError, type Watch } from './smtp-conversation';

export interface Email {
  to: MailAddress;
  subject: string;
  text: string;
  html: string;
  /** The same mail handed over again has the same `Message-ID`, by which mailboxes tell a twin. */
  messageId: string;
}

export interface EmailProvider {
  /**
   * Hands one mail to one person over, once; whatever the server does, it answers. No answer holds an address.
   * @throws RangeError when `messageId` is none: a fault of ours.
   */
  submit(mail: Email): Promise<MailSubmission>;
}

export interface MailAccount {
  /** `smtp://` (TLS as soon as the server offers it, always before a password) or `smtps://`, with user and password if need be. */
  smtpUrl: string;
  from: MailAddress;
  replyTo: MailAddress;
  /** The right side of every `Message-ID`. */
  domain: string;
  /** How long the server may be silent, at any point; a hand-over ends 10 s later at the latest. */
  timeoutMs?: number;
}

/** The server's own code for an address that is none. */
const noAddress = '5.1.3';
const untilTheEndMs = 10_000;

/**
 * Mails by SMTP, each on a connection of its own: one that the server closed meanwhile would fail like an answer that was lost.
 * @throws RangeError when sender, reply address, domain or URL are unusable; it repeats none of them.
 */
export function createEmail({ smtpUrl, from, replyTo, domain, timeoutMs = 15_000 }: MailAccount): EmailProvider {
  const server = serverOf(smtpUrl);
  if (!isOneAddress(from.address) || !isOneAddress(replyTo.address) || !isOneAddress(`x@${domain}`))
    throw new RangeError('Sender, reply address and domain of mails must be one address each.');

  function transportFor(watch: Watch): Transporter {
    return createTransport({
      ...server,
      dnsTimeout: timeoutMs,
      connectionTimeout: timeoutMs,
      greetingTimeout: timeoutMs,
      socketTimeout: timeoutMs,
      disableFileAccess: true,
      disableUrlAccess: true,
      transactionLog: true,
      logger: watch.logger,
    });
  }

  return {
    async submit({ to, subject, text, html, messageId }) {
      if (!/^[\w.-]{1,200}$/.test(messageId))
        throw new RangeError('The id of a mail is letters, digits, ".", "_", "-".');
      if (!isOneAddress(to.address)) return { outcome: 'refused', code: noAddress };
      const watch = watchConversation();
      const signal = AbortSignal.timeout(timeoutMs + untilTheEndMs);
      try {
        await transportFor(watch).sendMail({
          from: onOneLine(from),
          replyTo: onOneLine(replyTo),
          to: onOneLine(to),
          subject: oneLine(subject),
          text,
          html,
          messageId: `<${messageId}@${domain}>`,
          // No holiday notes in answer to a machine (RFC 3834).
          headers: { 'Auto-Submitted': 'auto-generated' },
          signal,
        });
        return { outcome: 'accepted' };
      } catch (error) {
        return outcomeOf(error as SmtpError, watch.hasBegun());
      }
    },
  };
}

/** Only what is named here is taken from the URL: its query could ask for pools, files or other hosts. */
function serverOf(smtpUrl: string) {
  const url = URL.canParse(smtpUrl) ? new URL(smtpUrl) : undefined;
  if (!url || !/^smtps?:$/.test(url.protocol) || !url.hostname || url.search)
    throw new RangeError('The mail server must be given as smtp://host:port or smtps://host:port.');
  const secure = url.protocol === 'smtps:';
  const auth = url.username && { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) };
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port) || (secure ? 465 : 587),
    secure,
    ...(auth && { auth, requireTLS: !secure }),
  };
}

/** A line break here would be a header of its own. */
const oneLine = (words: string): string => words.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
const onOneLine = ({ name, address }: MailAddress) => ({ name: oneLine(name ?? ''), address });
