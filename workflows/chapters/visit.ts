import { pickup } from '../../domain/cases/pickup';
import type { RepairState } from '../../domain/cases/repair-facts';
import { visit, type Visit } from '../../domain/cases/visit';
import { departureOf } from '../../domain/cases/visit-moments';
import type { Story } from '../support/story';
import { tellOfDelays } from './visit-delays';
import { watchVisit } from './visit-watch';

/** Visits go on beside everything else: a product that waits in a store may be brought home (H-55). */
export async function goOnVisits(story: Story<RepairState>): Promise<never> {
  for (;;) {
    await story.until(() => visit.isOpen(story.state) && !story.isOver(visit));
    await goOnVisit(story);
  }
}

/** Nothing else is done meanwhile, unless a product waits for its customer. */
export async function whileOnlyVisited(story: Story<RepairState>): Promise<void> {
  const { state } = story;
  await story.until(() => !visit.isOpen(state) || pickup.isOpen(state) || state.over !== undefined);
}

/**
 * An engineer goes to the customer (H-07, H-13, H-22, H-33 to H-35, K-16).
 *
 * The customer gets the time in writing, a reminder on the evening before, and a word when the engineer leaves. If it gets late he
 * hears so before the slot is over, and again when we know more. If nobody comes within an hour, a new time is offered to him first of
 * all. Each slot is a matter of its own: a visit that is moved begins again here.
 */
async function goOnVisit(story: Story<RepairState>): Promise<void> {
  const { state } = story;
  const { whileOpen, tell, until, keep, escalate, assign } = story.about(visit);
  const { openPromise, settle } = story.owing;

  await whileOpen(async () => {
    const booked = state.visit;
    if (!booked) return;
    assign('depart', 'engineer', { from: departureOf(booked, story.terms.visit) });
    await Promise.all([confirmAndRemind(booked), tellDeparture(booked), tellOfDelays(story), watchVisit(story)]);
  });

  async function confirmAndRemind(booked: Visit): Promise<void> {
    const { from, by, work, engineerId, moves } = booked;
    const about = { when: `${from}/${by}`, work };
    const typed = { engineer: { engineer: engineerId } };
    await until(() => openPromise('visit-day-before')?.dueAt !== undefined);
    if (!reminderOf(booked)) settle(openPromise('visit-day-before'), 'cancelled', 'booked shortly before');
    const told = await tell(
      moves > 0 ? 'visit-moved' : 'visit-confirmed',
      () => ({
        facts: { ...about, ...(moves === 0 && { feeLine: 'none' }), ...nextLine(booked) },
        names: {},
        typed,
        choices: ['change'],
      }),
      { unless: hasCome },
    );
    if (!told && !hasCome()) assign('tell-by-phone', 'desk');

    if (!openPromise('visit-day-before')) return;
    const reminded = await tell(
      'visit-day-before',
      () => ({ facts: { ...about, prepLine: 'none' }, names: { changeBy: 'change-by' }, typed, choices: ['change'] }),
      { keeps: 'visit-day-before', unless: () => hasCome() || Date.now() >= Date.parse(from) },
    );
    if (reminded) keep('visit-day-before', reminded.leftAt);
    else escalate('visit-day-before', 'no text reached the customer in time');
  }

  /** Who was told the time a few hours ago need not be told again (H-13). */
  function reminderOf({ bookedAt }: Visit): string | undefined {
    const { dueAt } = openPromise('visit-day-before') ?? {};
    const earliest = Date.parse(bookedAt) + story.terms.visit.dayBeforeSkippedWithinHours * 3_600_000;
    return dueAt && Date.parse(dueAt) > earliest ? dueAt : undefined;
  }

  function nextLine(booked: Visit) {
    return { nextLine: reminderOf(booked) ? 'reminder' : 'none' };
  }

  /** Said when it is of use: not after he should be there already. */
  async function tellDeparture({ travelMinutes, work, engineerId }: Visit): Promise<void> {
    await until(() => state.visit?.departedAt !== undefined);
    const eta = new Date(Date.parse(state.visit?.departedAt ?? '') + travelMinutes * 60_000).toISOString();
    await tell(
      'visit-departed',
      () => ({ facts: { eta, work }, names: {}, typed: { engineer: { engineer: engineerId } } }),
      { unless: () => hasCome() || state.visit?.delay !== undefined || Date.now() >= Date.parse(eta) },
    );
  }

  /** He is there, or nobody expects him any more. */
  function hasCome(): boolean {
    return state.visit?.arrivedAt !== undefined || state.visit?.missedAt !== undefined;
  }
}
