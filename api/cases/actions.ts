import { z } from 'zod';
import type { Detail } from '../../domain/cases/case';
import * as steering from '../../workflows/steering';
import { instant, text } from '../http/input';
import { action } from './action';
import { refusePurchaseInFuture } from './open-case';
import { address, consents, contact, faultDescription, product, wish } from './schema';

const callOutcome = z.enum(['works', 'does-not-work', 'no-answer', 'call-later']);
const what = text(2000).meta({ description: 'In words; stays in PostgreSQL.' });
const reason = text(1000);

export const addDetails = action({
  name: 'add-details',
  update: steering.addDetails,
  summary: 'Add what was not known at the opening',
  says: {
    address: address.optional(),
    boughtOn: product.boughtOn.optional(),
    category: product.category.optional(),
    model: product.model.optional(),
    serial: product.serial.optional(),
    fault: faultDescription.optional(),
    wish: wish.optional(),
  },
  atLeastOne: true,
  check: ({ boughtOn }, { timeZone, now }) => refusePurchaseInFuture(boughtOn, timeZone, now, '/boughtOn'),
  details: (said) => said,
  values: (said) => ({
    gives: (['address', 'boughtOn'] satisfies Detail[]).filter((detail) => said[detail] !== undefined),
  }),
});

export const changeContact = action({
  name: 'change-contact',
  update: steering.changeContact,
  summary: 'Change how the customer is reached',
  says: {
    name: contact.name.optional(),
    phone: contact.phone.optional(),
    email: contact.email.optional(),
    language: contact.language.optional(),
    timeZone: contact.timeZone.optional(),
    consents: consents.optional(),
  },
  atLeastOne: true,
  details: ({ consents, ...person }) => ({
    ...person,
    ...(consents && { consentSms: consents.sms, consentEmail: consents.email }),
  }),
  values: () => ({}),
});

export const chooseServiceWay = action({
  name: 'choose-service-way',
  update: steering.chooseServiceWay,
  summary: 'Choose how the customer is helped',
  says: {
    faultClass: z.enum(['use-error', 'software', 'hardware', 'customer-damage', 'unknown']),
    way: z.enum(['phone-guidance', 'visit', 'workshop', 'remote']),
  },
  values: ({ faultClass, way }) => ({ faultClass, way }),
});

export const recordGuidance = action({
  name: 'record-guidance',
  update: steering.recordGuidance,
  summary: 'The customer was guided by phone; two hours after it he is asked whether it works',
  says: { endedAt: instant, what },
  words: ({ what }) => ({ what }),
  values: ({ endedAt }) => ({ endedAt }),
});

export const recordCall = action({
  name: 'record-call',
  update: steering.recordCall,
  summary: 'A call was made or tried; completes its task',
  says: {
    taskId: z
      .string()
      .regex(/^[a-z-]{1,40}\/\d{1,6}$/)
      .meta({ description: 'As the case knows it.', example: 'guidance-call/3' }),
    outcome: callOutcome,
    callAt: instant.optional().meta({ description: 'With `call-later`: the time agreed.' }),
    what: what.optional(),
  },
  words: ({ what }) => ({ what }),
  values: ({ taskId, outcome, callAt }) => ({ taskId, outcome, ...(callAt && { callAt }) }),
});

export const recordContact = action({
  name: 'record-contact',
  update: steering.recordContact,
  summary: 'The customer contacted us by himself',
  says: { about: z.enum(['works', 'does-not-work', 'chases', 'other']), what },
  words: ({ what }) => ({ what }),
  values: ({ about }) => ({ about }),
});

export const correctEntry = action({
  name: 'correct-entry',
  update: steering.correctEntry,
  summary: 'Put an entry right; the ledger keeps both',
  says: {
    entryId: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .meta({ description: '`entryId` of a note in the timeline.' }),
    reason,
    endedAt: instant.optional(),
    outcome: callOutcome.optional(),
  },
  words: ({ reason }) => ({ reason }),
  values: ({ entryId, endedAt, outcome }) => ({
    corrects: entryId,
    ...(endedAt && { endedAt }),
    ...(outcome && { outcome }),
  }),
});

export const cancelCase = action({
  name: 'cancel-case',
  update: steering.cancelCase,
  summary: 'End the case: the customer no longer wants it',
  says: { reason },
  words: ({ reason }) => ({ reason }),
  values: () => ({}),
});

export const actions = [
  addDetails,
  changeContact,
  chooseServiceWay,
  recordGuidance,
  recordCall,
  recordContact,
  correctEntry,
  cancelCase,
];
