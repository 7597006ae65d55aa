import { guidance, type RepairState } from '../../domain/cases/repair-facts';
import { now } from '../support/clock';
import type { Story } from '../support/story';

/**
 * A customer was guided by phone: does it work now? (H-04, H-05, H-75)
 *
 * Two hours after the guidance we ask. With the question we promise a call for the case that it does not work or no answer
 * comes; its task opens half an hour later, or at once where the text could not be sent. "Yes" ends the matter. After a "no" the
 * desk agrees the next step with the customer. Nobody reached in three tries: the service manager decides.
 */
export async function checkGuidance(story: Story<RepairState>): Promise<void> {
  const { state } = story;
  const tries = () => story.terms.guidance.tries;
  const { whileOpen, tell, until, promise, keep, escalate, assign, finish } = story.about(guidance);
  const saidNo = () => state.guidance.answer === 'no';
  const triesMade = () => state.guidance.calls.filter(({ outcome }) => outcome === 'no-answer').length;

  await whileOpen(async () => {
    await ask();

    while (!saidNo() && triesMade() < tries()) {
      const made = triesMade();
      if (made > 0) assignNextTry(made);
      await until(() => saidNo() || triesMade() > made);
    }
    finish('guidance-call', 'said-no'); // the call that was promised stays promised until somebody spoke with the customer

    if (!saidNo()) await letTheManagerDecide();
    promise('agree-next-step', { from: now() });
    assign('agree-next-step', 'desk');
  });

  /** With the question, the call is promised that it names. */
  async function ask(): Promise<void> {
    const wording = () => ({
      facts: { guidedAt: state.guidance.endedAt ?? '' },
      names: { callBy: 'guidance-call' as const },
      choices: ['yes', 'no'],
    });
    const told = await tell('guidance-check', wording, { keeps: 'guidance-check', unless: saidNo });
    if (!told && saidNo()) return;
    if (!told) {
      escalate('guidance-check', 'no text reached the customer: he is called');
      promise('guidance-call', { from: now(), rule: 'guidance-call-at-once' });
      return assign('guidance-call', 'desk', { from: now(), rule: 'guidance-call-at-once' });
    }
    keep('guidance-check', told.leftAt);
    state.guidance.askedAt = told.saidAt;
    promise('guidance-call', { from: told.saidAt });
    assign('guidance-call', 'desk', {
      from: told.saidAt,
      rule: told.twoWay ? 'guidance-call' : 'guidance-call-one-way',
    });
  }

  function assignNextTry(made: number): void {
    const rule = made === tries() - 1 ? 'guidance-call-last' : 'guidance-call-again';
    assign('guidance-call', 'desk', { from: now(), rule });
  }

  /** A late answer still counts. */
  async function letTheManagerDecide(): Promise<void> {
    state.guidance.unreached = true;
    story.note('not-reached');
    escalate('guidance-call', `${tries()} tries`);
    assign('decide-unreached', 'service-manager');
    await until(saidNo);
    delete state.guidance.unreached;
    finish('decide-unreached', 'customer-answered');
  }
}
