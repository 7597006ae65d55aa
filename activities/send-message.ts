import { ApplicationFailure } from '@temporalio/common';
import { catalogue } from '../domain/messages/catalogue';
import type { Channel, Message, MessageResult } from '../domain/messages/message';
import { sendingTime } from '../domain/promises/counting';
import type { Database } from '../prisma/database';
import { handOver, type Carriers, type Parcel } from './hand-over';
import { messageRecords, type ShownState } from './message-records';
import { resultOf, type Known } from './message-result';
import type { MessageFacts, Way } from './message-facts';
import { wordingOf, type Wording } from './wording';

interface Dependencies extends Omit<Carriers, 'site'> {
  database: Database;
  /** Where the carrier reaches our API, and customers our pages. */
  publicUrl: string;
  /** Milliseconds of a clock that nobody sets. */
  monotonic?: () => number;
}

const postWithinMs = 5_000;
const anHourMs = 3_600_000;

/** What became of a message by one channel; `next`: it does not reach the customer by this one, another may. */
interface Tried {
  result: MessageResult;
  next: boolean;
}

/** Hands messages over: at most once per confirmed outcome and channel, and without ever waiting. */
export function messageSender({
  database,
  publicUrl,
  monotonic = () => performance.now(),
  ...providers
}: Dependencies) {
  const { factsOf, maySayToday, begin, advance } = messageRecords(database);
  const carriers: Carriers = { ...providers, site: new URL(publicUrl.replace(/\/*$/, '/')) };

  /**
   * Hands one message over by the first of the customer's channels that will do, or says why not now or not at all.
   * @throws a retryable failure when it surely did not reach the carrier; a final one when its key was used with other facts or it
   * cannot be put into words. No failure holds a number, an address or a text.
   */
  async function sendMessage(message: Message): Promise<MessageResult> {
    if (catalogue[message.template].onceADay && !(await maySayToday(message)))
      return { state: 'suppressed', reason: 'said-today' };
    let first: MessageResult | undefined;
    for (const { channel } of usable(await factsOf(message))) {
      const { result, next } = await sendBy(channel, message);
      if (!next) return result;
      first ??= result;
    }
    return first ?? { state: 'suppressed', reason: 'no-channel' };
  }

  /** Of a customer without any address it is noted that he has none. */
  function usable({ ways }: MessageFacts): Way[] {
    const reach = ways.filter(
      ({ recipient, channel }) => recipient !== null && (channel !== 'email' || carriers.email),
    );
    return reach.length > 0 ? reach : ways.slice(0, 1);
  }

  async function sendBy(channel: Channel, message: Message): Promise<Tried> {
    for (let tries = 1; tries <= 10; tries += 1) {
      const facts = await factsOf(message);
      const way = facts.ways.find((one) => one.channel === channel);
      if (!way) return { result: { state: 'suppressed', reason: 'no-channel' }, next: true };
      const wording = inWords(message, facts, way, carriers);
      const asked = monotonic();
      const begun = await begin(message, wording);
      if (begun.state === 'outdated') continue;
      if (begun.state === 'other-facts') throw final('This key was used for another message.', 'message-key-reused');
      if (begun.state !== 'submitting') return tried(begun.state, { ...begun, channel, until: wording.deferUntil });
      if (monotonic() - asked > postWithinMs) return neverLeft({ message, facts, wording, begun });
      return sendNow({ message, facts, wording, begun });
    }
    throw away('Address or digits changed under the text each time.');
  }

  async function sendNow(parcel: Parcel): Promise<Tried> {
    const { begun, wording } = parcel;
    const fate = await handOver(carriers, parcel);
    if (fate === 'not-taken') return neverLeft(parcel);
    const state = await advance(begun, fate.state, fate);
    return tried(state, {
      ...begun,
      channel: wording.channel,
      ...(fate.error && { reason: fate.error }),
      until: laterInHours(parcel),
    });
  }

  async function neverLeft({ begun, wording: { channel } }: Parcel): Promise<Tried> {
    const state = await advance(begun, 'planned');
    if (state === 'planned') throw away('The carrier did not take the message.');
    return tried(state, { ...begun, channel });
  }

  return { sendMessage };
}

/** No other channel may say it either: nobody hears it any more, it comes too late, or he has heard enough of us today. */
const forAllChannels = ['closed', 'expired', 'too-many-today', 'too-many-for-contact'];

function tried(state: ShownState, known: Known): Tried {
  const fails = state === 'failed' || state === 'undelivered' || state === 'suppressed';
  return { result: resultOf(state, known), next: fails && !forAllChannels.includes(known.reason ?? '') };
}

function inWords(message: Message, facts: MessageFacts, way: Way, { email, site }: Carriers): Wording {
  try {
    const wording = wordingOf(message, facts, way, site);
    return way.channel === 'email' && !email ? { ...wording, cannot: 'no-mail-server' } : wording;
  } catch (error) {
    throw final(`${message.template} cannot be put into words: ${(error as Error).message}.`, 'message-unspeakable');
  }
}

/** By the carrier's own hours it is too late or too early, whatever ours say: an hour later, in ours. */
function laterInHours({ message: { at }, facts: { terms }, wording: { zone } }: Parcel): string {
  return sendingTime(new Date(Date.parse(at) + anHourMs).toISOString(), terms, zone);
}

const away = (message: string) => ApplicationFailure.retryable(message, 'carrier-away');
const final = (message: string, type: string) => ApplicationFailure.nonRetryable(message, type);
