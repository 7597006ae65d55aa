import { CancellationScope, CancelledFailure, condition, isCancellation, Trigger } from '@temporalio/workflow';
import type { CaseState, Matter } from '../../domain/cases/case';
import type { PromiseKind, Role, TaskKind } from '../../domain/promises/kinds';
import { now, untilTime } from './clock';
import { messagesOf } from './messages';
import type { Counted } from './promises';
import type { Story } from './story';

/**
 * A matter of a running case. Its chapter runs in a scope of its own and is written as if no news ever came: the moment the
 * matter is settled, what was promised, assigned or not yet sent is withdrawn, and the chapter stops where it stands.
 */
export function takeInHand<State extends CaseState>(story: Story<State>, matter: Matter<State>) {
  const { state } = story;
  const { openPromise, openTask, settle, move, finishTask } = story.owing;
  let planned: string | undefined;
  let scope: CancellationScope | undefined;
  let settled: Trigger<void> | undefined;

  const isOpen = () => matter.isOpen(state) && !story.isOver(matter);

  /** Whatever plans passes here: nothing is planned for a settled matter. */
  function key(): string {
    if (!isOpen()) throw new CancelledFailure(`${matter.name} is settled`);
    return (planned ??= `${matter.name}/${matter.since(state)}`);
  }

  const promise = (kind: PromiseKind, counted: Counted) => story.owing.promise(key(), kind, counted);
  const keep = (kind: PromiseKind, at?: string) => settle(openPromise(kind), 'kept', undefined, at);
  const escalate = (kind: PromiseKind, reason?: string) => settle(openPromise(kind), 'escalated', reason);
  const assign = (kind: TaskKind, role: Role, counted: Counted = { from: now() }) =>
    story.owing.assign(key(), kind, role, counted);
  const finish = (kind: TaskKind, result: string) => finishTask(openTask(kind), result);

  function withdrawIfSettled(): void {
    if (planned === undefined || isOpen()) return;
    story.owing.withdraw(planned);
    for (const { message } of Object.values(story.said)) if (isAbout(message.matter)) delete story.said[message.key];
    planned = undefined;
    delete state.carrierAway;
    delete state.pausedUntil;
    settled?.resolve();
    scope?.cancel();
  }

  /**
   * Runs the chapter until the matter is settled; one that has said all it has to say waits for that. The story goes on at once,
   * not when a cancelled send has come back: that moment is another in a replay than it was in life.
   */
  async function whileOpen(chapter: () => Promise<void>): Promise<void> {
    if (!isOpen()) return;
    scope = new CancellationScope();
    settled = new Trigger();
    const telling = scope.run(async () => {
      await Promise.race([chapter().then(() => until(() => !isOpen())), mindWhatWasSaid()]);
    });
    try {
      await Promise.race([settled, telling]);
    } catch (error) {
      if (!isCancellation(error) || isOpen()) throw error;
    }
  }

  async function until(news: () => boolean): Promise<void> {
    await ready();
    await condition(news);
  }

  /**
   * Waits until a promise is due, and gives it. Who moves the promise moves the wait; what was never promised is due now. `unless`: the
   * news after which nobody waits for it any more.
   */
  const untilDue = (kind: PromiseKind, unless = () => false) => untilTimeOf('dueAt', kind, unless);

  /** The same, until something may be done for it. */
  const untilOpen = (kind: PromiseKind, unless = () => false) => untilTimeOf('notBefore', kind, unless);

  async function untilTimeOf(time: 'notBefore' | 'dueAt', kind: PromiseKind, unless: () => boolean) {
    for (;;) {
      await ready();
      const owed = openPromise(kind);
      const at = owed?.[time];
      if (!at || Date.parse(at) <= Date.now() || unless()) return owed;
      const why = `${kind}, due ${owed.dueShown}: ${owed.because?.join('; ') ?? ''}`;
      await untilTime(at, why, () => openPromise(kind) !== owed || unless());
    }
  }

  /** What was noted is written, and the matter is still open: now the story may wait or send. */
  async function ready(): Promise<string> {
    await story.written();
    return key();
  }

  /** A reply to what was asked about this matter, as it stands now. */
  const isAbout = (matterKey: string | undefined) => matterKey === planned;
  const { tell, mindWhatWasSaid } = messagesOf(story, matter, { key, isAbout, ready, until, untilDue });

  const words = { whileOpen, isAbout, tell, until, untilOpen, untilDue, promise, keep, move, escalate, assign, finish };
  return { matter, words, withdrawIfSettled };
}

export type MatterInHand<State extends CaseState> = ReturnType<typeof takeInHand<State>>;
