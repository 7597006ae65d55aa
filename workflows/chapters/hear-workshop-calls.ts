import { workshop } from '../../domain/cases/workshop';
import type { RepairState } from '../../domain/cases/repair-facts';
import type { TaskKind } from '../../domain/promises/kinds';
import { now } from '../support/clock';
import type { Story } from '../support/story';
import { newDateTold } from './workshop-steps';

/** What customers say to a new date, and what came of the calls about it. */
export function hearWorkshopCalls(story: Story<RepairState>): void {
  const { state } = story;
  const { isAbout, promise, keep, escalate, assign } = story.about(workshop);
  const { openPromise, openTask } = story.owing;

  /** It does not suit him: he is called within the minutes that the text named. */
  story.onAnswer('delay-notice', (_choice, matter) => {
    if (!workshop.isOpen(state) || !isAbout(matter)) return false;
    if (openPromise('unsuited-date-call')) return true;
    promise('unsuited-date-call', { from: now() });
    assign('unsuited-date-call', 'desk');
    return true;
  });

  for (const template of ['delay-notice', 'repair-late'] as const)
    story.onLoss(template, () => {
      if (workshop.isOpen(state) && !openTask('delay-call')) assign('delay-call', 'desk');
    });

  story.onCalled('delay-call', (outcome) => {
    if (outcome === 'told') return newDateTold(story, now());
    tryAgain('delay-call');
  });

  story.onCalled('unsuited-date-call', (outcome) => {
    if (outcome !== 'agreed') return tryAgain('unsuited-date-call');
    if (state.workshop) state.workshop.unreached = 0;
    keep('unsuited-date-call');
  });

  /** After the last try the service manager has it. */
  function tryAgain(kind: TaskKind & ('delay-call' | 'unsuited-date-call')): void {
    const current = state.workshop;
    if (!current) return;
    current.unreached += 1;
    const { tries } = story.terms.guidance;
    if (current.unreached < tries) return assign(kind, 'desk', { from: now(), rule: 'call-again' });
    if (kind === 'unsuited-date-call') escalate(kind, `${tries} tries`);
    assign(kind, 'service-manager', { from: now(), rule: 'call-next-day' });
  }
}
