import type { RepairState } from '../../domain/cases/repair-facts';
import { remedy } from '../../domain/cases/workshop';
import type { Story } from '../support/story';

/** It cannot be repaired: nothing more happens to it before the customer knows what we propose instead (S-29). */
export async function awaitRemedy(story: Story<RepairState>): Promise<void> {
  const { whileOpen, until } = story.about(remedy);
  await whileOpen(() => until(() => story.state.remedy === undefined));
}
