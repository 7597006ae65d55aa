import type { CaseState, Matter } from '../../domain/cases/case';
import type { MessageNews, OptNews, Reply } from '../../domain/messages/message';
import { customerOptedIn, customerOptedOut, customerReplied, messageSettled } from '../steering';
import { now } from './clock';
import { notArrived } from './say-again';
import type { Story } from './story';

/** A customer wrote what no rule understands: a person reads it. Known by the reply: the time at which it is heard may be another in a replay. */
const unread: Matter<CaseState> = {
  name: 'reply',
  since: ({ replies }) => replies.unread[0]?.replyId,
  isOpen: ({ replies }) => replies.unread.length > 0,
  outlasts: true,
};

/** What customers and carrier say. Each reply is heard once, however often it is handed over. */
export function hearReplies<State extends CaseState>(story: Story<State>): void {
  const { state } = story;
  const known = new Set<string>();

  story.onNews(customerReplied, (reply: Reply) => {
    if (known.has(reply.replyId)) return;
    known.add(reply.replyId);
    const { replyId, question, choice, matter, day } = reply;
    if (question && choice && !state.ending && story.answers[question]?.(choice, matter, day)) {
      story.note('customer-replied', { replyId, question, choice, ...(day && { day }) });
      return;
    }
    story.note('reply-to-read', { replyId });
    state.replies.unread.push({ replyId, at: now() });
  });

  const opted = (note: 'opted-out' | 'opted-in') => (news: OptNews) => {
    if (known.has(news.replyId)) return;
    known.add(news.replyId);
    story.note(note, { replyId: news.replyId });
  };
  story.onNews(customerOptedOut, opted('opted-out'));
  story.onNews(customerOptedIn, opted('opted-in'));

  story.onCompleted('read-reply', (result, { seenAt = '' }) => {
    const promise = story.owing.openPromise('reply-answered');
    if (result === 'contacted') story.owing.settle(promise, 'kept');
    else story.owing.settle(promise, 'cancelled', result);
    const unseen = state.replies.unread.filter(({ at }) => at > seenAt);
    state.replies.unread = [];
    story.withdrawSettled();
    state.replies.unread = unseen; // a matter of its own, with a task of its own
  });

  story.onNews(messageSettled, ({ key, intent, state: fate }: MessageNews) => {
    const lost = state.tasks.find((task) => task.kind === 'message-unknown' && task.about === key);
    if (lost && fate !== 'stuck') story.owing.finishTask(lost, fate);
    if (fate === 'failed' && notArrived(story, key, intent))
      return story.note('not-told', { template: story.said[key]?.message.template, reason: 'undelivered' });
    story.messageNews[key] = fate;
    story.note('message-settled', { fate });
  });
}

/**
 * The desk reads it, and the customer is told so once a day, with the time by when somebody will contact him: a promise.
 */
export async function answerReplies<State extends CaseState>(story: Story<State>): Promise<never> {
  const { state } = story;
  const { whileOpen, tell, assign, promise } = story.about(unread as Matter<State>);
  for (;;) {
    await story.until(() => unread.isOpen(state) && !story.isOver(unread as Matter<State>));
    await whileOpen(async () => {
      assign('read-reply', 'desk');
      const answersReply = state.replies.unread[0]?.at ?? now();
      const told = await tell('not-understood', () => ({
        facts: {},
        names: { callBy: 'reply-answered' },
        answersReply,
      }));
      if (told) promise('reply-answered', { from: told.saidAt });
    });
  }
}
