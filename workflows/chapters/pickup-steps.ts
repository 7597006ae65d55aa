import { dayNamedSince, pickup, type NamedDay, type Pickup } from '../../domain/cases/pickup';
import type { RepairState } from '../../domain/cases/repair-facts';
import { satisfaction } from '../../domain/cases/satisfaction';
import { now } from '../support/clock';
import type { Story } from '../support/story';

/** When a notice was told: its times count from `saidAt`, and it left then, or later. */
export interface ToldNotice {
  saidAt: string;
  leftAt: string;
}

/**
 * A notice counts once it was told, and the next step is counted from it. A day that the customer named while it was leaving holds all
 * the same. After the last one the store calls on its next day.
 */
export function noticeTold(story: Story<RepairState>, { saidAt, leftAt }: ToldNotice): void {
  const { promise, keep, assign } = story.about(pickup);
  const waiting = story.state.pickup!;
  waiting.notices.push(leftAt);
  keep('pickup-notice', leftAt);
  const day = dayNamedSince(waiting, leftAt);
  if (waiting.notices.length < story.terms.pickup.notices)
    return promise('pickup-notice', day ? { from: day, rule: 'after-named-day' } : { from: saidAt });
  if (day) return callAfter(story, day);
  promise('headquarters-informed', { from: saidAt });
  assign('pickup-call', 'clerk', { from: saidAt, rule: 'pickup-call-next-day' });
}

/** A person told him: that counts as the notice that is owed. Before its time it only puts off the next one, and hastens nothing. */
export function toldByPerson(story: Story<RepairState>): void {
  const { openPromise, move } = story.owing;
  const { notices } = story.state.pickup!;
  if (!isOnLadder(story)) return;
  const owed = openPromise('pickup-notice');
  const isOwedNow = notices.length === 0 || !owed?.dueAt || owed.dueAt <= now();
  if (isOwedNow) {
    story.about(pickup).finish('pickup-call', 'told');
    noticeTold(story, { saidAt: now(), leftAt: now() });
  } else if (!dayNamedSince(story.state.pickup!, notices.at(-1) ?? '')) {
    move('pickup-notice', { from: now(), rule: 'pickup-notice' });
  }
}

/**
 * The customer says when he comes (TR-6): silence through that day; then the next step, with its count kept. After the last notice that
 * step is a call, and the parcel comes one day later. Who names a day knows that it is ready, and where no text reached him that counts.
 */
export function nameDay(story: Story<RepairState>, named: NamedDay): void {
  const { openTask, move } = story.owing;
  const waiting = story.state.pickup!;
  waiting.namedDays.push(named);
  if (!isOnLadder(story)) callAfter(story, named.day);
  else if (openTask('pickup-call')) toldByPerson(story);
  else move('pickup-notice', { from: named.day, rule: 'after-named-day' });
  if (waiting.namedDays.length >= story.terms.pickup.managerFromNaming && !openTask('day-named-again'))
    story.about(pickup).assign('day-named-again', 'store-manager');
}

/** It is home: what is left to ask is whether he is satisfied (S-32). What was planned for it is withdrawn in this step. */
export function isHome(story: Story<RepairState>, outcome: NonNullable<Pickup['outcome']>): void {
  story.state.pickup!.outcome = outcome;
  story.state.satisfaction = { since: now(), calls: [] };
  story.about(satisfaction).promise('satisfaction', { from: now() });
}

/** He wants it sent: it does not wait any longer. */
export function askForParcel(story: Story<RepairState>): void {
  const { openPromise, settle } = story.owing;
  const { sendAsked, headquartersInformedAt } = story.state.pickup!;
  if (sendAsked || headquartersInformedAt) return;
  story.state.pickup!.sendAsked = true;
  for (const kind of ['pickup-notice', 'pickup-call', 'headquarters-informed'] as const)
    settle(openPromise(kind), 'cancelled', 'the customer wants it sent');
  story.about(pickup).finish('pickup-call', 'sent-instead');
}

/** Notices are still to come; nobody said that it is to be sent. */
export const isOnLadder = ({ state, terms }: Story<RepairState>): boolean =>
  state.pickup!.notices.length < terms.pickup.notices && state.pickup!.sendAsked === undefined;

function callAfter(story: Story<RepairState>, day: string): void {
  const { promise, assign, move } = story.about(pickup);
  const { openPromise, openTask, recount, settle } = story.owing;
  const call = { from: day, rule: 'call-after-named-day' as const };
  const parcel = { from: day, rule: 'day-after-named-day' as const };
  settle(openPromise('pickup-call'), 'moved', 'the customer named another day');
  promise('pickup-call', call);
  const task = openTask('pickup-call');
  if (task) recount(task, call);
  else assign('pickup-call', 'clerk', call);
  if (openPromise('headquarters-informed')) move('headquarters-informed', parcel);
  else if (openPromise('parcel-sent')) move('parcel-sent', { from: day, rule: 'parcel-after-named-day' });
  else if (!story.state.pickup?.headquartersInformedAt) promise('headquarters-informed', parcel);
  const sending = openTask('send-parcel') ?? openTask('deliver-home');
  if (sending) recount(sending, { from: day, rule: 'parcel-after-named-day' });
}
