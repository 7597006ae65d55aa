import { newPickup, pickup } from '../../domain/cases/pickup';
import type { RepairState } from '../../domain/cases/repair-facts';
import { workshop } from '../../domain/cases/workshop';
import { refuseFinished, refuseReceive } from '../../domain/cases/workshop-refusals';
import { receiveProduct, reportRepairFinished } from '../steering';
import { now } from '../support/clock';
import type { Story } from '../support/story';
import { agreed } from './agreed';

/** A product is in the workshop until its repair is tested (D-02, D-03, H-62). */
export async function repairInWorkshop(story: Story<RepairState>): Promise<void> {
  const { whileOpen, until } = story.about(workshop);
  await whileOpen(() => until(() => story.state.workshop === undefined));
}

/** What people may tell us about it. */
export function hearWorkshop(story: Story<RepairState>): void {
  const { state } = story;

  story.onRequest(receiveProduct, refuseReceive, (asked) => {
    story.note('product-received', { route: asked.route, proofSeen: asked.proofSeen }, asked);
    delete state.over;
    agreed(story, 'workshop');
    state.way = 'workshop';
    state.workshopRounds += 1;
    const receivedAt = asked.happenedAt ?? now();
    const { route, entryId } = asked;
    state.workshop = { round: state.workshopRounds, route, receivedAt, entryId, pulledIn: false };
  });

  story.onRequest(reportRepairFinished, refuseFinished, (asked) => {
    const { testResult, testedBy, category } = asked;
    story.note('repair-finished', { testResult, testedBy }, asked);
    delete state.workshop;
    state.pickup = newPickup(now(), 'repaired', category);
    story.about(pickup).promise('pickup-notice', { from: now(), rule: 'pickup-notice-at-once' });
  });
}
