import { z } from 'zod';
import * as steering from '../../../workflows/steering';
import { date, dayIn, line, text } from '../../http/input';
import { invalid } from '../../problem';
import { action } from '../action';
import { requireCode, requireStoreManager } from '../pickup-code';
import { reason, what } from './said';

export const namePickupDay = action({
  name: 'name-pickup-day',
  update: steering.namePickupDay,
  summary: 'The customer says when he comes; he is not reminded before that day has passed',
  says: { date: date.meta({ description: "In the store's zone: from today to 30 days ahead." }) },
  values: ({ date }, { timeZone, now }) => ({ day: date, today: dayIn(timeZone, now) }),
});

export const recordCollection = action({
  name: 'record-collection',
  update: steering.recordCollection,
  summary: 'The product was collected: nothing more is told about it',
  says: {
    code: z
      .string()
      .regex(/^\d{6}$/, 'A pick-up code has six digits.')
      .optional()
      .meta({ description: 'As it stands on the receipt.', example: '048213' }),
    identity: text(200)
      .optional()
      .meta({ description: 'Instead of the code: by what he was recognised, by a store manager.' }),
    reason: reason.optional().meta({ description: 'With `identity`: why without the code.' }),
  },
  check({ code, identity, reason }) {
    if ((code === undefined) === (identity === undefined))
      throw invalid({ pointer: '/code', detail: 'Either the pick-up code, or identity and reason.' });
    if (identity !== undefined && reason === undefined)
      throw invalid({ pointer: '/reason', detail: 'Without the code it takes a reason.' });
  },
  admit: ({ code }, by, row, pool) =>
    code === undefined ? requireStoreManager(pool, by, row) : requireCode(pool, row, code),
  words: ({ identity, reason }) => ({ identity, reason }),
  values: ({ code }) => ({ proof: code === undefined ? ('identity' as const) : ('code' as const) }),
});

export const recordParcelSent = action({
  name: 'record-parcel-sent',
  update: steering.recordParcelSent,
  summary: 'The product was sent home; the customer is told carrier and tracking number',
  says: {
    carrier: line(60),
    tracking: line(60),
    sentOn: date.optional().meta({ description: "In the store's zone, if not today." }),
  },
  check({ sentOn }, { timeZone, now }) {
    if (sentOn && sentOn > dayIn(timeZone, now))
      throw invalid({ pointer: '/sentOn', detail: 'This day is still to come.' });
  },
  words: ({ carrier, tracking }) => ({ carrier, tracking }),
  values: ({ sentOn }, { timeZone, now }) => ({ sentOn: sentOn ?? dayIn(timeZone, now) }),
});

export const recordParcelDelivered = action({
  name: 'record-parcel-delivered',
  update: steering.recordParcelDelivered,
  summary: 'The parcel arrived',
  says: { what: what.optional() },
  words: ({ what }) => ({ what }),
  values: () => ({}),
});

export const recordParcelReturned = action({
  name: 'record-parcel-returned',
  update: steering.recordParcelReturned,
  summary: 'The parcel came back: a person decides how the product goes home',
  says: { reason },
  words: ({ reason }) => ({ reason }),
  values: () => ({}),
});
