import { randomBytes } from 'node:crypto';
import type { Faults } from './faults';
import { inboundParams, statusParams } from './message-resource';
import { confirmations, optOutTypeOf, type OptOutType } from './opt-out';
import type { PhoneRecord, Text } from './record';
import { segmentsOf } from './segments';
import type { Webhooks } from './webhooks';

/** Between queued, sent and delivered: short, so that nobody waits for it, and long enough that each can be seen. */
const stepMs = 25;

/** The real one's code for a handset out of reach. */
const unreachable = 30003;

type Words = Pick<Text, 'from' | 'to' | 'body'>;

export interface Carrier {
  /** Takes a text over. The phone has it on return, unless it is one of the undelivered. */
  accept(words: Words, statusCallback?: string): Text;
  /** A customer texts one of our numbers. */
  receive(words: Words): Text;
  /** Goes on with the texts whose way was cut short by the end of the process before. */
  resume(): void;
}

interface Parts {
  accountSid: string;
  record: PhoneRecord;
  faults: Faults;
  webhooks: Webhooks;
  inboundUrl: () => string;
}

export function createCarrier({ accountSid, record, faults, webhooks, inboundUrl }: Parts): Carrier {
  function accept(words: Words, statusCallback?: string): Text {
    const reached = !faults.strikes('undelivered', words.to);
    const text = { ...newText('outbound-api', words, reached), ...(statusCallback && { statusCallback }) };
    record.save(text);
    start(text);
    return text;
  }

  function start(text: Text): void {
    if (text.statusCallback) webhooks.expect(text.to, 3);
    webhooks.run(async () => {
      const moments = await carry(text);
      if (text.statusCallback) await report(moments, text.statusCallback);
    });
  }

  async function carry(text: Text): Promise<Text[]> {
    await webhooks.pause(stepMs);
    const sent = movedTo('sent', text);
    record.save(sent);
    await webhooks.pause(stepMs);
    const arrived = text.onPhoneAt
      ? movedTo('delivered', sent)
      : { ...movedTo('undelivered', sent), errorCode: unreachable };
    record.save(arrived);
    return [text, sent, arrived];
  }

  async function report(moments: Text[], url: string): Promise<void> {
    const number = moments[0]?.to ?? '';
    await webhooks.pause(faults.amount('callbacksLateSeconds', number) * 1000);
    for (const moment of faults.strikes('callbacksReordered', number) ? moments.toReversed() : moments) {
      const times = faults.strikes('callbacksLost', number) ? 0 : faults.strikes('callbacksDoubled', number) ? 2 : 1;
      for (let time = 0; time < times; time += 1) await webhooks.post(url, statusParams(accountSid, moment));
      webhooks.settled(number);
    }
  }

  function receive(words: Words): Text {
    const text = newText('inbound', words, true);
    record.save(text);
    const optOutType = hearOptOut(words);
    webhooks.expect(words.from, 1);
    webhooks.run(() => forward(text, optOutType));
    return text;
  }

  function hearOptOut({ from: number, to: sender, body }: Words): OptOutType | undefined {
    const optedOut = record.hasOptedOut(sender, number);
    const type = optOutTypeOf(body, optedOut);
    if (!type) return undefined;
    if (type !== 'HELP') record.setOptOut(sender, number, type === 'STOP');
    const mayAnswer = type === 'START' || !optedOut;
    if (mayAnswer) record.save(newText('carrier', { from: sender, to: number, body: confirmations[type] }, true));
    return type;
  }

  /** As the real one: a second try at the fallback address, then nothing; the text stays in the list. */
  async function forward(text: Text, optOutType: OptOutType | undefined): Promise<void> {
    const url = inboundUrl();
    const params = inboundParams(accountSid, text, optOutType);
    const times = faults.strikes('inboundLost', text.from) ? 0 : faults.strikes('inboundDoubled', text.from) ? 2 : 1;
    for (let time = 0; time < times; time += 1) {
      const taken = await webhooks.post(url, params);
      if (!taken) await webhooks.post(url, { ...params, ErrorCode: '11200', ErrorUrl: url });
    }
    webhooks.settled(text.from);
  }

  function resume(): void {
    for (const text of record.texts()) if (text.status === 'queued' || text.status === 'sent') start(text);
  }

  return { accept, receive, resume };
}

function newText(direction: Text['direction'], words: Words, reachesPhone: boolean): Text {
  const at = new Date().toISOString();
  return {
    sid: `SM${randomBytes(16).toString('hex')}`,
    direction,
    ...words,
    segments: segmentsOf(words.body),
    status: direction === 'outbound-api' ? 'queued' : direction === 'inbound' ? 'received' : 'delivered',
    errorCode: null,
    createdAt: at,
    sentAt: direction === 'outbound-api' ? null : at,
    updatedAt: at,
    onPhoneAt: reachesPhone ? at : null,
  };
}

function movedTo(status: Text['status'], text: Text): Text {
  const at = new Date().toISOString();
  return { ...text, status, sentAt: text.sentAt ?? at, updatedAt: at };
}
