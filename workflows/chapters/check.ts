import { triesIn } from '../../domain/cases/calls';
import type { Matter } from '../../domain/cases/case';
import type { Check } from '../../domain/cases/check';
import { guidance, revisit, type RepairState } from '../../domain/cases/repair-facts';
import { now } from '../support/clock';
import type { Wording } from '../support/messages';
import type { Story } from '../support/story';

/** A kind of check: what it is about, and the text, promises and task by which it is kept. */
export interface CheckKind {
  matter: Matter<RepairState>;
  of(state: RepairState): Check;
  question: 'guidance-check' | 'revisit-check';
  call: 'guidance-call' | 'revisit-call';
  wording(state: RepairState): Pick<Wording, 'facts' | 'typed'>;
}

/** The customer was guided by phone: does it work now? (H-04, H-05) */
export const afterGuidance: CheckKind = {
  matter: guidance,
  of: (state) => state.guidance,
  question: 'guidance-check',
  call: 'guidance-call',
  wording: ({ guidance }) => ({ facts: { guidedAt: guidance.endedAt ?? '' } }),
};

/** The engineer has left without a trial run, or is not certain: does it run well? (H-63, H-75) */
export const afterVisit: CheckKind = {
  matter: revisit,
  of: (state) => state.revisit,
  question: 'revisit-check',
  call: 'revisit-call',
  wording: ({ revisit, engineersBefore }) => ({
    facts: { leftAt: revisit.endedAt ?? '' },
    typed: { engineer: { engineer: engineersBefore.at(-1) ?? '' } },
  }),
};

/**
 * We ask whether it works now (H-05, H-63, H-75).
 *
 * With the question we promise a call for the case that it does not work or no answer comes; its task opens half an hour later, or
 * at once where the text could not be sent. "Yes" ends the matter. After a "no" the desk agrees the next step with the customer.
 * Nobody reached in three tries: the service manager decides.
 */
export async function askWhetherItWorks(story: Story<RepairState>, kind: CheckKind): Promise<void> {
  const { state } = story;
  const { question, call } = kind;
  const tries = () => story.terms.guidance.tries;
  const { whileOpen, tell, until, promise, keep, escalate, assign, finish } = story.about(kind.matter);
  const check = () => kind.of(state);
  const saidNo = () => check().answer === 'no';
  const triesMade = () => triesIn(check().calls);

  await whileOpen(async () => {
    await ask();

    while (!saidNo() && triesMade() < tries()) {
      const made = triesMade();
      if (made > 0) assignNextTry(made);
      await until(() => saidNo() || triesMade() > made);
    }
    finish(call, 'said-no'); // the call that was promised stays promised until somebody spoke with the customer

    if (!saidNo()) await letTheManagerDecide();
    promise('agree-next-step', { from: now() });
    assign('agree-next-step', 'desk');
  });

  /** With the question, the call is promised that it names. */
  async function ask(): Promise<void> {
    const wording = () => ({ ...kind.wording(state), names: { callBy: call }, choices: ['yes', 'no'] });
    const told = await tell(question, wording, { keeps: question, unless: saidNo });
    if (!told && saidNo()) return;
    if (!told) {
      escalate(question, 'no text reached the customer: he is called');
      promise(call, { from: now(), rule: 'call-at-once' });
      return assign(call, 'desk', { from: now(), rule: 'call-at-once' });
    }
    keep(question, told.leftAt);
    check().askedAt = told.saidAt;
    promise(call, { from: told.saidAt });
    assign(call, 'desk', { from: told.saidAt, rule: told.twoWay ? call : 'call-one-way' });
  }

  function assignNextTry(made: number): void {
    assign(call, 'desk', { from: now(), rule: made === tries() - 1 ? 'call-last' : 'call-again' });
  }

  /** A late answer still counts. */
  async function letTheManagerDecide(): Promise<void> {
    check().unreached = true;
    story.note('not-reached');
    escalate(call, `${tries()} tries`);
    assign('decide-unreached', 'service-manager');
    await until(saidNo);
    delete check().unreached;
    finish('decide-unreached', 'customer-answered');
  }
}
