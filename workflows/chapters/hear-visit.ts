import { workflowInfo } from '@temporalio/workflow';
import type { RepairState } from '../../domain/cases/repair-facts';
import { slotOf, visit, type Visit } from '../../domain/cases/visit';
import { isLateFrom, needsPhoning } from '../../domain/cases/visit-moments';
import * as refusals from '../../domain/cases/visit-refusals';
import type { Refusal } from '../../domain/refusal';
import type { TemplateId } from '../../domain/messages/message';
import type { TaskKind } from '../../domain/promises/kinds';
import * as steering from '../steering';
import { now } from '../support/clock';
import type { Story } from '../support/story';
import { agreed } from './agreed';
import { finished } from './finished';
import { hearLateness, sorry } from './lateness';

/** Tasks that are done once somebody is there. */
const untilArrival: TaskKind[] = [
  'depart',
  'not-departed',
  'ask-engineer',
  'late-call',
  'visit-late',
  'find-engineer',
  'agree-other-time',
];

const asksForOtherTime: TemplateId[] = ['visit-confirmed', 'visit-moved', 'visit-day-before', 'running-late'];

/** What people may tell us about a visit. */
export function hearVisit(story: Story<RepairState>): void {
  const { state } = story;
  const { keep, isAbout } = story.about(visit);
  const { openTask, finishTask, openPromise, settle } = story.owing;

  story.onRequest(steering.bookVisit, inTime(refusals.refuseBooking), (asked) => {
    const { work, slot, engineerId, entryId } = asked;
    story.note('visit-booked', { slot, engineerId, work }, asked);
    delete state.over; // whoever books a visit goes on, whatever was decided
    state.way = 'visit';
    agreed(story, 'visit-booked');
    state.visitsBooked += 1;
    begin({ ...newSlot(asked), number: state.visitsBooked, moves: 0, work, entryId });
  });

  story.onRequest(steering.moveVisit, inTime(refusals.refuseMove), (asked) => {
    const before = state.visit;
    if (!before) return;
    const { slot, engineerId, entryId } = asked;
    story.note('visit-moved', { slot, engineerId }, asked);
    const { number, moves, work } = before;
    takeOff('visit-moved');
    begin({ ...newSlot(asked), number, moves: moves + 1, work, entryId });
  });

  story.onRequest(steering.cancelVisit, refusals.refuseCancelVisit, (asked) => {
    const before = state.visit;
    if (!before) return;
    story.note('visit-cancelled', {}, asked);
    const { from, by, engineerId, work } = before;
    takeOff('visit-cancelled');
    delete state.way;
    state.nextStepSince = now();
    state.visitOver = { visit: slotOf(before), how: 'cancelled', from, by, engineerId, work };
  });

  story.onRequest(steering.reportDeparture, refusals.refuseDeparture, (asked) => {
    if (!state.visit) return;
    story.note('engineer-departed', {}, asked);
    state.visit.departedAt = asked.happenedAt ?? now();
    finishTask(openTask('depart'), 'departed');
    finishTask(openTask('not-departed'), 'departed');
  });

  story.onRequest(steering.reportDelay, refusals.refuseDelay, (asked) => {
    if (!state.visit) return;
    const { eta, causeStated, entryId } = asked;
    story.note('visit-delayed', { eta }, asked);
    state.visit.delay = { eta, ...(causeStated && { causeEntryId: entryId }) };
    finishTask(openTask('ask-engineer'), 'comes-late');
    finishTask(openTask('not-departed'), 'comes-late');
    if (needsPhoning(state.visit, story.terms.visit) && !openTask('late-call'))
      story.about(visit).assign('late-call', 'dispatcher', { from: now() });
  });

  story.onRequest(steering.reportArrival, refusals.refuseArrival, (asked) => {
    const current = state.visit;
    if (!current) return;
    const arrivedAt = asked.happenedAt ?? now();
    story.note('engineer-arrived', {}, asked);
    current.arrivedAt = arrivedAt;
    keep('visit', arrivedAt);
    keep('arrival-news', arrivedAt);
    keep('new-slot');
    settle(openPromise('visit-day-before'), 'cancelled', 'the engineer is there');
    for (const kind of untilArrival) finishTask(openTask(kind), 'arrived');
    settle(openPromise('new-visit'), 'kept', undefined, arrivedAt);
    delete state.visitOwedSince;
    story.about(visit).assign('report-result', 'engineer', { from: arrivedAt });
    if (isLateFrom(current, arrivedAt, story.terms.visit)) sorry(story, current, arrivedAt);
  });

  story.onRequest(steering.finishVisit, refusals.refuseFinish, (asked) => {
    if (!state.visit) return;
    const { outcome, trialRun, certain, causeStated } = asked;
    const leftAt = asked.leftAt ?? asked.happenedAt ?? now();
    story.note('visit-finished', { outcome, leftAt, trialRun, certain, causeStated }, asked);
    finishTask(openTask('report-result'), outcome);
    const over = state.visit;
    delete state.visit;
    story.withdrawSettled();
    finished(story, over, { ...asked, leftAt });
  });

  for (const template of asksForOtherTime)
    story.onAnswer(template, (_choice, matter) => {
      if (!state.visit || state.visit.arrivedAt || !isAbout(matter)) return false;
      wantsOtherTime();
      return true;
    });

  story.onCompleted('find-engineer', cannotCome('does-not-come'));
  story.onCompleted('not-departed', cannotCome('cannot-come'));
  hearLateness(story);

  /** The customer asked for it: the desk agrees another time with him, whatever else is due. */
  function wantsOtherTime(): void {
    const { promise, assign } = story.about(visit);
    story.note('other-time-wanted');
    if (openTask('agree-other-time')) return;
    promise('new-slot', { from: now() });
    assign('agree-other-time', 'desk', { from: now() });
  }

  /** Nobody waits for an hour for somebody of whom we know that he will not come. */
  function cannotCome(result: string) {
    return (said: string) => {
      if (said === result && state.visit && !state.visit.arrivedAt) state.visit.missedAt ??= now();
    };
  }

  function begin(next: Visit): void {
    const { promise } = story.about(visit);
    state.visit = next;
    promise('visit', { from: next.by });
    promise('visit-day-before', { from: next.from });
  }

  /** What was planned for this slot is withdrawn, in the same step. */
  function takeOff(why: 'visit-moved' | 'visit-cancelled'): void {
    settle(openPromise('visit'), why === 'visit-moved' ? 'moved' : 'cancelled', why);
    keep('new-slot');
    finishTask(openTask('agree-other-time'), why);
    delete state.visit;
    story.withdrawSettled();
  }

  function newSlot({ slot, engineerId, travelMinutes }: refusals.SlotAsked) {
    return { ...slot, engineerId, travelMinutes, bookedAt: now(), passed: [], lateTexts: [] };
  }
}

/**
 * The engineer's time is held for minutes only: a request that waited longer for its case is refused. By the wall clock, which a
 * validator may read, since it is not played again.
 */
function inTime<Asked>(refuse: (state: RepairState, asked: Asked, now: number) => Refusal | undefined) {
  return (state: RepairState, asked: Asked & { heldUntil: string }, at: number): Refusal | undefined => {
    const refused = refuse(state, asked, at);
    if (refused || Date.parse(asked.heldUntil) > workflowInfo().unsafe.now()) return refused;
    return { code: 'slot-lapsed', message: 'The slot was held for too long: ask again.' };
  };
}
