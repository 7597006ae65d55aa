import { pickup, wayHome, type NamedDay } from '../../domain/cases/pickup';
import type { RepairState } from '../../domain/cases/repair-facts';
import { now } from '../support/clock';
import type { Wording } from '../support/messages';
import type { Story } from '../support/story';
import { noticeTold } from './pickup-steps';
import { takeHome } from './way-home';

/**
 * A repaired product waits to be collected (S-27, S-28, TR-6).
 *
 * We tell the customer at once, and again every three days, three times in all; only what he was told counts, and where no text
 * reaches him he is called. A customer who names a day is not reminded before it has passed, and the count goes on. Three days after
 * the last notice headquarters is told, and the product goes home; somebody who named a day after the last notice is called first.
 * It may be collected at any time.
 */
export async function awaitPickup(story: Story<RepairState>): Promise<void> {
  const { whileOpen, tell, until, untilDue, keep, escalate, assign, finish } = story.about(pickup);
  const waiting = () => story.state.pickup!;
  const timesTold = () => waiting().notices.length;
  const goesHome = () => waiting().sendAsked !== undefined;

  await whileOpen(async () => {
    await Promise.all([goThroughLadder(), acknowledgeNamedDays()]);
  });

  async function goThroughLadder(): Promise<void> {
    while (timesTold() < story.terms.pickup.notices && !goesHome()) await giveNotice(timesTold() + 1);
    await untilDue('headquarters-informed');
    if (!goesHome()) informHeadquarters();
    await takeHome(story);
  }

  /** One that was lost after all is owed again: then this one waits for its turn. */
  async function giveNotice(notice: number): Promise<void> {
    let counted = false;
    const isOver = () => timesTold() !== (counted ? notice : notice - 1) || goesHome();
    const wording = () => noticeInWords(story, notice);
    const telling = { keeps: 'pickup-notice' as const, unless: isOver, ordinal: notice };
    const told = await tell(noticeTemplate(story, notice), wording, telling);
    counted = told !== undefined;
    if (told) return noticeTold(story, told);
    if (isOver()) return;
    escalate('pickup-notice', 'no text reached the customer: he is called');
    assign('pickup-call', 'clerk');
    await until(isOver);
  }

  function informHeadquarters(): void {
    waiting().headquartersInformedAt = now();
    story.note('headquarters-informed', { notices: timesTold() });
    keep('headquarters-informed');
    escalate('pickup-call', 'headquarters was informed');
    finish('pickup-call', 'headquarters-informed');
    assign('not-collected', 'headquarters');
  }

  /** The step that it put off was taken: its day has passed. */
  function isPast({ at }: NamedDay): boolean {
    return (waiting().notices.at(-1) ?? '') > at;
  }

  /** Each naming is answered with the full date, so that both mean the same day; one that he changed meanwhile is not. */
  async function acknowledgeNamedDays(): Promise<void> {
    for (let answered = 0; ;) {
      await until(() => waiting().namedDays.length > answered);
      answered = waiting().namedDays.length;
      const named = waiting().namedDays[answered - 1]!;
      const isOld = () => waiting().namedDays.at(-1) !== named || isPast(named) || waiting().parcel !== undefined;
      await tell('named-day-ack', () => ackInWords(story, named), { unless: isOld, ordinal: answered });
    }
  }
}

/** The first says that it is ready, the last that it will go home by itself, and those between remind. */
export function noticeTemplate({ terms }: Story<RepairState>, notice: number): 'ready-1' | 'ready-2' | 'ready-3' {
  if (notice >= terms.pickup.notices) return 'ready-3';
  return notice === 1 ? 'ready-1' : 'ready-2';
}

function noticeInWords(story: Story<RepairState>, notice: number): Wording {
  const { state, terms } = story;
  const { readyAt, readyState } = state.pickup!;
  switch (noticeTemplate(story, notice)) {
    case 'ready-1':
      return { facts: { readyState, feeLine: 'none' }, names: { nextOn: 'pickup-notice' } };
    case 'ready-2':
      return { facts: { readyOn: readyAt }, names: { nextOn: 'pickup-notice' } };
    case 'ready-3': {
      const way = wayHome(state.pickup!, state.missing, terms.pickup) ?? 'undecided';
      const typed = way === 'parcel' ? { addressHint: { detail: 'address' as const } } : {};
      const facts = { notice, way, freight: way === 'parcel' ? terms.pickup.freight : 'none' };
      return { facts, names: { mailOn: 'headquarters-informed' }, typed, choices: ['send'] };
    }
  }
}

function ackInWords({ state, terms }: Story<RepairState>, { day, at, byReply }: NamedDay): Wording {
  const isCall = state.pickup!.notices.length >= terms.pickup.notices;
  const nextOn = { rule: isCall ? ('call-after-named-day' as const) : ('after-named-day' as const), from: day };
  return { facts: { namedDay: day }, names: { nextOn }, ...(byReply && { answersReply: at }) };
}
