import type { Channel, MessageResult } from '../domain/messages/message';
import type { ShownState } from './message-records';

/** What is known of an intent beside its state. */
export interface Known {
  channel: Channel;
  id?: string;
  saidAt?: string;
  leftAt?: string;
  twoWay?: boolean;
  reason?: string | null;
  until?: string | undefined;
}

/** What the story is told of an intent in this state. */
export function resultOf(state: ShownState, known: Known): MessageResult {
  const { channel, id = '', saidAt = '', leftAt = '', twoWay = false, reason, until = '' } = known;
  switch (state) {
    case 'accepted':
    case 'sent':
    case 'delivered':
      return { state: 'accepted', channel, intent: id, saidAt: inUtc(saidAt), leftAt: inUtc(leftAt), twoWay };
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
