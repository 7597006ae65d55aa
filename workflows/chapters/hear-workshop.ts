import type { RepairState } from '../../domain/cases/repair-facts';
import { remedy, workshop } from '../../domain/cases/workshop';
import { refuseFinished, refuseForecast, refuseReceive } from '../../domain/cases/workshop-refusals';
import type { TaskKind } from '../../domain/promises/kinds';
import { forecastRepair, receiveProduct, reportRepairFinished } from '../steering';
import { now } from '../support/clock';
import type { Story } from '../support/story';
import { agreed } from './agreed';
import { hearWorkshopCalls } from './hear-workshop-calls';
import { readyToGo } from './workshop-steps';

/** What the workshop has answered with a forecast. */
const askedForADate: TaskKind[] = ['say-when-ready', 'repair-overdue', 'repair-without-date'];

/** What people may tell us about a product in the workshop. */
export function hearWorkshop(story: Story<RepairState>): void {
  const { state } = story;
  const { promise, keep, escalate, assign } = story.about(workshop);
  const { openPromise, openTask, finishTask, settle } = story.owing;
  hearWorkshopCalls(story);

  story.onRequest(receiveProduct, refuseReceive, (asked) => {
    const { route, proofSeen, entryId } = asked;
    story.note('product-received', { route, proofSeen }, asked);
    delete state.over; // whoever takes a product in goes on, whatever was decided
    delete state.visitOwedSince;
    agreed(story, 'workshop');
    state.way = 'workshop';
    state.workshopRounds += 1;
    const receivedAt = asked.happenedAt ?? now();
    const leftCustomerAt = asked.leftCustomerAt ?? state.fetchedAt ?? receivedAt;
    const round = state.workshopRounds;
    const pulledIn = state.fetchedAt !== undefined;
    const nothingSaid = { datesSaid: 0, delaysSaid: 0, unreached: 0 };
    state.workshop = { round, route, leftCustomerAt, receivedAt, entryId, pulledIn, ...nothingSaid };
    delete state.fetchedAt;
    promise('repair-due', { from: leftCustomerAt, rule: `repair-due-${route}` });
  });

  /** Later than promised is told; what is not, is noted only (E-12). */
  story.onRequest(forecastRepair, refuseForecast, (asked) => {
    const { readyAt, entryId } = asked;
    const current = state.workshop;
    if (!current) return;
    story.note('repair-forecast', { readyAt }, asked);
    const promised = openPromise('repair-due')?.dueAt;
    const takesBack = current.forecast?.untold;
    const isLater = !promised || Date.parse(readyAt) > Date.parse(promised);
    current.forecast = { readyAt, entryId, ...(isLater && { untold: true }) };
    if (isLater) for (const kind of askedForADate) finishTask(openTask(kind), 'forecast');
    else if (!isAsked()) return;
    else if (takesBack) assign('say-when-ready', 'workshop', { from: promised, rule: 'workshop-asked' });
    else inTime();
  });

  story.onRequest(reportRepairFinished, refuseFinished, (asked) => {
    const { result, testResult, testedBy, category } = asked;
    story.note('repair-finished', { result, testResult, testedBy }, asked);
    const pulledIn = (state.workshop ?? state.remedy)?.pulledIn ?? false;
    if (result === 'not-repairable') return proposeRemedy({ since: now(), category, pulledIn });
    keep('repair-due', asked.happenedAt);
    keep('repair-news', asked.happenedAt);
    leaveWorkshop();
    readyToGo(story, { readyState: 'repaired', category });
  });

  story.onCompleted('say-when-ready', inTime);

  story.onCompleted('propose-remedy', () => {
    const { category = '' } = state.remedy ?? {};
    story.about(remedy).keep('remedy-proposed');
    leaveWorkshop();
    readyToGo(story, { readyState: 'unrepaired', category });
  });

  /** A forecast of some days before says nothing about the day itself. */
  function isAsked(): boolean {
    const { notBefore } = openPromise('repair-late-told') ?? {};
    return notBefore !== undefined && notBefore <= now();
  }

  function inTime(): void {
    finishTask(openTask('say-when-ready'), 'in-time');
    settle(openPromise('repair-late-told'), 'cancelled', 'the workshop says that it is in time');
  }

  /** Somebody above proposes to the customer what is done instead (S-29). */
  function proposeRemedy(proposal: NonNullable<RepairState['remedy']>): void {
    escalate('repair-due', 'it cannot be repaired');
    leaveWorkshop();
    state.remedy = proposal;
    story.about(remedy).promise('remedy-proposed', { from: now() });
    story.about(remedy).assign('propose-remedy', 'store-manager');
  }

  /** What was planned for it is withdrawn, in the same step. */
  function leaveWorkshop(): void {
    delete state.workshop;
    delete state.remedy;
    story.withdrawSettled();
  }
}
