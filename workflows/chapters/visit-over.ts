import { nextStep, type RepairState } from '../../domain/cases/repair-facts';
import { visitOver } from '../../domain/cases/visit';
import type { Story } from '../support/story';

/** A visit that was cancelled, or brought nothing: the customer hears by when the next step is agreed with him. */
export async function tellHowItGoesOn(story: Story<RepairState>): Promise<never> {
  const { state } = story;
  const { whileOpen, tell } = story.about(visitOver);
  for (;;) {
    await story.until(() => visitOver.isOpen(state) && !story.isOver(visitOver));
    await whileOpen(async () => {
      const told = await tell(state.visitOver?.how === 'cancelled' ? 'visit-cancelled' : 'visit-unfinished', wording, {
        unless: () => !nextStep.isOpen(state), // it goes on already
      });
      delete state.visitOver;
      if (told && nextStep.isOpen(state)) story.about(nextStep).promise('agree-next-step', { from: told.saidAt });
    });
  }

  function wording() {
    const { how, from = '', by = '', work = '', engineerId = '' } = state.visitOver ?? {};
    const names = { nextBy: 'agree-next-step' as const };
    if (how === 'cancelled') return { facts: { when: `${from}/${by}`, work }, names };
    return { facts: {}, names, typed: { engineer: { engineer: engineerId } } };
  }
}
