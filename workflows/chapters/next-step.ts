import { nextStep, type RepairState } from '../../domain/cases/repair-facts';
import { refuseAnything } from '../../domain/cases/refuse-anything';
import { refuseWay } from '../../domain/cases/repair-refusals';
import { addDetails, cancelCase, changeContact, chooseServiceWay } from '../steering';
import { now } from '../support/clock';
import { addressesChanged } from '../support/say-again';
import type { Story } from '../support/story';
import { agreed } from './agreed';

/**
 * Nothing is under way: the desk agrees with the customer what is done next (H-02, H-03, H-17).
 *
 * What later steps need and the customer has not told is asked first. Then the next step is agreed; one that is done by hand, outside
 * this story, stays on the desk until somebody says that the customer is satisfied, guides by phone again, or cancels.
 */
export async function agreeNextStep(story: Story<RepairState>): Promise<void> {
  const { state } = story;
  const { whileOpen, until, assign, finish } = story.about(nextStep);

  await whileOpen(async () => {
    if (state.missing.length > 0) {
      assign('complete-details', 'desk');
      await until(() => state.missing.length === 0);
      finish('complete-details', 'complete');
    }
    for (;;) {
      const { nextStepSince } = state;
      const chosen = state.way !== undefined && state.way !== 'phone-guidance';
      assign('agree-next-step', 'desk', { from: now(), rule: chosen ? 'next-step-carried-out' : 'agree-next-step' });
      await until(() => state.nextStepSince !== nextStepSince);
      finish('agree-next-step', state.way ?? 'chosen');
    }
  });
}

/** What people may tell us at any time, and what they choose. */
export function hearNextStep(story: Story<RepairState>): void {
  const { state } = story;

  story.onRequest(addDetails, refuseAnything, (asked) => {
    story.note('details-added', { gives: asked.gives }, asked);
    state.missing = state.missing.filter((detail) => !asked.gives.includes(detail));
  });

  story.onRequest(changeContact, refuseAnything, (asked) => {
    story.note('contact-changed', { gives: asked.gives }, asked);
    addressesChanged(story, asked.gives);
  });

  story.onRequest(chooseServiceWay, refuseWay, (asked) => {
    const { faultClass, way } = asked;
    story.note('way-chosen', { faultClass, way }, asked);
    delete state.over; // whoever chooses a way goes on, whatever was decided
    state.faultClass = faultClass;
    state.way = way;
    if (way !== 'visit') delete state.visitOwedSince;
    if (way !== 'phone-guidance') agreed(story, way);
  });

  story.onCompleted('agree-next-step', () => {
    agreed(story, 'customer-satisfied');
    state.over = 'satisfied'; // said to the desk, not to the engineer (H-79)
  });

  story.onRequest(cancelCase, refuseAnything, (asked) => {
    story.note('cancelled', {}, asked);
    state.over = 'cancelled';
  });
}
