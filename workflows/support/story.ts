import {
  ApplicationFailure,
  allHandlersFinished,
  CancellationScope,
  condition,
  setHandler,
} from '@temporalio/workflow';
import type { QueryDefinition, SignalDefinition, UpdateDefinition } from '@temporalio/common';
import type { CallOutcome } from '../../domain/cases/calls';
import type { CaseKind, CaseState, Entered, Matter, OpenTask } from '../../domain/cases/case';
import type { StepName } from '../../domain/cases/notes';
import type { MessageNews, TemplateId } from '../../domain/messages/message';
import type { Terms } from '../../domain/policies/terms';
import type { TaskKind } from '../../domain/promises/kinds';
import type { Refusal } from '../../domain/refusal';
import { runChanged, viewCase, type Answer } from '../steering';
import { hearDesk, mindTasks } from './desk';
import { Ledger } from './ledger';
import { takeInHand, type MatterInHand } from './matter';
import { owing, type Owing } from './promises';
import { answerReplies, hearReplies } from './replies';
import type { Said } from './say-again';

/** Says whether an answer still means something. `day`, of the store, where the choice is `day`. */
export type Hear = (choice: string, matter?: string, day?: string) => boolean;

/**
 * A running case. Two rules carry everything:
 *  - noting is instant, waiting writes: words without `await` go on the open page; every word with `await` first writes it;
 *  - a settled matter is withdrawn by itself: after every request and before every wait, each matter is asked whether it is still open.
 */
export class Story<State extends CaseState> {
  readonly ledger: Ledger<State>;
  readonly owing: Owing;
  /** What became of messages whose fate was open, by key, until the one who waits for it takes it. */
  readonly messageNews: Record<string, MessageNews['state']> = {};
  readonly awaitedNews = new Set<string>();
  /** How often the customer gave another number or address. */
  addressChanges = 0;
  /** What was told about matters that are open, by key, the latest last. */
  readonly said: Record<string, Said> = {};
  readonly answers: Partial<Record<TemplateId, Hear>> = {};
  readonly completed: Partial<Record<TaskKind, (result: string, task: OpenTask) => void>> = {};
  readonly called: Partial<Record<TaskKind, (outcome: CallOutcome) => void>> = {};
  readonly losses: Partial<Record<TemplateId, () => void>> = {};
  private readonly matters: MatterInHand<State>[] = [];

  constructor(
    readonly state: State,
    kind: CaseKind<State>,
  ) {
    this.ledger = new Ledger(state, kind);
    this.owing = owing(state, this.ledger);
    setHandler(viewCase as unknown as QueryDefinition<State>, () => state);
    this.onNews(runChanged, () => this.note('run-changed'));
    hearDesk(this);
    hearReplies(this);
  }

  get terms(): Terms {
    if (!this.state.terms) throw new Error('Terms are known after the first wait.');
    return this.state.terms;
  }

  /** Once the outcome is decided, only what outlasts it goes on. */
  isOver({ outlasts }: Matter<State>): boolean {
    const { over, ending } = this.state;
    return ending !== undefined || over === 'cancelled' || (over !== undefined && !outlasts);
  }

  /** The words with which a chapter speaks about its matter. */
  about(matter: Matter<State>) {
    let inHand = this.matters.find((known) => known.matter === matter);
    if (!inHand) this.matters.push((inHand = takeInHand(this, matter)));
    return inHand.words;
  }

  /** A request: refused by its rule, or noted and then answered, when its whole effect stands in the ledger. */
  onRequest<Request extends Entered>(
    request: UpdateDefinition<Answer, [Request]>,
    refuse: (state: State, request: NoInfer<Request>, now: number) => Refusal | undefined,
    takeNote: (request: NoInfer<Request>) => void,
  ): void {
    const validator = (asked: Request) => {
      const refusal = refuse(this.state, asked, Date.now());
      if (refusal) throw ApplicationFailure.nonRetryable(refusal.message, refusal.code, refusal);
    };
    const handler = async (asked: Request) => {
      takeNote(asked);
      await this.written();
      return { opening: this.state.opening, step: this.ledger.stepWritten };
    };
    setHandler(request, handler, { validator });
  }

  onNews<News extends unknown[]>(news: SignalDefinition<News>, takeNote: (...news: News) => void): void {
    setHandler(news, async (...heard: News) => {
      takeNote(...heard);
      await this.written();
    });
  }

  /** A reply to the question that a template asked. */
  onAnswer(question: TemplateId, hear: Hear): void {
    this.answers[question] = hear;
  }

  /** A task was completed with a result. */
  onCompleted(kind: TaskKind, takeNote: (result: string, task: OpenTask) => void): void {
    this.completed[kind] = takeNote;
  }

  /** A call was made or tried, and its task is done. */
  onCalled(kind: TaskKind, takeNote: (outcome: CallOutcome) => void): void {
    this.called[kind] = takeNote;
  }

  /** What counted as told did not reach the customer, and no other channel does. */
  onLoss(template: TemplateId, takeNote: () => void): void {
    this.losses[template] = takeNote;
  }

  note(note: StepName, facts?: Record<string, unknown>, entered?: Entered): void {
    const said = entered && { by: entered.by, ...(entered.happenedAt && { happenedAt: entered.happenedAt }) };
    const all = { ...facts, ...said };
    this.ledger.page.notes.push({
      note,
      ...(Object.keys(all).length > 0 && { facts: all }),
      ...(entered && { entryId: entered.entryId }),
    });
  }

  /** Everything noted so far, and all that it settles, stands in the ledger. */
  async written(): Promise<void> {
    this.withdrawSettled();
    if (this.mayClose()) this.close();
    await this.ledger.written();
  }

  withdrawSettled(): void {
    for (const matter of this.matters) matter.withdrawIfSettled();
  }

  /** Waits, without limit, for news. */
  async until(news: () => boolean): Promise<void> {
    await this.written();
    await condition(news);
  }

  /** Tells the story; beside it, tasks are minded and replies answered. A case that is over closes in the step that says so. */
  async tell(chapters: () => Promise<void>): Promise<{ ending: string }> {
    const ended = () => this.state.ending !== undefined || this.ledger.endedBefore;
    this.cancelWhenOperatorsAsk();
    return await CancellationScope.nonCancellable(async () => {
      await Promise.race([chapters(), mindTasks(this), answerReplies(this), this.until(ended)]);
      await this.until(ended);
      await condition(allHandlersFinished);
      return { ending: this.state.ending ?? 'ended-before' };
    });
  }

  /** "Request Cancellation" in the Temporal UI is a cancelled case: it still ends with its ledger in order. */
  private cancelWhenOperatorsAsk(): void {
    void CancellationScope.current().cancelRequested.catch(async () => {
      if (this.state.ending !== undefined) return;
      this.note('cancelled', { by: 'temporal-ui' });
      this.state.over = 'cancelled';
      await this.written();
    });
  }

  /** Whatever the customer wrote is read first, unless the case was cancelled. */
  private mayClose(): boolean {
    const { over, ending, replies } = this.state;
    return over !== undefined && ending === undefined && (over === 'cancelled' || replies.unread.length === 0);
  }

  private close(): void {
    const { state, owing } = this;
    const ending = state.over ?? 'unconfirmed';
    state.ending = ending;
    for (const owed of [...state.promises]) owing.settle(owed, 'cancelled', ending);
    for (const task of [...state.tasks]) owing.finishTask(task, 'withdrawn');
    this.note('closed', { ending });
  }
}
