import { guidance, type RepairState } from '../../domain/cases/repair-facts';
import { refuseCorrection } from '../../domain/cases/correction-refusals';
import { refuseGuidance } from '../../domain/cases/repair-refusals';
import { correctEntry, recordGuidance } from '../steering';
import type { Story } from '../support/story';
import { goOn } from './go-on';
import { openCheck, spoke } from './hear-checks';

/** What people may tell us about a guidance, and what they put right. */
export function hearGuidance(story: Story<RepairState>): void {
  const { state } = story;
  const { promise, keep, move } = story.about(guidance);
  const { openPromise } = story.owing;

  story.onRequest(recordGuidance, refuseGuidance, (asked) => {
    story.note('guided-by-phone', { endedAt: asked.endedAt }, asked);
    goOn(state);
    endTalk();
    const round = state.guidance.round + 1;
    state.guidance = { round, calls: [], endedAt: asked.endedAt, entryId: asked.entryId };
    state.way = 'phone-guidance';
    promise('guidance-check', { from: asked.endedAt });
  });

  story.onRequest(correctEntry, refuseCorrection, (asked) => {
    const { corrects, endedAt, outcome } = asked;
    story.note('entry-corrected', { corrects, ...(endedAt && { endedAt }), ...(outcome && { outcome }) }, asked);
    if (corrects === state.guidance.entryId && endedAt) {
      if (openPromise('guidance-check')) move('guidance-check', { from: endedAt, rule: 'guidance-check' });
      state.guidance.endedAt = endedAt;
      return;
    }
    const kind = openCheck(state);
    const call = kind?.of(state).calls.find((known) => known.entryId === corrects);
    if (kind && call && outcome) {
      call.outcome = outcome;
      spoke(story, kind, outcome);
    }
  });

  /** Whoever guides again has spoken with the customer; the guidance before is settled. */
  function endTalk(): void {
    if (!guidance.isOpen(state)) return;
    keep('guidance-call');
    keep('agree-next-step');
    state.guidance.outcome = 'another-way';
    story.withdrawSettled();
  }
}
