import type { RepairState } from '../../domain/cases/repair-facts';
import { workshop, type Forecast } from '../../domain/cases/workshop';
import { roleAbove } from '../../domain/promises/ladders';
import { now } from '../support/clock';
import type { Wording } from '../support/messages';
import type { Story } from '../support/story';
import { newDateTold, offerMade } from './workshop-steps';

/**
 * A product is in the workshop (D-02, D-03, E-20, S-26, TR-10).
 *
 * The customer was promised when it is ready. If it takes longer, he hears the new date and its true cause before the old one is over,
 * as often as that happens. The workshop is asked a working day before. If it stays silent, he is told that it may get late, and by
 * when he hears a firm date. What is not ready when it was promised goes one level up.
 */
export async function repairInWorkshop(story: Story<RepairState>): Promise<void> {
  const { state } = story;
  const { whileOpen, tell, until, untilOpen, untilDue, promise, keep, escalate, assign, finish } =
    story.about(workshop);
  const { openPromise, openTask } = story.owing;
  const current = () => state.workshop!;
  const isToBeTold = () => state.workshop?.forecast?.untold !== undefined;

  await whileOpen(async () => {
    await Promise.all([mindPromisedDay(), tellNewDates(), mindFirmDate()]);
  });

  async function mindPromisedDay(): Promise<void> {
    for (;;) {
      await until(() => openPromise('repair-due')?.dueAt !== undefined);
      const owed = openPromise('repair-due');
      const due = owed?.dueAt ?? '';
      const isOther = () => openPromise('repair-due') !== owed;
      promise('repair-late-told', { from: due });
      await untilOpen('repair-late-told', isOther);
      if (isOther()) continue;
      assign('say-when-ready', 'workshop', { from: due, rule: 'workshop-asked' });
      const telling = tellBefore(due);
      await Promise.all([telling, goUpWhenDue(due, isOther, telling)]);
    }
  }

  /** Nobody has said anything. */
  async function tellBefore(due: string): Promise<void> {
    const isSaid = () => openPromise('repair-late-told') === undefined || isToBeTold();
    const ordinal = (current().delaysSaid += 1);
    const told = await tell('repair-late', () => late(due), { keeps: 'repair-late-told', unless: isSaid, ordinal });
    if (told) {
      keep('repair-late-told', told.leftAt);
      return promise('repair-news', { from: told.saidAt });
    }
    if (isSaid()) return;
    escalate('repair-late-told', 'no text reached the customer: he is called');
    assign('delay-call', 'desk');
  }

  async function goUpWhenDue(due: string, isOther: () => boolean, telling: Promise<void>): Promise<void> {
    await untilDue('repair-due', isOther);
    if (isOther()) return;
    current().missed = due;
    escalate('repair-due', 'not ready when it was promised');
    finish('say-when-ready', 'not-ready');
    assign('repair-overdue', roleAbove('workshop', story.terms.ladders) ?? 'headquarters');
    await telling;
    if (isKnown()) return;
    promise('repair-late-told', { from: due }); // whoever said that it would be in time was wrong
    await tellBefore(due);
  }

  /** The customer knows that it is late, or is about to hear it. */
  function isKnown(): boolean {
    const owed = [openPromise('repair-due'), openPromise('repair-news'), openTask('delay-call')];
    return isToBeTold() || owed.some(Boolean);
  }

  /** Each later forecast, while it is the latest. */
  async function tellNewDates(): Promise<void> {
    for (;;) {
      await until(isToBeTold);
      const said = current().forecast!;
      const isOld = () => state.workshop?.forecast !== said || said.untold === undefined;
      const ordinal = (current().datesSaid += 1);
      const told = await tell('delay-notice', () => newDate(said), { unless: isOld, ordinal });
      if (told) {
        newDateTold(story, told.leftAt);
        offerMade(story);
      }
      if (isOld()) continue;
      assign('delay-call', 'desk');
      await until(isOld);
      finish('delay-call', 'another-date');
    }
  }

  /** The firm date that was promised did not come: a person speaks with the customer. */
  async function mindFirmDate(): Promise<void> {
    for (;;) {
      await until(() => openPromise('repair-news') !== undefined);
      await untilDue('repair-news');
      if (!openPromise('repair-news')) continue;
      escalate('repair-news', 'nobody said when it is ready');
      assign('repair-without-date', 'service-manager');
    }
  }

  function late(due: string): Wording {
    const howLate = due > now() ? 'perhaps' : 'surely';
    return { facts: { oldDue: due, howLate }, names: { newsBy: 'repair-news' } };
  }

  function newDate({ readyAt, entryId }: Forecast): Wording {
    const { unsuitedCallWithinMinutes, delayOffer, warrantyExtraDays } = story.terms.workshop;
    const offerLine = current().offered ? 'none' : delayOffer;
    const facts = {
      oldDue: openPromise('repair-due')?.dueAt ?? current().missed ?? readyAt,
      withinMinutes: unsuitedCallWithinMinutes,
      causeLine: 'stated',
      offerLine,
      ...(offerLine === 'warranty' && { extraDays: warrantyExtraDays }),
    };
    const names = { newDue: { rule: 'repair-due' as const, from: readyAt } };
    return { facts, names, typed: { cause: { entry: entryId, word: 'cause' } }, choices: ['no'] };
  }
}
