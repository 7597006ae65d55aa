import type { Role } from '../../domain/promises/kinds';
import type { RepairState } from '../../domain/cases/repair-facts';
import { now } from '../support/clock';
import type { Story } from '../support/story';

/** Who hears of a customer who is still not satisfied: from the third round on, the next level (H-76). */
const hearers: Role[] = ['service-manager', 'centre-head', 'headquarters'];

/** The customer is not satisfied: we go on, in the same case, until he is (H-72, H-76). */
export function anotherRound(story: Story<RepairState>): void {
  const { state } = story;
  state.round += 1;
  story.note('another-round', { round: state.round });
  story.owing.finishTask(story.owing.openTask('another-round'), 'next-round');
  const role = hearers[Math.min(state.round - 2, hearers.length - 1)] ?? 'service-manager';
  story.owing.assign('another-round', 'another-round', role, { from: now() });
}

/** An approver says, with his reason in words, that nothing more will be done (C-12). */
export function hearRounds(story: Story<RepairState>): void {
  story.onCompleted('another-round', (result) => {
    if (result === 'nothing-more-to-do') story.state.over = 'refused';
  });
}
