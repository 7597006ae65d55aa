import { isCancellation } from '@temporalio/workflow';
import type { CaseState, Matter } from '../../domain/cases/case';
import { messageKey, type Message, type MessageResult, type TemplateId } from '../../domain/messages/message';
import { later, now, untilTime } from './clock';
import { isFinal, sendMessage } from './steps';
import type { Story } from './story';

/** What its matter lends to a message. */
interface Planning {
  key(): string;
  ready(): Promise<string>;
  until(news: () => boolean): Promise<void>;
}

export type Wording = Pick<Message, 'facts' | 'names' | 'choices' | 'dueAt' | 'answersReply'>;

/** Told at last: from when the times in the text count, and whether the customer can answer it. */
export interface Told {
  saidAt: string;
  twoWay: boolean;
}

const firstPauseMinutes = 10;
const longestPauseMinutes = 240;

/** What is said to the customer about one matter. Every message ends told, not told (a person takes over), or withdrawn. */
export function messagesOf<State extends CaseState>(story: Story<State>, matter: Matter<State>, planning: Planning) {
  const { state } = story;
  const { key, ready, until } = planning;

  /**
   * Tells the customer now. Sending never waits: whatever there is to wait for, the story waits for on its own clock, and asks
   * again. Answers nothing where no text can tell him.
   */
  async function tell(template: TemplateId, wording: Wording, ordinal = 1): Promise<Told | undefined> {
    const id = messageKey(state.caseNumber, template, matter.since(state) ?? '', ordinal);
    const { caseNumber, opening } = state;
    for (let pause = firstPauseMinutes; ; pause = Math.min(pause * 2, longestPauseMinutes)) {
      await ready();
      const result = await handOver({ caseNumber, opening, matter: key(), key: id, template, ...wording, at: now() });
      if (result.state !== 'unreachable' && result.state !== 'unknown') delete state.carrierAway;
      switch (result.state) {
        case 'accepted':
          if (story.messageNews[id] === 'failed') return undefined; // that it did not arrive was heard first
          story.note('told', { template, ordinal });
          state.told = [...state.told.slice(-4), { template, at: result.saidAt }];
          return { saidAt: result.saidAt, twoWay: result.twoWay };
        case 'failed':
        case 'suppressed':
          story.note('not-told', { template, reason: result.reason });
          return undefined;
        case 'deferred':
          await pauseUntil(result.until, 'text-deferred', `${template}: not in sending hours`);
          break;
        case 'unreachable':
          state.carrierAway = true;
          await pauseUntil(later(pause), 'carrier-away', `${template}: the carrier is away, tried again then`);
          break;
        case 'unknown':
          if ((await untilKnown(id, template)) === 'stuck') return undefined;
          break;
        case 'cancelled':
          story.note('taken-up-again', { template }); // after a reset: this step supersedes the withdrawal
      }
    }
  }

  async function pauseUntil(time: string, note: 'text-deferred' | 'carrier-away', why: string): Promise<void> {
    state.pausedUntil = time;
    story.note(note, { until: time });
    await ready();
    await untilTime(time, why);
    delete state.pausedUntil;
  }

  /** The carrier may have it or not. Nobody can tell: a person must. */
  async function untilKnown(id: string, template: TemplateId): Promise<'settled' | 'stuck'> {
    state.carrierAway = true;
    story.note('text-unknown', { template });
    story.awaitedNews.add(id);
    await until(() => story.messageNews[id] !== undefined);
    story.awaitedNews.delete(id);
    const news = story.messageNews[id];
    delete story.messageNews[id];
    delete state.carrierAway;
    if (news !== 'stuck') return 'settled';
    story.note('not-told', { template, reason: 'nobody can tell whether it arrived' });
    story.owing.assign(key(), 'message-unknown', 'desk', { from: now() }, id);
    return 'stuck';
  }

  return { tell };
}

/** Two minutes of tries that did not reach the carrier are no failure; what no try can mend is. */
async function handOver(message: Message): Promise<MessageResult> {
  try {
    return await sendMessage(message);
  } catch (error) {
    if (isCancellation(error)) throw error;
    return isFinal(error) ? { state: 'failed', reason: 'cannot-be-sent' } : { state: 'unreachable' };
  }
}
