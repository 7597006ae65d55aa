import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { Detail, Entered } from '../domain/cases/case';
import type { CallOutcome } from '../domain/cases/calls';
import type { ContactAbout, FaultClass, RepairState, Way } from '../domain/cases/repair-facts';
import type { Completed } from '../domain/cases/tasks';
import type { DayNamed } from '../domain/cases/pickup-refusals';
import type { Received, RepairFinished } from '../domain/cases/workshop-refusals';
import type { Address, MessageNews, OptNews, Reply } from '../domain/messages/message';
import type { Finished, VisitWork } from '../domain/cases/visit';
import type { SlotAsked } from '../domain/cases/visit-refusals';

/** What a request is answered with, once its whole effect stands in the ledger: the step that holds it. */
export interface Answer {
  opening: number;
  step: number;
}

/** Names equal their wire names; the API's action is the same in kebab-case. Free text stays in the entry. */
export const addDetails = defineUpdate<Answer, [Entered & { gives: Detail[] }]>('addDetails');
export const changeContact = defineUpdate<Answer, [Entered & { gives: Address[] }]>('changeContact');
export const chooseServiceWay = defineUpdate<Answer, [Entered & { faultClass: FaultClass; way: Way }]>(
  'chooseServiceWay',
);
export const recordGuidance = defineUpdate<Answer, [Entered & { endedAt: string }]>('recordGuidance');
export const recordCall = defineUpdate<Answer, [Entered & { taskId: string; outcome: CallOutcome; callAt?: string }]>(
  'recordCall',
);
export const recordContact = defineUpdate<Answer, [Entered & { about: ContactAbout }]>('recordContact');
export const correctEntry = defineUpdate<
  Answer,
  [Entered & { corrects: string; endedAt?: string; outcome?: CallOutcome }]
>('correctEntry');
export const receiveProduct = defineUpdate<Answer, [Entered & Received]>('receiveProduct');
export const forecastRepair = defineUpdate<Answer, [Entered & { readyAt: string }]>('forecastRepair');
export const reportRepairFinished = defineUpdate<Answer, [Entered & RepairFinished]>('reportRepairFinished');
export const namePickupDay = defineUpdate<Answer, [Entered & DayNamed]>('namePickupDay');
export const recordCollection = defineUpdate<Answer, [Entered & { proof: 'code' | 'identity' }]>('recordCollection');
export const recordParcelSent = defineUpdate<Answer, [Entered & { sentOn: string }]>('recordParcelSent');
export const recordParcelDelivered = defineUpdate<Answer, [Entered]>('recordParcelDelivered');
export const recordParcelReturned = defineUpdate<Answer, [Entered]>('recordParcelReturned');
/** `others` go out from the same store; until `heldUntil`, by the wall clock, the engineer's time is held for this request. */
type Slot = SlotAsked & { heldUntil: string };
export const bookVisit = defineUpdate<Answer, [Entered & Slot & { work: VisitWork }]>('bookVisit');
export const moveVisit = defineUpdate<Answer, [Entered & Slot]>('moveVisit');
export const cancelVisit = defineUpdate<Answer, [Entered]>('cancelVisit');
export const reportDeparture = defineUpdate<Answer, [Entered]>('reportDeparture');
export const reportArrival = defineUpdate<Answer, [Entered]>('reportArrival');
/** `causeStated`: the entry says why; only then the customer hears a cause (TR-11). */
export const reportDelay = defineUpdate<Answer, [Entered & { eta: string; causeStated: boolean }]>('reportDelay');
export const finishVisit = defineUpdate<Answer, [Entered & Finished]>('finishVisit');

export const cancelCase = defineUpdate<Answer, [Entered]>('cancelCase');

export const claimTask = defineUpdate<Answer, [Entered & { taskId: string; leaseOverOf?: string }]>('claimTask');
export const snoozeTask = defineUpdate<Answer, [Entered & { taskId: string; until: string }]>('snoozeTask');
export const handOverTask = defineUpdate<Answer, [Entered & { taskId: string; to: string }]>('handOverTask');
export const completeTask = defineUpdate<Answer, [Entered & Completed]>('completeTask');

/** The relay hands over a reply. */
export const customerReplied = defineSignal<[Reply]>('customerReplied');
/** He wants no texts any more, or wants them again. */
export const customerOptedOut = defineSignal<[OptNews]>('customerOptedOut');
export const customerOptedIn = defineSignal<[OptNews]>('customerOptedIn');
/** What became of a message, where it changes the story. */
export const messageSettled = defineSignal<[MessageNews]>('messageSettled');
/** The reconciler saw this case run again after a reset: its next step claims the ledger. */
export const runChanged = defineSignal('runChanged');

export const viewCase = defineQuery<RepairState>('viewCase');
