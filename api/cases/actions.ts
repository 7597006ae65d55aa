import { correctEntry, recordCall, recordContact, recordGuidance } from './actions/guidance';
import { reopenCase } from './actions/reopen';
import {
  namePickupDay,
  recordCollection,
  recordParcelDelivered,
  recordParcelReturned,
  recordParcelSent,
} from './actions/pickup';
import { forecastRepair, receiveProduct, reportRepairFinished } from './actions/workshop';
import {
  bookVisit,
  cancelVisit,
  finishVisit,
  moveVisit,
  reportArrival,
  reportDelay,
  reportDeparture,
} from './actions/visit';
import { addDetails, cancelCase, changeContact, chooseServiceWay } from './actions/intake';

/** What may be done with a case, in the order of the API's pages. */
export const actions = [
  addDetails,
  changeContact,
  chooseServiceWay,
  recordGuidance,
  recordCall,
  recordContact,
  correctEntry,
  bookVisit,
  moveVisit,
  cancelVisit,
  reportDeparture,
  reportDelay,
  reportArrival,
  finishVisit,
  receiveProduct,
  forecastRepair,
  reportRepairFinished,
  namePickupDay,
  recordCollection,
  recordParcelSent,
  recordParcelDelivered,
  recordParcelReturned,
  cancelCase,
  reopenCase,
];
