import { revisit, type RepairState } from '../../domain/cases/repair-facts';
import { isSettled, slotOf, type Finished, type Visit } from '../../domain/cases/visit';
import { now } from '../support/clock';
import type { Story } from '../support/story';

/**
 * What comes after a visit (H-63, H-75, H-76). Repaired, tested and certain: the customer is asked tomorrow whether he is satisfied.
 * Not tested or not certain: today whether it works. Pulled in: the workshop. Everything else: the next step is agreed with him.
 */
export function finished(story: Story<RepairState>, over: Visit, said: Finished & { leftAt: string }): void {
  const { state } = story;
  const { outcome, leftAt, trialRun } = said;
  state.engineersBefore.push(over.engineerId);
  if (over.work === 'bring-back' && outcome === 'repaired') return broughtBack();
  switch (outcome) {
    case 'repaired':
    case 'no-fault-found':
      return isSettled(said) ? askTomorrow() : askToday();
    case 'pull-in':
      state.way = 'workshop';
      state.nextStepSince = now();
      return;
    case 'part-missing':
    case 'postponed':
    case 'unsafe':
    case 'refused-by-customer':
      return agreeNextStep();
  }

  function askTomorrow(): void {
    state.satisfaction = { since: leftAt, calls: [] };
  }

  /** Without a trial run the question comes earlier (H-63), also where the result is not certain either. */
  function askToday(): void {
    state.revisit = { round: state.revisit.round + 1, endedAt: leftAt, calls: [] };
    const rule = trialRun ? 'revisit-check' : 'revisit-check-untested';
    story.about(revisit).promise('revisit-check', { from: leftAt, rule });
  }

  function broughtBack(): void {
    if (state.pickup) state.pickup.outcome = 'brought-back';
    askTomorrow();
  }

  function agreeNextStep(): void {
    const { from, by, engineerId, work } = over;
    delete state.way;
    state.nextStepSince = now();
    state.visitOver = { visit: slotOf(over), how: 'unfinished', from, by, engineerId, work };
  }
}
