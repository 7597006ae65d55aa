import { correctEntry, recordCall, recordContact, recordGuidance } from './actions/guidance';
import { reopenCase } from './actions/reopen';
import {
  namePickupDay,
  recordCollection,
  recordParcelDelivered,
  recordParcelReturned,
  recordParcelSent,
} from './actions/pickup';
import { receiveProduct, reportRepairFinished } from './actions/workshop';
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
  receiveProduct,
  reportRepairFinished,
  namePickupDay,
  recordCollection,
  recordParcelSent,
  recordParcelDelivered,
  recordParcelReturned,
  cancelCase,
  reopenCase,
];
