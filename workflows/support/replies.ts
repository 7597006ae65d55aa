import type { CaseState, Matter } from '../../domain/cases/case';
import type { MessageNews, Reply, TemplateId } from '../../domain/messages/message';
import { customerReplied, messageSettled } from '../steering';
import { now } from './clock';
import type { Story } from './story';

/** A customer wrote what no rule understands: a person reads it. */
const unread: Matter<CaseState> = {
  name: 'reply',
  since: ({ replies }) => replies.unreadSince,
  isOpen: ({ replies }) => replies.unreadSince !== undefined,
  outlasts: true,
};

/** What customers and carrier say. Each reply is heard once, however often it is handed over. */
export function hearReplies<State extends CaseState>(story: Story<State>): void {
  const { state } = story;
  const known = new Set<string>();

  story.onNews(customerReplied, (reply: Reply) => {
    if (known.has(reply.replyId)) return;
    known.add(reply.replyId);
    const { replyId, question, choice } = reply;
    if (question && choice && story.answers[question]?.(choice)) {
      story.note('customer-replied', { replyId, question, choice });
      return;
    }
    story.note('reply-to-read', { replyId });
    state.replies.unreadSince ??= now();
  });

  story.onCompleted('read-reply', (result) => {
    const promise = story.owing.openPromise('reply-answered');
    if (result === 'contacted') story.owing.settle(promise, 'kept');
    else story.owing.settle(promise, 'cancelled', result);
    delete state.replies.unreadSince;
  });

  story.onNews(messageSettled, ({ key, state: fate }: MessageNews) => {
    const lost = state.tasks.find((task) => task.kind === 'message-unknown' && task.about === key);
    if (lost && fate !== 'stuck') story.owing.finishTask(lost, fate);
    story.messageNews[key] = fate;
    if (fate === 'failed' && !story.awaitedNews.has(key)) return lose(key);
    story.note('message-settled', { fate });
  });

  /** A text that counted as told did not arrive after all. */
  function lose(key: string): void {
    const template = Object.keys(story.losses).find((id) => key.startsWith(`${state.caseNumber}/${id}/`));
    story.note('not-told', { template, reason: 'undelivered' });
    if (template) story.losses[template as TemplateId]?.();
  }
}

/**
 * The desk reads it, and the customer is told so once a day, with the time by when somebody will contact him: a promise.
 */
export async function answerReplies<State extends CaseState>(story: Story<State>): Promise<never> {
  const { state } = story;
  const { whileOpen, tell, assign, promise } = story.about(unread as Matter<State>);
  for (;;) {
    await story.until(() => unread.isOpen(state));
    await whileOpen(async () => {
      assign('read-reply', 'desk');
      if (state.replies.saidAt && withinADay(state.replies.saidAt)) return;
      state.replies.saidAt = now();
      const told = await tell('not-understood', { facts: {}, names: { callBy: 'reply-answered' }, answersReply: true });
      if (told) promise('reply-answered', { from: told.saidAt });
    });
  }
}

const withinADay = (time: string) => Date.now() - Date.parse(time) < 24 * 3_600_000;
