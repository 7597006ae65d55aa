import { z } from 'zod';
import { date, email, language, line, mobilePhone, text, timeZone } from '../http/input';

export const caseNumber = z
  .string()
  .regex(/^AC-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/)
  .meta({ example: 'AC-7K3M-9XQ2' });

export const caseParams = z.object({ caseNumber });

/** By which the customer wants to be told: the first that will do is used, and one that is not named never. */
export const channels = z
  .array(z.enum(['sms', 'email']))
  .min(1)
  .max(2)
  .refine((named) => new Set(named).size === named.length, 'Each channel is named once.')
  .meta({
    description: 'The order in which the customer is told; `["sms", "email"]` if not said.',
    example: ['email', 'sms'],
  });

export const consents = z.strictObject({ sms: z.boolean(), email: z.boolean() });

export const contact = {
  name: line(100),
  phone: mobilePhone,
  email,
  language,
  timeZone: timeZone.meta({ description: "Where the customer is, if not in the store's zone." }),
};

export const product = {
  category: line(60),
  model: line(60),
  serial: line(60),
  boughtOn: date.meta({ description: "In the store's zone; not in the future." }),
};

export const address = text(300);
export const faultDescription = text(2000);
export const wish = text(1000);

export const newCase = z
  .strictObject({
    kind: z.literal('repair'),
    externalReference: line(100).optional(),
    customer: z
      .strictObject({
        name: contact.name,
        phone: contact.phone.optional(),
        email: contact.email.optional(),
        language: contact.language,
        timeZone: contact.timeZone.optional(),
        address: address.optional(),
        consents,
        channels: channels.optional(),
      })
      .refine(({ phone, email }) => phone !== undefined || email !== undefined, {
        error: 'A phone number or an e-mail address is needed.',
        path: ['phone'],
      }),
    product: z.strictObject({
      category: product.category,
      model: product.model,
      serial: product.serial.optional(),
      boughtOn: product.boughtOn.optional(),
    }),
    fault: z.strictObject({ description: faultDescription }),
    store: line(40),
    channel: line(40),
    wish: wish.optional(),
    priority: z.enum(['normal', 'high', 'urgent']).default('normal'),
  })
  .meta({ id: 'NewCase' });

export type NewCase = z.output<typeof newCase>;
