import { isCancellation } from '@temporalio/workflow';
import type { CaseState, Matter, OpenPromise } from '../../domain/cases/case';
import {
  messageKey,
  type Message,
  type MessageResult,
  type Taken,
  type TemplateId,
} from '../../domain/messages/message';
import type { PromiseKind } from '../../domain/promises/kinds';
import { later, now, untilTime } from './clock';
import { sayingAgain } from './say-again';
import { isFinal, sendMessage } from './steps';
import type { Story } from './story';

/** What its matter lends to a message. */
export interface Planning {
  key(): string;
  isAbout(matterKey: string): boolean;
  ready(): Promise<string>;
  until(news: () => boolean): Promise<void>;
  untilDue(kind: PromiseKind): Promise<OpenPromise | undefined>;
}

/** Asked for afresh at every try: what is said is true when it is said. */
export type Wording = Pick<Message, 'facts' | 'names' | 'typed' | 'choices' | 'answersReply'>;

export interface Telling {
  /** The promise that it keeps: it is said when that is due, also if it was moved meanwhile. */
  keeps?: PromiseKind;
  /** The news after which it need not be said any more. */
  unless?: () => boolean;
  ordinal?: number;
}

/** Told at last: from when the times in the text count, and whether the customer can answer it. */
export type Told = Pick<Taken, 'saidAt' | 'leftAt' | 'twoWay' | 'channel'>;

export type ToHandOver = Omit<Message, 'at'>;

/** How a message ended. `not-told`: a person takes over. */
export type Fate =
  { is: 'told'; message: ToHandOver; by: Taken } | { is: 'not-told'; reason: string } | { is: 'needless' };

const firstPauseMinutes = 10;
const longestPauseMinutes = 240;

/** What is said to the customer about one matter. Every message ends told, not told (a person takes over), or withdrawn. */
export function messagesOf<State extends CaseState>(story: Story<State>, matter: Matter<State>, planning: Planning) {
  const { state } = story;
  const { key, ready, until, untilDue } = planning;

  /** Tells the customer now, by whichever channel reaches him. Answers nothing where none does. */
  async function tell(template: TemplateId, wording: () => Wording, telling: Telling = {}): Promise<Told | undefined> {
    const { keeps, unless = () => false, ordinal = 1 } = telling;
    const { caseNumber, opening } = state;
    const fate = await handOver(template, async () => {
      const dueAt = keeps && (await untilDue(keeps))?.dueAt;
      if (unless()) return undefined;
      const id = messageKey(caseNumber, template, matter.since(state) ?? '', ordinal);
      return { caseNumber, opening, matter: key(), key: id, template, ...wording(), ...(dueAt && { dueAt }) };
    });
    if (fate.is === 'not-told') story.note('not-told', { template, reason: fate.reason });
    if (fate.is !== 'told') return undefined;
    noteTold(fate.message, ordinal, fate.by);
    story.said[fate.message.key] = { message: fate.message, ordinal, by: fate.by, unless };
    return fate.by;
  }

  function noteTold({ template }: ToHandOver, ordinal: number, { channel, leftAt }: Taken): void {
    story.note('told', { template, ordinal, channel });
    state.told = [...state.told.slice(-4), { template, at: leftAt, channel }];
  }

  /**
   * Sending never waits: whatever there is to wait for, the story waits for on its own clock, and asks again.
   * @param next what is to be said by then, or nothing if it need not be said any more.
   */
  async function handOver(template: TemplateId, next: () => Promise<ToHandOver | undefined>): Promise<Fate> {
    let cancelled = 0;
    for (let pause = firstPauseMinutes; ; pause = Math.min(pause * 2, longestPauseMinutes)) {
      await ready();
      const message = await next();
      if (!message) return { is: 'needless' };
      const changes = story.addressChanges;
      const result = await handOverNow({ ...message, at: now() });
      const hasMoved = story.addressChanges !== changes && !message.answersReply;
      if (result.state !== 'unreachable' && result.state !== 'unknown') delete state.carrierAway;
      switch (result.state) {
        case 'accepted':
          if (hasMoved || failedAlready(message)) break; // the new address, or the next channel
          return { is: 'told', message, by: result };
        case 'failed':
        case 'suppressed':
          if (hasMoved) break;
          return { is: 'not-told', reason: result.reason };
        case 'deferred':
          await pauseUntil(result.until, 'text-deferred', `${template}: not in sending hours`);
          break;
        case 'unreachable':
          state.carrierAway = true;
          await pauseUntil(later(pause), 'carrier-away', `${template}: the carrier is away, tried again then`);
          break;
        case 'unknown':
          if (hasMoved) break;
          if ((await untilKnown(message)) === 'stuck')
            return { is: 'not-told', reason: 'nobody can tell whether it arrived' };
          break;
        case 'cancelled': // after a reset: this step supersedes the withdrawal, and then it may leave
          if ((cancelled += 1) > 1) throw new Error(`${template} is withdrawn, and its matter is open`);
          story.note('taken-up-again', { template });
      }
    }
  }

  /** That it did not arrive was heard before it was told that it had left. */
  function failedAlready({ key: id }: ToHandOver): boolean {
    const failed = story.messageNews[id] === 'failed';
    if (failed) delete story.messageNews[id];
    return failed;
  }

  async function pauseUntil(time: string, note: 'text-deferred' | 'carrier-away', why: string): Promise<void> {
    state.pausedUntil = time;
    story.note(note, { until: time });
    try {
      await ready();
      await untilTime(time, why);
    } finally {
      delete state.pausedUntil;
    }
  }

  /** The carrier may have it or not. Nobody can tell: a person must. */
  async function untilKnown({ key: id, template }: ToHandOver): Promise<'settled' | 'stuck'> {
    state.carrierAway = true;
    story.note('text-unknown', { template });
    story.awaitedNews.add(id);
    try {
      await until(() => story.messageNews[id] !== undefined);
    } finally {
      story.awaitedNews.delete(id);
    }
    const news = story.messageNews[id];
    delete story.messageNews[id];
    delete state.carrierAway;
    if (news !== 'stuck') return 'settled';
    story.owing.assign(key(), 'message-unknown', 'desk', { from: now() }, id);
    return 'stuck';
  }

  const { mindWhatWasSaid } = sayingAgain(story, planning, { handOver, noteTold });
  return { tell, mindWhatWasSaid };
}

/** Two minutes of tries that did not reach the carrier are no failure; what no try can mend is. */
async function handOverNow(message: Message): Promise<MessageResult> {
  try {
    return await sendMessage(message);
  } catch (error) {
    if (isCancellation(error)) throw error;
    return isFinal(error) ? { state: 'failed', reason: 'cannot-be-sent' } : { state: 'unreachable' };
  }
}
