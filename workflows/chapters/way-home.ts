import { pickup, wayHome } from '../../domain/cases/pickup';
import type { RepairState } from '../../domain/cases/repair-facts';
import { now } from '../support/clock';
import type { Story } from '../support/story';

/**
 * Nobody collects it, or the customer wants it sent: it goes home (S-28).
 *
 * By parcel within a working day; where its kind cannot be mailed, we bring it; where the rules do not say, headquarters decides. Some
 * days after a parcel left we ask whether it arrived, with a call for the case that it did not or no answer comes; then the carrier is
 * asked. One that comes back is decided about by a person.
 */
export async function takeHome(story: Story<RepairState>): Promise<void> {
  const { until, tell, promise, keep, escalate, assign, finish } = story.about(pickup);
  const waiting = () => story.state.pickup!;
  const isOut = () => waiting().parcel !== undefined;

  for (;;) {
    const way = await decideWay();
    if (way === 'delivery') await bringHome();
    else await sendParcel();
  }

  async function decideWay() {
    const { state, terms } = story;
    const byRule = wayHome(waiting(), state.missing, terms.pickup);
    if (byRule) waiting().wayHome ??= byRule;
    if (waiting().wayHome === undefined) {
      assign('decide-way-home', 'headquarters');
      await until(() => waiting().wayHome !== undefined);
      finish('decide-way-home', waiting().wayHome ?? '');
    }
    return waiting().wayHome;
  }

  async function bringHome(): Promise<void> {
    assign('deliver-home', 'dispatcher');
    await until(() => waiting().wayHome !== 'delivery');
    finish('deliver-home', 'another-way');
  }

  async function sendParcel(): Promise<void> {
    if (!isOut()) {
      promise('parcel-sent', { from: now() });
      assign('send-parcel', 'clerk');
      await until(isOut);
    }
    const { sentOn, entryId } = waiting().parcel!;
    const word = (name: string) => ({ entry: entryId, word: name });
    const typed = { carrier: word('carrier'), tracking: word('tracking') };
    const wording = () => ({ facts: { sentOn }, names: { checkOn: 'parcel-check' as const }, typed });
    const isBack = () => !isOut();
    const told = await tell('parcel-sent', wording, { unless: isBack, ordinal: waiting().parcelsReturned + 1 });
    if (!isBack()) promise('parcel-check', { from: told?.saidAt ?? now() });
    while (isOut()) await askArrival(sentOn);
  }

  async function askArrival(sentOn: string): Promise<void> {
    const isKnown = () => waiting().parcel === undefined || waiting().parcel?.missed !== undefined;
    const ordinal = (waiting().arrivalsAsked += 1);
    const wording = () => ({ facts: { sentOn }, names: { callBy: 'parcel-call' as const }, choices: ['yes', 'no'] });
    const told = await tell('parcel-arrived', wording, { keeps: 'parcel-check', unless: isKnown, ordinal });
    if (!isOut()) return;
    if (told) keep('parcel-check', told.leftAt);
    else escalate('parcel-check', 'no text reached the customer: he is called');
    if (!isKnown()) await call(told?.saidAt, told?.twoWay ?? false, isKnown);
    if (isOut()) await askCarrier();
  }

  async function call(saidAt: string | undefined, twoWay: boolean, isKnown: () => boolean): Promise<void> {
    const unreached = () => waiting().parcel?.unreached ?? 0;
    const { tries } = story.terms.guidance;
    promise('parcel-call', saidAt ? { from: saidAt } : { from: now(), rule: 'call-at-once' });
    assign(
      'parcel-call',
      'desk',
      saidAt ? { from: saidAt, rule: twoWay ? 'parcel-call' : 'call-one-way' } : { from: now(), rule: 'call-at-once' },
    );
    for (let made = 0; made < tries && !isKnown(); made = unreached()) {
      if (made > 0) assign('parcel-call', 'desk', { from: now(), rule: 'call-again' });
      await until(() => isKnown() || unreached() > made);
    }
    finish('parcel-call', 'said-no');
    if (!isKnown()) escalate('parcel-call', `${tries} tries`);
  }

  /** Until somebody knows that it is on its way, that it arrived, or that it came back. */
  async function askCarrier(): Promise<void> {
    assign('trace-parcel', 'clerk');
    const asked = waiting().parcel;
    await until(() => waiting().parcel !== asked);
    finish('trace-parcel', 'known');
    if (isOut()) promise('parcel-check', { from: now() });
  }
}
