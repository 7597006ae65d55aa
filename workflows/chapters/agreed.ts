import { settleAsked, type RepairState } from '../../domain/cases/repair-facts';
import { now } from '../support/clock';
import type { Story } from '../support/story';

/** Somebody spoke with the customer and agreed what is done next: what he was promised about that is kept, what he was asked is settled. */
export function agreed(story: Story<RepairState>, result: string): void {
  const { state } = story;
  const { openPromise, openTask, settle, finishTask } = story.owing;
  if (state.guidance.answer === 'no') settle(openPromise('guidance-call'), 'kept');
  if (state.revisit.answer === 'no') settle(openPromise('revisit-call'), 'kept');
  settle(openPromise('agree-next-step'), 'kept');
  finishTask(openTask('agree-next-step'), result);
  settleAsked(state);
  state.nextStepSince = now();
}
