import type { RepairState } from '../../domain/cases/repair-facts';
import { refuseContact } from '../../domain/cases/check-refusals';
import { satisfaction } from '../../domain/cases/satisfaction';
import { recordContact } from '../steering';
import { now } from '../support/clock';
import type { Story } from '../support/story';
import { openCheck, spoke } from './hear-checks';
import { learnSatisfaction } from './hear-satisfaction';
import { askForParcel, toldByPerson } from './pickup-steps';
import { goOn } from './go-on';

/** A customer contacts us by himself: whatever he was to be asked is settled by what he says. */
export function hearContact(story: Story<RepairState>): void {
  const { state } = story;

  story.onRequest(recordContact, refuseContact, (asked) => {
    const { about } = asked;
    story.note('customer-contacted-us', { about }, asked);
    if (about === 'chases') return chased();
    if (about === 'other') return;
    if (about === 'told') return toldByPerson(story);
    if (about === 'send-it') return askForParcel(story);
    const bad = about === 'does-not-work' || about === 'not-satisfied';
    if (bad && state.over) return goOn(state);
    if (about === 'works' || about === 'does-not-work') {
      const check = openCheck(state);
      if (check) return spoke(story, check, about);
    }
    if (satisfaction.isOpen(state)) learnSatisfaction(story, !bad);
  });

  /** The second time within a day somebody has to ask after his case, the service manager hears of it (Ms Ge, K-16). */
  function chased(): void {
    const dayAgo = new Date(Date.now() - 24 * 3_600_000).toISOString();
    state.chasedAt = [...state.chasedAt.filter((time) => time > dayAgo), now()];
    if (state.chasedAt.length < 2) return;
    story.note('customer-chases', { times: state.chasedAt.length });
    if (state.priority === 'normal') state.priority = 'high';
    if (!story.owing.openTask('customer-chases'))
      story.owing.assign('customer-chases', 'customer-chases', 'service-manager', { from: now() });
  }
}
