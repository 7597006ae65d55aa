import { openLog, type Log } from '../stand-in/log';

/** One text, as the carrier and the phone know it. Times are ISO instants of the wall clock. */
export interface Text {
  sid: string;
  /** `carrier` is what the carrier says by itself (a confirmation of STOP); its message list does not show it. */
  direction: 'outbound-api' | 'inbound' | 'carrier';
  from: string;
  to: string;
  body: string;
  segments: number;
  status: 'queued' | 'sent' | 'delivered' | 'undelivered' | 'received';
  errorCode: number | null;
  createdAt: string;
  sentAt: string | null;
  updatedAt: string;
  /** When it lit up on the phone, or left it; null if the phone never got it. */
  onPhoneAt: string | null;
  statusCallback?: string;
}

type Entry = { text: Text } | { phone: string } | { optOut: { sender: string; number: string; out: boolean } };

export interface PhoneRecord {
  /** Adds a text, or writes its new state. */
  save(text: Text): void;
  text(sid: string): Text | undefined;
  /** All texts in the order in which the carrier learned of them. */
  texts(): Text[];
  addPhone(number: string): void;
  /** Numbers in the order in which the phones came to be. */
  phones(): string[];
  /** What a phone truly got and sent, in order. */
  onPhone(number: string): Text[];
  /** How many texts the carrier took for this phone and never brought. */
  lostFor(number: string): number;
  setOptOut(sender: string, number: string, out: boolean): void;
  hasOptedOut(sender: string, number: string): boolean;
}

export const textsPerPhone = 500;
const phonesAtMost = 5_000;

/**
 * The truth about what every phone got: bounded (the oldest texts and phones go first), and in `folder`, if one is given, it
 * outlives the process. `changed` is called after every change.
 */
export function openRecord(changed: () => void, folder?: string): PhoneRecord {
  const texts = new Map<string, Text>();
  const phones = new Map<string, Set<string>>();
  const optOuts = new Set<string>();
  let log: Log<Entry> | undefined;

  function apply(entry: Entry): void {
    if ('text' in entry) applyText(entry.text);
    else if ('phone' in entry) phoneOf(entry.phone);
    else if (entry.optOut.out) optOuts.add(pair(entry.optOut));
    else optOuts.delete(pair(entry.optOut));
  }

  function applyText(text: Text): void {
    const phone = phoneOf(customerOf(text));
    const known = texts.has(text.sid);
    if (known && !phone.has(text.sid)) return;
    texts.set(text.sid, text);
    phone.add(text.sid);
    if (phone.size > textsPerPhone) forget(phone, [...phone].slice(0, 1));
  }

  function phoneOf(number: string): Set<string> {
    const known = phones.get(number);
    if (known) return known;
    const [oldest] = phones;
    if (oldest && phones.size >= phonesAtMost) {
      forget(oldest[1], [...oldest[1]]);
      phones.delete(oldest[0]);
    }
    const fresh = new Set<string>();
    phones.set(number, fresh);
    return fresh;
  }

  function forget(phone: Set<string>, sids: string[]): void {
    for (const sid of sids) {
      phone.delete(sid);
      texts.delete(sid);
    }
  }

  function textsFor(number: string): Text[] {
    return [...(phones.get(number) ?? [])].flatMap((sid) => texts.get(sid) ?? []);
  }

  function snapshot(): Entry[] {
    return [
      ...[...phones.keys()].map((phone) => ({ phone })),
      ...[...texts.values()].map((text) => ({ text })),
      ...[...optOuts].map((key) => ({ optOut: { ...unpair(key), out: true } })),
    ];
  }

  function note(entry: Entry): void {
    apply(entry);
    log?.append(entry);
    changed();
  }

  if (folder) log = openLog<Entry>({ folder, name: 'phone.jsonl' }, apply, snapshot);

  return {
    save: (text) => note({ text }),
    text: (sid) => texts.get(sid),
    texts: () => [...texts.values()],
    addPhone: (phone) => note({ phone }),
    phones: () => [...phones.keys()],
    onPhone: (number) => textsFor(number).filter(({ onPhoneAt }) => onPhoneAt !== null),
    lostFor: (number) => textsFor(number).filter(({ onPhoneAt }) => onPhoneAt === null).length,
    setOptOut: (sender, number, out) => note({ optOut: { sender, number, out } }),
    hasOptedOut: (sender, number) => optOuts.has(pair({ sender, number })),
  };
}

/** The customer's number of a text, whichever way it went. */
export function customerOf(text: Text): string {
  return text.direction === 'inbound' ? text.from : text.to;
}

function pair({ sender, number }: { sender: string; number: string }): string {
  return `${sender} ${number}`;
}

function unpair(key: string): { sender: string; number: string } {
  const [sender = '', number = ''] = key.split(' ');
  return { sender, number };
}
