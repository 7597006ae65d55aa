import type { RepairState } from '../../domain/cases/repair-facts';
import { satisfaction } from '../../domain/cases/satisfaction';
import { now } from '../support/clock';
import type { Story } from '../support/story';
import { anotherRound } from './rounds';

/** What the customer says to whether he is satisfied. */
export function hearSatisfaction(story: Story<RepairState>): void {
  const { state } = story;
  const { isAbout } = story.about(satisfaction);

  story.onAnswer('satisfaction', (choice, about) => {
    if (!satisfaction.isOpen(state) || !isAbout(about)) return false;
    learnSatisfaction(story, choice === 'yes');
    return true;
  });
}

/** He said it himself: by text, on his page, or in a call with somebody other than the engineer (H-79). */
export function learnSatisfaction(story: Story<RepairState>, satisfied: boolean): void {
  const { state } = story;
  const { keep } = story.about(satisfaction);
  const current = state.satisfaction;
  if (!current) return;
  keep('satisfaction');
  settleReminder(story);
  const saidNoBefore = current.answer === 'no';
  current.answer = satisfied ? 'yes' : 'no';
  if (satisfied) {
    current.outcome = 'satisfied';
    state.over = 'satisfied';
  } else if (!saidNoBefore) anotherRound(story);
}

/** Who answers a reminder was reminded, also where the carrier's word is still out; before its time none is needed any more. */
function settleReminder(story: Story<RepairState>): void {
  const { openPromise, settle } = story.owing;
  const reminder = openPromise('satisfaction-reminder');
  const isDue = reminder?.dueAt !== undefined && reminder.dueAt <= now();
  if (isDue) settle(reminder, 'kept');
  else settle(reminder, 'cancelled', 'the customer told us');
}
