import type { RepairState } from '../../domain/cases/repair-facts';
import { visit } from '../../domain/cases/visit';
import { nextMoment, type Moment } from '../../domain/cases/visit-moments';
import type { TaskKind } from '../../domain/promises/kinds';
import { now, untilTime } from '../support/clock';
import type { Story } from '../support/story';

const whatFor: Record<Moment, string> = {
  'not-departed': 'the dispatcher is told if the engineer has not left',
  'ask-engineer': 'the engineer is asked when he arrives',
  'late-notice': 'the customer is told if nobody is there yet',
  late: 'late for real: dispatcher and service manager, if nobody is there',
  look: 'the dispatcher looks for the engineer',
  missed: 'a new time is offered, if nobody came',
};

/**
 * The clock of a visit: who is asked, told, or sent to look while an engineer is expected. After an outage only what counts now is
 * done, and nothing is said of which we cannot know whether it is still true.
 */
export async function watchVisit(story: Story<RepairState>): Promise<void> {
  const { state } = story;
  const { until, escalate, assign, promise, tell } = story.about(visit);
  const { openTask, finishTask } = story.owing;
  const next = () => state.visit && nextMoment(state.visit, story.terms.visit);

  for (;;) {
    await until(() => state.visit?.missedAt !== undefined || next() !== undefined);
    if (state.visit?.missedAt !== undefined) return await miss();
    const ahead = next();
    if (!ahead) continue;
    await untilTime(ahead.at, `${ahead.at.slice(11, 16)} UTC: ${whatFor[ahead.moment]}`, () => next()?.at !== ahead.at);
    const due = passAllDue();
    if (due) act(due);
  }

  /** Of all that has come due, the last one counts. */
  function passAllDue() {
    let last;
    for (let due = next(); due && Date.parse(due.at) <= Date.now(); due = next()) {
      state.visit?.passed.push(due.moment);
      last = due;
    }
    return last;
  }

  function act({ moment, at }: { moment: Moment; at: string }): void {
    const current = state.visit;
    if (!current) return;
    switch (moment) {
      case 'not-departed':
        story.note('engineer-not-departed');
        return assign('not-departed', 'dispatcher');
      case 'ask-engineer':
        story.note('engineer-asked');
        return assign('ask-engineer', 'engineer', { from: current.by });
      case 'late-notice':
        story.note('getting-late');
        if (Date.now() < Date.parse(current.by)) current.lateNotice = true; // afterwards it says nothing that he does not see
        return;
      case 'late':
        story.note('visit-late');
        finishAll(['depart', 'not-departed', 'ask-engineer']);
        assignOnce('late-call', 'dispatcher');
        return assign('visit-late', 'service-manager');
      case 'look':
        return look();
      case 'missed':
        if (isTooLateToSay(at)) return look(); // nobody knows whether he came: a person finds out first
        current.missedAt = now();
    }
  }

  /** We were away ourselves when he should have come. */
  function isTooLateToSay(at: string): boolean {
    return Date.now() > Date.parse(at) + story.terms.visit.lateNewsWithinMinutes * 60_000;
  }

  function look(): void {
    story.note('engineer-looked-for');
    finishAll(['depart', 'not-departed', 'ask-engineer']);
    assignOnce('visit-late', 'service-manager');
    assignOnce('find-engineer', 'dispatcher');
  }

  /** A new time comes first, then the service manager (K-16). */
  async function miss(): Promise<void> {
    const { from = '', by = '' } = state.visit ?? {};
    story.note('visit-missed');
    escalate('visit', 'nobody came');
    escalate('arrival-news', 'nobody came');
    finishAll(['depart', 'not-departed', 'ask-engineer', 'late-call', 'find-engineer', 'visit-late']);
    promise('new-slot', { from: now() });
    assignOnce('agree-other-time', 'desk');
    assign('visit-missed', 'service-manager');
    await tell('new-slot-offered', () => ({ facts: { when: `${from}/${by}` }, names: { callBy: 'new-slot' } }), {
      unless: () => state.visit?.arrivedAt !== undefined || openTask('agree-other-time') === undefined,
    });
  }

  function finishAll(kinds: TaskKind[]): void {
    for (const kind of kinds) finishTask(openTask(kind), 'too-late');
  }

  function assignOnce(kind: TaskKind, role: 'dispatcher' | 'service-manager' | 'desk'): void {
    if (!openTask(kind)) assign(kind, role);
  }
}
