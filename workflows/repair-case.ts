import type { CaseInput } from '../domain/cases/case';
import { repair } from '../domain/cases/repair';
import { newRepair } from '../domain/cases/repair-facts';
import { afterGuidance, afterVisit, askWhetherItWorks } from './chapters/check';
import { hearChecks } from './chapters/hear-checks';
import { hearContact } from './chapters/hear-contact';
import { hearGuidance } from './chapters/hear-guidance';
import { hearSatisfaction } from './chapters/hear-satisfaction';
import { hearParcel } from './chapters/hear-parcel';
import { hearPickup } from './chapters/hear-pickup';
import { hearVisit } from './chapters/hear-visit';
import { apologise } from './chapters/lateness';
import { hearWorkshop } from './chapters/hear-workshop';
import { agreeNextStep, hearNextStep } from './chapters/next-step';
import { awaitPickup } from './chapters/pickup';
import { awaitRemedy } from './chapters/remedy';
import { hearRounds } from './chapters/rounds';
import { askSatisfaction } from './chapters/satisfaction';
import { goOnVisits, whileOnlyVisited } from './chapters/visit';
import { tellHowItGoesOn } from './chapters/visit-over';
import { repairInWorkshop } from './chapters/workshop';
import { Story } from './support/story';

/**
 * A product does not work (H-01 to H-05, H-10, H-17, H-72, H-76, S-27, S-28).
 *
 * What the customer has not told yet is asked. The desk agrees with him what is done next. If he is guided by phone, he is asked two
 * hours later whether it works now; if it does, we are done. Otherwise the next step is agreed, as often as it takes.
 * An engineer visits him. A product in the workshop is repaired by the day that he was told, or he hears before that it takes longer;
 * then it waits for him, and goes home if he does not come. When the work is done he is asked whether he is satisfied, and if he is
 * not, we go on in the same case. It ends when he is satisfied, when he cannot be reached, when an approver says that nothing more
 * will be done, or when it is cancelled.
 */
export async function repairCase(input: CaseInput): Promise<{ ending: string }> {
  const state = newRepair(input);
  const story = new Story(state, repair);
  hearNextStep(story);
  hearGuidance(story);
  hearChecks(story);
  hearContact(story);
  hearVisit(story);
  hearWorkshop(story);
  hearPickup(story);
  hearParcel(story);
  hearSatisfaction(story);
  hearRounds(story);

  return await story.tell(() =>
    Promise.race([chapters(), goOnVisits(story), apologise(story), tellHowItGoesOn(story)]),
  );

  async function chapters(): Promise<never> {
    for (;;) {
      if (state.over !== undefined) await story.until(() => state.over === undefined);
      await agreeNextStep(story);
      await askWhetherItWorks(story, afterGuidance);
      await whileOnlyVisited(story);
      await askWhetherItWorks(story, afterVisit);
      await repairInWorkshop(story);
      await awaitRemedy(story);
      await awaitPickup(story);
      await askSatisfaction(story);
    }
  }
}
