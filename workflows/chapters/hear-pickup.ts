import { pickup } from '../../domain/cases/pickup';
import { refuseCollection, refuseNamedDay } from '../../domain/cases/pickup-refusals';
import type { RepairState } from '../../domain/cases/repair-facts';
import { namePickupDay, recordCollection } from '../steering';
import { now } from '../support/clock';
import type { Story } from '../support/story';
import { noticeTemplate } from './pickup';
import { askForParcel, isHome, nameDay, toldByPerson } from './pickup-steps';

const asksForADay = ['ready-1', 'ready-2', 'ready-3', 'named-day-ack'] as const;
const notices = ['ready-1', 'ready-2', 'ready-3'] as const;

/** What people may tell us about a product that waits to be collected. */
export function hearPickup(story: Story<RepairState>): void {
  const { state } = story;
  const { isAbout, assign, keep, escalate } = story.about(pickup);
  const { openPromise, openTask, settle, promise } = story.owing;

  story.onRequest(namePickupDay, refuseNamedDay, (asked) => {
    story.note('day-named', { day: asked.day }, asked);
    nameDay(story, { day: asked.day, at: now() });
  });

  /** From here on nothing more is told about it: what was planned is withdrawn in the same step. */
  story.onRequest(recordCollection, refuseCollection, (asked) => {
    story.note('collected', { proof: asked.proof }, asked);
    isHome(story, 'collected');
  });

  for (const question of asksForADay)
    story.onAnswer(question, (choice, matter, day) => {
      if (refuseCollection(state) || !isAbout(matter)) return false;
      if (choice === 'send') askForParcel(story);
      else if (choice === 'day' && day) nameDay(story, { day, at: now(), byReply: true });
      else return false;
      return true;
    });

  /** Only what was told counts: one that did not arrive is owed again. */
  for (const notice of notices)
    story.onLoss(notice, () => {
      const waiting = state.pickup;
      if (!waiting || !pickup.isOpen(state) || noticeTemplate(story, waiting.notices.length) !== notice) return;
      waiting.notices.pop();
      const next = openPromise('pickup-notice') ?? openPromise('headquarters-informed');
      const matter = next?.matter;
      settle(next, 'cancelled', 'the notice before it did not arrive');
      if (matter) promise(matter, 'pickup-notice', { from: now(), rule: 'pickup-notice-at-once' });
      story.about(pickup).finish('pickup-call', 'notice-lost');
    });

  story.onCalled('pickup-call', (outcome) => {
    const waiting = state.pickup!;
    if (outcome === 'told') {
      waiting.unreached = 0;
      keep('pickup-call');
      return toldByPerson(story);
    }
    escalate('pickup-call', 'nobody answered');
    waiting.unreached += 1;
    const isOwed = openPromise('pickup-notice') === undefined && openPromise('headquarters-informed') === undefined;
    if (!isOwed || openTask('pickup-call')) return;
    const often = waiting.unreached >= story.terms.guidance.tries;
    assign('pickup-call', often ? 'store-manager' : 'clerk', {
      from: now(),
      rule: often ? 'call-next-day' : 'call-again',
    });
  });
}
