import type { CallOutcome } from '../../domain/cases/check';
import { guidance, type RepairState } from '../../domain/cases/repair-facts';
import { refuseCall, refuseContact, refuseCorrection, refuseGuidance } from '../../domain/cases/repair-refusals';
import { openTask } from '../../domain/cases/tasks';
import { correctEntry, recordCall, recordContact, recordGuidance } from '../steering';
import { now } from '../support/clock';
import type { Story } from '../support/story';

/** What people may tell us about a guidance and its check. */
export function hearGuidance(story: Story<RepairState>): void {
  const { state } = story;
  const { promise, keep, move, isAbout } = story.about(guidance);
  const { openPromise, recount, finishTask, settle, assign } = story.owing;

  story.onRequest(recordGuidance, refuseGuidance, (asked) => {
    story.note('guided-by-phone', { endedAt: asked.endedAt }, asked);
    goOn();
    endTalk();
    const round = state.guidance.round + 1;
    state.guidance = { round, calls: [], endedAt: asked.endedAt, entryId: asked.entryId };
    state.way = 'phone-guidance';
    promise('guidance-check', { from: asked.endedAt });
  });

  story.onAnswer('guidance-check', (choice, matter) => {
    if (!guidance.isOpen(state) || !isAbout(matter)) return false;
    keep('guidance-check'); // who answers was asked, also where the carrier's word is still out
    learn(choice === 'yes');
    return true;
  });

  story.onLoss('guidance-check', () => {
    const call = story.owing.openTask('guidance-call');
    const isOpen = call?.notBefore !== undefined && call.notBefore <= now();
    if (!isOpen) recount(call, { from: state.guidance.askedAt ?? now(), rule: 'guidance-call-at-once' });
  });

  story.onRequest(recordCall, refuseCall, (asked) => {
    const { outcome, callAt, entryId } = asked;
    story.note('called', { outcome, ...(callAt && { callAt }) }, asked);
    state.guidance.calls.push({ entryId, outcome, ...(callAt && { callAt }) });
    const task = openTask(state, asked.taskId);
    if (outcome === 'call-later' && callAt) {
      recount(task, { from: callAt, rule: 'call-agreed' });
      return move('guidance-call', { from: callAt, rule: 'call-agreed' });
    }
    finishTask(task, outcome);
    spoke(outcome);
  });

  story.onRequest(recordContact, refuseContact, (asked) => {
    story.note('customer-contacted-us', { about: asked.about }, asked);
    if (asked.about === 'does-not-work' && state.over) return goOn();
    if (asked.about === 'works' || asked.about === 'does-not-work') spoke(asked.about);
    if (asked.about === 'chases') chased();
  });

  story.onRequest(correctEntry, refuseCorrection, (asked) => {
    const { corrects, endedAt, outcome } = asked;
    story.note('entry-corrected', { corrects, ...(endedAt && { endedAt }), ...(outcome && { outcome }) }, asked);
    if (corrects === state.guidance.entryId && endedAt) {
      if (openPromise('guidance-check')) move('guidance-check', { from: endedAt, rule: 'guidance-check' });
      state.guidance.endedAt = endedAt;
      return;
    }
    const call = state.guidance.calls.find((known) => known.entryId === corrects);
    if (call && outcome) {
      call.outcome = outcome;
      spoke(outcome);
    }
  });

  story.onCompleted('decide-unreached', (result) => {
    if (result === 'close-unconfirmed') {
      state.guidance.outcome = 'unconfirmed';
      state.over = 'unconfirmed';
      return;
    }
    state.guidance.outcome = 'another-way';
    state.nextStepSince = now();
  });

  /** Somebody spoke with the customer: the call that was promised is made, and he has said how it stands. */
  function spoke(outcome: CallOutcome): void {
    if (outcome !== 'works' && outcome !== 'does-not-work') return;
    keep('guidance-call');
    learn(outcome === 'works');
  }

  function learn(works: boolean): void {
    state.guidance.answer = works ? 'yes' : 'no';
    if (!works) return settle(openPromise('guidance-check'), 'cancelled', 'the customer told us');
    state.guidance.outcome = 'works';
    state.over = 'satisfied';
  }

  /** A case whose end was decided, but for a reply that is still to be read, goes on after all. */
  function goOn(): void {
    if (!state.over) return;
    delete state.over;
    state.nextStepSince = now();
  }

  /** Whoever guides again has spoken with the customer; the guidance before is settled. */
  function endTalk(): void {
    if (!guidance.isOpen(state)) return;
    keep('guidance-call');
    keep('agree-next-step');
    state.guidance.outcome = 'another-way';
    story.withdrawSettled();
  }

  /** The second time within a day somebody has to ask after his case, the service manager hears of it (Ms Ge, K-16). */
  function chased(): void {
    const dayAgo = new Date(Date.now() - 24 * 3_600_000).toISOString();
    state.chasedAt = [...state.chasedAt.filter((time) => time > dayAgo), now()];
    if (state.chasedAt.length < 2) return;
    story.note('customer-chases', { times: state.chasedAt.length });
    if (state.priority === 'normal') state.priority = 'high';
    if (!story.owing.openTask('customer-chases'))
      assign('customer-chases', 'customer-chases', 'service-manager', { from: now() });
  }
}
