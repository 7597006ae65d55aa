import { CancellationScope, workflowInfo } from '@temporalio/workflow';
import { isEscalated, type CaseKind, type CaseState } from '../../domain/cases/case';
import type { Note, Page, Step } from '../../domain/cases/step';
import { wholeTerms } from '../../domain/policies/whole-terms';
import { now } from './clock';
import { lull } from './lull';
import { showOperators } from './operators';
import { recordStep } from './steps';

/**
 * The one pen of a case. What is noted collects on the open page; each page becomes one fenced step, and
 * the next is written only after the one before. While PostgreSQL is away, whatever happens meanwhile shares a page.
 */
export class Ledger<State extends CaseState> {
  page: Page = blankPage();
  /** The latest step that stands in PostgreSQL. */
  stepWritten = 0;
  endedBefore = false;
  private ordinal = 0;
  private timesAsked = 0;
  private lastWrite: Promise<void>;

  constructor(
    private readonly state: State,
    private readonly kind: CaseKind<State>,
  ) {
    this.page.notes.push(openingNote(state));
    this.lastWrite = Promise.resolve().then(() => this.writePage()); // the opening is the first step, with what comes with it
  }

  /** Resolves when everything noted so far stands in the ledger. Never cancelled: what happened is written down. */
  written(): Promise<void> {
    this.timesAsked += 1;
    this.lastWrite = this.lastWrite.then(() => this.writePage());
    return this.lastWrite;
  }

  private async writePage(): Promise<void> {
    if (isBlank(this.page)) return;
    const step = this.takePage();
    const { terms, promised, tasks, endedBefore } = await CancellationScope.nonCancellable(() =>
      recordStep(step, () => lull(() => this.timesAsked)),
    );
    if (endedBefore) this.endedBefore = true;
    if (terms) this.state.terms = wholeTerms(terms);
    this.stepWritten = step.ordinal;
    for (const owed of this.state.promises) Object.assign(owed, promised[owed.id]);
    for (const task of this.state.tasks) Object.assign(task, tasks[task.id]);
    showOperators(this.state, this.kind, step);
  }

  /** As it stands now, before anything is waited for: only that is the same in a replay. */
  private takePage(): Step {
    const { state, kind, page } = this;
    this.page = blankPage();
    if (page.notes.length === 0) page.notes.push({ note: page.tasks.length > 0 ? 'task-assigned' : 'settled' });
    const info = workflowInfo();
    const nextDueAt = earliestWaitOf(state, kind.looksNextAt?.(state));
    const slot = kind.slot?.(state);
    const leftToDesk = state.ending ? state.replies.unread.splice(0).map(({ replyId }) => replyId) : [];
    return {
      ...page,
      caseNumber: state.caseNumber,
      opening: state.opening,
      ordinal: (this.ordinal += 1),
      clock: info.historyLength,
      taken: info.unsafe.now(),
      firstRun: info.firstExecutionRunId === info.runId,
      at: now(),
      status: kind.statusOf(state),
      waitingFor: kind.waitingFor(state),
      actionsNow: kind.actionsNow(state),
      priority: state.priority,
      escalated: isEscalated(state),
      leftToDesk,
      ...(slot && { slot }),
      ...(nextDueAt && { nextDueAt }),
      ...(state.ending && { ending: state.ending }),
    };
  }
}

/** A reopening is an entry of the one who asked for it, with his reason in words. */
const openingNote = ({ reopened }: CaseState): Note =>
  reopened ? { note: 'reopened', facts: { by: reopened.by }, entryId: reopened.entryId } : { note: 'opened' };

/** Of the due times known so far; those that the step itself counts are added where it is written. */
function earliestWaitOf(state: CaseState, looksNextAt?: string): string | undefined {
  if (state.ending) return undefined;
  const times = [
    ...state.promises.map(({ dueAt }) => dueAt),
    ...state.tasks.map(({ nextAt }) => nextAt),
    state.pausedUntil,
    looksNextAt,
  ];
  return times.filter((time) => time !== undefined && time > now()).sort()[0];
}

const blankPage = (): Page => ({
  notes: [],
  promised: [],
  outcomes: [],
  tasks: [],
  settledMatters: [],
});
const isBlank = (page: Page) => Object.values(page).every((entries: unknown[]) => entries.length === 0);
