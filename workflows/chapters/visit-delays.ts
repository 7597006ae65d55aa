import type { RepairState } from '../../domain/cases/repair-facts';
import { visit } from '../../domain/cases/visit';
import { needsTelling } from '../../domain/cases/visit-moments';
import { now } from '../support/clock';
import type { Story } from '../support/story';

/**
 * It gets late: the customer is told at once when people say so, and before his slot is over in any case; again only of a real slip,
 * and twice at most (H-33, H-34). A cause is told only if a person stated it (TR-11). What no text can tell him, the dispatcher does.
 */
export async function tellOfDelays(story: Story<RepairState>): Promise<void> {
  const { state } = story;
  const { tell, until, promise, keep, assign } = story.about(visit);
  const terms = () => story.terms.visit;
  const isKnown = () => state.visit !== undefined && needsTelling(state.visit, terms());
  const isNear = () => state.visit?.lateNotice === true && state.visit.lateTexts.length === 0;

  for (;;) {
    await until(() => isKnown() || isNear());
    const current = state.visit;
    if (!current) return;
    let said = 'unknown';
    const told = await tell(
      'running-late',
      () => {
        const { by, engineerId, delay } = current;
        said = delay?.eta ?? 'unknown';
        const cause = delay?.causeEntryId;
        return {
          facts: {
            slot: by,
            causeLine: cause ? 'stated' : 'none',
            ...(delay ? { etaLine: 'known', eta: delay.eta } : { etaLine: 'unknown' }),
          },
          names: delay ? {} : { newsBy: 'arrival-news' },
          typed: {
            engineer: { engineer: engineerId },
            ...(cause && { cause: { entry: cause, word: 'cause' } }),
          },
          choices: ['change'],
        };
      },
      { ordinal: current.lateTexts.length + 1, unless: isOfNoUse },
    );
    current.lateTexts.push(said);
    if (told && said === 'unknown') promise('arrival-news', { from: told.saidAt });
    if (told && said !== 'unknown') keep('arrival-news', told.leftAt);
    if (!told && !isOfNoUse() && !story.owing.openTask('late-call')) assign('late-call', 'dispatcher', { from: now() });
  }

  /** He is there; or it is so late that a person phones. */
  function isOfNoUse(): boolean {
    const current = state.visit;
    if (!current || current.arrivedAt || current.missedAt) return true;
    const late = Date.parse(current.by) + terms().lateFromMinutes * 60_000;
    return current.delay ? Date.now() >= Date.parse(current.delay.eta) : Date.now() >= late;
  }
}
