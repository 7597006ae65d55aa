import { ApplicationFailure } from '@temporalio/common';
import { catalogue } from '../domain/messages/catalogue';
import type { Message, MessageResult } from '../domain/messages/message';
import { sendingTime } from '../domain/promises/counting';
import type { Database } from '../prisma/database';
import { messageRecords, type AttemptState, type ShownState, type Submitting } from './message-records';
import type { SmsProvider, Submission } from './providers/sms';
import { wordingOf, type MessageFacts, type Wording } from './wording';

interface Dependencies {
  database: Database;
  sms: Pick<SmsProvider, 'submit'>;
  /** Where the carrier reaches our API. */
  publicUrl: string;
  /** Milliseconds of a clock that nobody sets. */
  monotonic?: () => number;
}

const postWithinMs = 5_000;
const outOfHours = '30610';
const optedOut = '21610';
const anHourMs = 3_600_000;

/** Hands messages to the carrier: at most once per confirmed outcome, and without ever waiting. */
export function messageSender({ database, sms, publicUrl, monotonic = () => performance.now() }: Dependencies) {
  const { factsOf, maySayToday, begin, advance } = messageRecords(database);
  const statusUrl = new URL('v1/webhooks/twilio/status', publicUrl.replace(/\/*$/, '/'));

  /**
   * Hands one message over, or says why not now or not at all.
   * @throws a retryable failure when it surely did not reach the carrier; a final one when its key was used with other facts or it
   * cannot be put into words. No failure holds a number or a text.
   */
  async function sendMessage(message: Message): Promise<MessageResult> {
    if (catalogue[message.template].onceADay && !(await maySayToday(message)))
      return { state: 'suppressed', reason: 'said-today' };
    for (let tries = 1; tries <= 10; tries += 1) {
      const facts = await factsOf(message);
      const wording = inWords(message, facts);
      const asked = monotonic();
      const begun = await begin(message, wording);
      if (begun.state === 'outdated') continue;
      if (begun.state === 'other-facts') throw final('This key was used for another message.', 'message-key-reused');
      if (begun.state !== 'submitting') return resultOf(begun.state, { ...begun, until: wording.deferUntil });
      if (monotonic() - asked > postWithinMs) return neverLeft(begun);
      return handOver(message, facts, wording, begun);
    }
    throw away('Number or digits changed under the text each time.');
  }

  async function handOver(
    message: Message,
    facts: MessageFacts,
    wording: Wording,
    begun: Submitting,
  ): Promise<MessageResult> {
    const { id, attempt, recipient: to, sender: from, body } = begun;
    const statusCallback = `${statusUrl.href}?i=${id}&n=${attempt}`;
    const submission = await sms.submit({ from, to, body, statusCallback, validitySeconds: wording.usefulSeconds });
    if (submission.outcome === 'not-taken') return neverLeft(begun);
    const state = await advance(begun, ...fateOf(submission));
    return resultOf(state, {
      ...begun,
      ...(submission.outcome === 'refused' && { reason: submission.code }),
      until: laterInHours(message, facts, wording),
    });
  }

  async function neverLeft(begun: Submitting): Promise<MessageResult> {
    const state = await advance(begun, 'planned');
    if (state === 'planned') throw away('The carrier did not take the message.');
    return resultOf(state, begun);
  }

  return { sendMessage };
}

function inWords(message: Message, facts: MessageFacts): Wording {
  try {
    return wordingOf(message, facts);
  } catch (error) {
    throw final(`${message.template} cannot be put into words: ${(error as Error).message}.`, 'message-unspeakable');
  }
}

type Fate = [AttemptState, { sid?: string; error?: string }?];

function fateOf(submission: Exclude<Submission, { outcome: 'not-taken' }>): Fate {
  switch (submission.outcome) {
    case 'accepted':
      return ['accepted', { sid: submission.sid }];
    case 'unclear':
      return ['unknown'];
    case 'refused': {
      const { code: error } = submission;
      return [error === outOfHours ? 'deferred' : error === optedOut ? 'suppressed' : 'failed', { error }];
    }
  }
}

/** By the carrier's own hours it is too late or too early, whatever ours say: an hour later, in ours. */
function laterInHours({ at }: Message, { terms }: MessageFacts, { zone }: Wording): string {
  return sendingTime(new Date(Date.parse(at) + anHourMs).toISOString(), terms, zone);
}

interface Known {
  saidAt?: string;
  leftAt?: string;
  twoWay?: boolean;
  reason?: string | null;
  until?: string | undefined;
}

/** What the story is told of a message in this state. */
function resultOf(state: ShownState, known: Known): MessageResult {
  const { saidAt = '', leftAt = '', twoWay = false, reason, until = '' } = known;
  switch (state) {
    case 'accepted':
    case 'sent':
    case 'delivered':
      return { state: 'accepted', saidAt: inUtc(saidAt), leftAt: inUtc(leftAt), twoWay };
    case 'failed':
    case 'undelivered':
    case 'stuck':
      return { state: 'failed', reason: reason ?? state };
    case 'suppressed':
      return { state, reason: reason ?? state };
    case 'deferred':
      return { state, until };
    case 'submitting':
    case 'unknown':
      return { state: 'unknown' };
    case 'planned':
    case 'outdated':
    case 'unreachable':
    case 'other-facts':
      return { state: 'unreachable' };
    case 'cancelled':
      return { state };
  }
}

const inUtc = (at: string) => new Date(at).toISOString();
const away = (message: string) => ApplicationFailure.retryable(message, 'carrier-away');
const final = (message: string, type: string) => ApplicationFailure.nonRetryable(message, type);
