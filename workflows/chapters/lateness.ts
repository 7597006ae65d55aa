import type { RepairState } from '../../domain/cases/repair-facts';
import { lateness, slotOf, type Visit } from '../../domain/cases/visit';
import { now } from '../support/clock';
import type { Story } from '../support/story';

/** He came 15 minutes late or more: an apology of its own, which may outlast the visit (H-35). */
export function sorry(story: Story<RepairState>, late: Visit, arrivedAt: string): void {
  const { state } = story;
  delete state.lateness;
  story.withdrawSettled();
  state.lateness = { visit: slotOf(late), slotBy: late.by, arrivedAt };
}

/**
 * The customer is told how sorry we are, with the gift that the policy gives. If that is not enough for him, the service manager
 * contacts him within the time that the text says, and goes there (H-35).
 */
export async function apologise(story: Story<RepairState>): Promise<never> {
  const { state } = story;
  const { whileOpen, tell, assign } = story.about(lateness);
  for (;;) {
    await story.until(() => lateness.isOpen(state) && !story.isOver(lateness));
    await whileOpen(async () => {
      const told = await tell('late-apology', wording);
      if (!told) assign('tell-by-phone', 'desk');
    });
  }

  function wording() {
    const { lateGift, managerContactsWithinMinutes } = story.terms.visit;
    const { slotBy = '', arrivedAt = '' } = state.lateness ?? {};
    return {
      facts: {
        slot: slotBy,
        arrivedAt,
        withinMinutes: managerContactsWithinMinutes,
        giftLine: lateGift ? 'gift' : 'none',
      },
      names: {},
      choices: ['contact'],
    };
  }
}

export function hearLateness(story: Story<RepairState>): void {
  const { state } = story;
  const { isAbout, promise, assign, keep } = story.about(lateness);

  story.onAnswer('late-apology', (_choice, matter) => {
    if (!state.lateness || state.lateness.wantsManager || !lateness.isOpen(state) || !isAbout(matter)) return false;
    state.lateness.wantsManager = true;
    story.note('manager-wanted');
    promise('manager-contact', { from: now() });
    assign('apologise', 'service-manager', { from: now(), rule: 'manager-contact' });
    return true;
  });

  story.onCompleted('apologise', () => {
    keep('manager-contact');
    if (state.lateness) state.lateness.settled = true;
  });
}
