import type { CaseInput } from '../domain/cases/case';
import { repair } from '../domain/cases/repair';
import { newRepair } from '../domain/cases/repair-facts';
import { checkGuidance } from './chapters/guidance';
import { hearGuidance } from './chapters/hear-guidance';
import { agreeNextStep, hearNextStep } from './chapters/next-step';
import { Story } from './support/story';

/**
 * A product does not work (H-01 to H-05, H-10, H-17).
 *
 * What the customer has not told yet is asked. The desk agrees with him what is done next. If he is guided by phone, he is asked two
 * hours later whether it works now; if it does, we are done. Otherwise the next step is agreed, as often as it takes. The case ends
 * when the customer is satisfied, when the service manager closes it unconfirmed, or when it is cancelled.
 */
export async function repairCase(input: CaseInput): Promise<{ ending: string }> {
  const state = newRepair(input);
  const story = new Story(state, repair);
  hearNextStep(story);
  hearGuidance(story);

  return await story.tell(async () => {
    for (;;) {
      if (state.over !== undefined) await story.until(() => state.over === undefined);
      await agreeNextStep(story);
      await checkGuidance(story);
    }
  });
}
