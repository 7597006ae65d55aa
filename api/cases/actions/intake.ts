import { z } from 'zod';
import type { Detail } from '../../../domain/cases/case';
import type { Address } from '../../../domain/messages/message';
import * as steering from '../../../workflows/steering';
import { action } from '../action';
import { refusePurchaseInFuture } from '../open-case';
import { address, channels, consents, contact, faultDescription, product, wish } from '../schema';
import { reason } from './said';

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
    channels: channels.optional(),
  },
  atLeastOne: true,
  details: ({ consents, ...person }) => ({
    ...person,
    ...(consents && { consentSms: consents.sms, consentEmail: consents.email }),
  }),
  values: (said) => ({
    gives: (['phone', 'email'] satisfies Address[]).filter((address) => said[address] !== undefined),
  }),
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

export const cancelCase = action({
  name: 'cancel-case',
  update: steering.cancelCase,
  summary: 'End the case: the customer no longer wants it',
  says: { reason },
  words: ({ reason }) => ({ reason }),
  values: () => ({}),
});
