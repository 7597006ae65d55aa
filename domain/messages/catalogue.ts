import type { TemplateId } from './message';
import type { Template } from './template';
import { caseOpened } from './templates/case-opened';
import { complaintReceived } from './templates/complaint-received';
import { delayNotice } from './templates/delay-notice';
import { estimate } from './templates/estimate';
import { guidanceCheck } from './templates/guidance-check';
import { lateApology } from './templates/late-apology';
import { namedDayAck } from './templates/named-day-ack';
import { newSlotOffered } from './templates/new-slot-offered';
import { notUnderstood } from './templates/not-understood';
import { parcelArrived } from './templates/parcel-arrived';
import { parcelSent } from './templates/parcel-sent';
import { ready1 } from './templates/ready-1';
import { ready2 } from './templates/ready-2';
import { ready3 } from './templates/ready-3';
import { repairLate } from './templates/repair-late';
import { returnRefused } from './templates/return-refused';
import { revisitCheck } from './templates/revisit-check';
import { runningLate } from './templates/running-late';
import { satisfaction } from './templates/satisfaction';
import { stockArrived } from './templates/stock-arrived';
import { stockNotYet } from './templates/stock-not-yet';
import { stopAck } from './templates/stop-ack';
import { visitCancelled } from './templates/visit-cancelled';
import { visitConfirmed } from './templates/visit-confirmed';
import { visitDayBefore } from './templates/visit-day-before';
import { visitDeparted } from './templates/visit-departed';
import { visitMoved } from './templates/visit-moved';
import { visitUnfinished } from './templates/visit-unfinished';

/** Every text that a customer may get. */
export const catalogue: Record<TemplateId, Template> = {
  'case-opened': caseOpened,
  'guidance-check': guidanceCheck,
  'revisit-check': revisitCheck,
  'visit-confirmed': visitConfirmed,
  'visit-day-before': visitDayBefore,
  'visit-moved': visitMoved,
  'visit-cancelled': visitCancelled,
  'visit-departed': visitDeparted,
  'visit-unfinished': visitUnfinished,
  'running-late': runningLate,
  'late-apology': lateApology,
  'new-slot-offered': newSlotOffered,
  'ready-1': ready1,
  'ready-2': ready2,
  'ready-3': ready3,
  'parcel-sent': parcelSent,
  'parcel-arrived': parcelArrived,
  satisfaction,
  'delay-notice': delayNotice,
  'repair-late': repairLate,
  estimate,
  'return-refused': returnRefused,
  'complaint-received': complaintReceived,
  'stock-not-yet': stockNotYet,
  'stock-arrived': stockArrived,
  'named-day-ack': namedDayAck,
  'stop-ack': stopAck,
  'not-understood': notUnderstood,
};
