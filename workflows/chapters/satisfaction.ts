import { triesIn } from '../../domain/cases/calls';
import type { RepairState } from '../../domain/cases/repair-facts';
import { satisfaction } from '../../domain/cases/satisfaction';
import { now } from '../support/clock';
import type { Story } from '../support/story';

/**
 * The work is done: is the customer satisfied with how it was handled? (S-32, H-72)
 *
 * We ask on the next day, remind once a day later, and call the day after. "Yes" closes the case. After a "no" somebody calls within
 * half an hour and agrees what is done next; the case goes on, and is asked about again in its next round. Whoever stays silent is
 * closed unconfirmed, never as satisfied; from the second round on only after calls on three days.
 */
export async function askSatisfaction(story: Story<RepairState>): Promise<void> {
  const { state } = story;
  const { whileOpen, tell, until, promise, keep, escalate, assign, finish } = story.about(satisfaction);
  const asked = () => state.satisfaction;
  const saidNo = () => asked()?.answer === 'no';
  const tries = () => (state.round > 1 ? story.terms.satisfaction.callsInLaterRounds : 1);
  const triesMade = () => triesIn(asked()?.calls ?? []);

  await whileOpen(async () => {
    promise('satisfaction', { from: asked()?.since ?? now() });
    await ask();
    await remind();
    await call();
    if (!saidNo()) return closeUnconfirmed();
    finish('satisfaction-call', 'said-no');
    promise('agree-next-step', { from: now() });
    assign('agree-next-step', 'desk');
  });

  async function ask(): Promise<void> {
    const told = await say('satisfaction', 1);
    if (saidNo()) return;
    if (told) keep('satisfaction', told.leftAt);
    else escalate('satisfaction', 'no text reached the customer: he is called');
    const current = asked();
    if (current) current.askedAt = told?.saidAt ?? now();
    if (told) promise('satisfaction-reminder', { from: told.saidAt });
  }

  /** Only who was asked is reminded. */
  async function remind(): Promise<void> {
    if (saidNo() || !story.owing.openPromise('satisfaction-reminder')) return;
    const told = await say('satisfaction-reminder', 2);
    if (saidNo()) return;
    if (told) keep('satisfaction-reminder', told.leftAt);
    else escalate('satisfaction-reminder', 'no text reached the customer: he is called');
  }

  function say(kind: 'satisfaction' | 'satisfaction-reminder', ordinal: number) {
    const withinMinutes = story.terms.satisfaction.callWithinMinutes;
    const wording = () => ({ facts: { withinMinutes }, names: {}, choices: ['yes', 'no'] });
    return tell('satisfaction', wording, { keeps: kind, unless: saidNo, ordinal });
  }

  async function call(): Promise<void> {
    while (!saidNo() && triesMade() < tries()) {
      const made = triesMade();
      const counted = made > 0 ? { from: now(), rule: 'call-next-day' as const } : { from: asked()?.askedAt ?? now() };
      assign('satisfaction-call', 'desk', counted);
      await until(() => saidNo() || triesMade() > made);
    }
  }

  function closeUnconfirmed(): void {
    story.note('not-reached');
    if (state.satisfaction) state.satisfaction.outcome = 'unconfirmed';
    state.over = 'unconfirmed';
  }
}
