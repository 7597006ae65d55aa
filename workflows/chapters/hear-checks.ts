import { isCall, type CallOutcome } from '../../domain/cases/calls';
import { visitOwed, type RepairState } from '../../domain/cases/repair-facts';
import { refuseCall } from '../../domain/cases/check-refusals';
import { openTask } from '../../domain/cases/tasks';
import { recordCall } from '../steering';
import { now } from '../support/clock';
import type { Story } from '../support/story';
import { afterGuidance, afterVisit, type CheckKind } from './check';
import { anotherRound } from './rounds';
import { learnSatisfaction } from './hear-satisfaction';

const checks = [afterGuidance, afterVisit];

/** What customers answer to our checks, and what came of the calls about them. */
export function hearChecks(story: Story<RepairState>): void {
  const { state } = story;
  const { recount, finishTask, move } = story.owing;
  for (const kind of checks) hearCheck(story, kind);

  story.onRequest(recordCall, refuseCall, (asked) => {
    const { taskId, outcome, callAt, entryId } = asked;
    story.note('called', { outcome, ...(callAt && { callAt }) }, asked);
    const task = openTask(state, taskId);
    if (!task || !isCall(task.kind)) return;
    const call = { entryId, outcome, ...(callAt && { callAt }) };
    const check = checks.find((kind) => kind.call === task.kind);
    if (check) check.of(state).calls.push(call);
    else if (task.kind === 'satisfaction-call') state.satisfaction?.calls.push(call);
    if (outcome === 'call-later' && callAt) {
      recount(task, { from: callAt, rule: 'call-agreed' });
      return move(task.kind as CheckKind['call'], { from: callAt, rule: 'call-agreed' });
    }
    finishTask(task, outcome);
    if (check) spoke(story, check, outcome);
    else if (outcome === 'satisfied' || outcome === 'not-satisfied') learnSatisfaction(story, outcome === 'satisfied');
    else story.called[task.kind]?.(outcome);
  });

  story.onCompleted('decide-unreached', (result) => {
    const kind = checks.find(({ matter }) => matter.isOpen(state));
    if (!kind) return;
    if (result === 'close-unconfirmed') {
      kind.of(state).outcome = 'unconfirmed';
      state.over = 'unconfirmed';
      return;
    }
    kind.of(state).outcome = 'another-way';
    state.nextStepSince = now();
  });
}

function hearCheck(story: Story<RepairState>, kind: CheckKind): void {
  const { state } = story;
  const { matter, question, call } = kind;
  const { keep, isAbout } = story.about(matter);

  story.onAnswer(question, (choice, about) => {
    if (!matter.isOpen(state) || !isAbout(about)) return false;
    keep(question); // who answers was asked, also where the carrier's word is still out
    learn(story, kind, choice === 'yes');
    return true;
  });

  story.onLoss(question, () => story.owing.callAtOnce(call, kind.of(state).askedAt ?? now()));
}

/** The check that is open, if any. */
export const openCheck = (state: RepairState): CheckKind | undefined =>
  checks.find(({ matter }) => matter.isOpen(state));

/** Somebody spoke with the customer: the call that was promised is made, and he has said how it stands. */
export function spoke(story: Story<RepairState>, kind: CheckKind, outcome: CallOutcome): void {
  if (outcome !== 'works' && outcome !== 'does-not-work') return;
  story.about(kind.matter).keep(kind.call);
  learn(story, kind, outcome === 'works');
}

function learn(story: Story<RepairState>, kind: CheckKind, works: boolean): void {
  const { state } = story;
  const check = kind.of(state);
  const saidNoBefore = check.answer === 'no';
  check.answer = works ? 'yes' : 'no';
  if (works) {
    check.outcome = 'works';
    state.over = 'satisfied'; // whoever says so is not asked twice (H-72)
    return;
  }
  story.owing.settle(story.owing.openPromise(kind.question), 'cancelled', 'the customer told us');
  if (kind !== afterVisit || saidNoBefore) return;
  anotherRound(story);
  state.visitOwedSince = now();
  story.about(visitOwed).promise('new-visit', { from: now() });
}
