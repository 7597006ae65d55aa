import { openLog, type Log } from '../stand-in/log';

/** One mail as it truly arrived. `at` is the ISO instant at which it was taken. */
export interface Mail {
  id: string;
  at: string;
  /** Whom the server was told, whatever the mail itself says. */
  envelope: { from: string; to: string[] };
  messageId: string | null;
  subject: string;
  from: string;
  to: string;
  replyTo: string;
  text: string;
  html: string | null;
  /** Named only: nothing here opens them. */
  attachments: { name: string; contentType: string; bytes: number }[];
  /** Every byte of it, in base64. */
  source: string;
}

export interface Mailbox {
  /** On return it outlives the process, if there is a folder. */
  save(mail: Mail): void;
  mail(id: string): Mail | undefined;
  /** Addresses in the order in which they got their first mail. */
  addresses(): string[];
  /** What an address truly got, in order. */
  mailsTo(address: string): Mail[];
  /** The newest ones, newest first. */
  newest(count: number): Mail[];
  count(): number;
}

const mailsAtMost = 2_000;

/** What every address got: bounded (the oldest mails go first). `changed` is called after every change. */
export function openMailbox(changed: () => void, folder?: string): Mailbox {
  const mails = new Map<string, Mail>();
  const byAddress = new Map<string, Set<string>>();
  let log: Log<Mail> | undefined;

  function apply(mail: Mail): void {
    mails.set(mail.id, mail);
    for (const address of mail.envelope.to) inboxOf(address).add(mail.id);
    const [oldest] = mails.values();
    if (oldest && mails.size > mailsAtMost) forget(oldest);
  }

  function inboxOf(address: string): Set<string> {
    const known = byAddress.get(address) ?? new Set<string>();
    byAddress.set(address, known);
    return known;
  }

  function forget({ id, envelope }: Mail): void {
    mails.delete(id);
    for (const address of envelope.to) {
      const inbox = inboxOf(address);
      inbox.delete(id);
      if (inbox.size === 0) byAddress.delete(address);
    }
  }

  if (folder) log = openLog<Mail>({ folder, name: 'inbox.jsonl' }, apply, () => [...mails.values()]);

  return {
    save(mail) {
      apply(mail);
      log?.append(mail);
      changed();
    },
    mail: (id) => mails.get(id),
    addresses: () => [...byAddress.keys()],
    mailsTo: (address) => [...(byAddress.get(address) ?? [])].flatMap((id) => mails.get(id) ?? []),
    newest: (count) => [...mails.values()].slice(-count).toReversed(),
    count: () => mails.size,
  };
}
