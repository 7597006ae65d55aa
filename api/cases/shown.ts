import { z } from 'zod';

const instant = z.iso.datetime();
const maybe = z.string().nullable();

export const promiseShown = z
  .object({
    id: z.string(),
    kind: z.string(),
    matter: z.string(),
    keeper: z.string(),
    madeAt: instant,
    dueAt: instant,
    because: z.array(z.string()).meta({ description: 'The pieces that make the due time.' }),
    provisional: z
      .boolean()
      .meta({ description: 'It rests on days whose holidays nobody has published yet: counted again, it may move.' }),
    outcome: z.enum(['kept', 'kept-late', 'moved', 'cancelled', 'escalated']).nullable(),
    reason: maybe,
    lateSeconds: z.int().nullable(),
    settledAt: instant.nullable(),
    opening: z.int(),
  })
  .meta({ id: 'Promise' });

const actionShown = z.object({ name: z.string(), href: z.string() });

export const caseShown = z
  .object({
    caseNumber: z.string(),
    kind: z.string(),
    status: z.string(),
    ending: maybe,
    waitingFor: z.string(),
    opening: z.int(),
    openedAt: instant,
    now: instant.meta({ description: "The case's own time." }),
    timeZone: z.string().meta({ description: "The store's zone: dates of this case are days there." }),
    nextDueAt: instant.nullable(),
    priority: z.string(),
    escalated: z.boolean(),
    store: z.string(),
    channel: z.string(),
    externalReference: maybe,
    shortCode: z.string(),
    pickupCode: maybe.meta({
      description: 'On the receipt of the product that was received last: it opens the store.',
    }),
    customer: z.object({
      name: maybe,
      phone: maybe,
      email: maybe,
      language: z.string(),
      timeZone: maybe,
      address: maybe,
      consents: z.object({ sms: z.boolean(), email: z.boolean() }),
      channels: z.array(z.string()),
    }),
    product: z.object({ category: maybe, model: maybe, serial: maybe, boughtOn: maybe }),
    fault: z.object({ description: maybe }),
    wish: maybe,
    terms: z
      .object({ policyVersion: z.string(), articles: z.array(z.string()) })
      .nullable()
      .meta({ description: 'What the policy said on the day the case opened; null until it is fixed.' }),
    promises: z.array(promiseShown).meta({ description: 'Those that are open.' }),
    actionsNow: z.array(actionShown).meta({ description: 'What may be done now, by this key.' }),
    links: z.object({
      self: z.string(),
      promises: z.string(),
      messages: z.string(),
      timeline: z.string(),
      temporalUi: z.string(),
    }),
  })
  .meta({ id: 'Case' });

export const messageShown = z
  .object({
    id: z.string(),
    direction: z.enum(['outbound', 'inbound']),
    at: instant.meta({ description: 'When it was written here: wall time.' }),
    caseTime: instant.nullable().meta({ description: "The case's time of the last hand-over; null for what came in." }),
    channel: z.string().meta({ description: '`sms`, `email`; of an answer on a page `page`.' }),
    from: maybe,
    to: maybe,
    text: maybe,
    language: maybe,
    state: z.string().meta({ description: 'How far it got; of what came in: how it was understood.' }),
    template: maybe,
    matter: maybe,
    choice: maybe,
    day: maybe.meta({ description: 'The day that an answer names, in the zone of the store.' }),
    errorCode: maybe,
    deferredUntil: instant.nullable(),
    attempts: z.array(
      z.object({
        n: z.int(),
        state: z.string(),
        submittedAt: instant,
        errorCode: maybe,
        twin: z.boolean().meta({ description: 'A second copy showed up after all: the customer got it twice.' }),
      }),
    ),
  })
  .meta({ id: 'Message' });

export const noteShown = z
  .object({
    id: z.string(),
    caseNumber: maybe.meta({ description: "null for a task of the desk's own, which `facts.task` names." }),
    opening: z.int().nullable(),
    at: instant.meta({ description: 'Case time; wall time where there is no case.' }),
    writtenAt: instant,
    note: z.string(),
    facts: z.record(z.string(), z.unknown()),
    entryId: maybe.meta({ description: 'What `correct-entry` names.' }),
    by: maybe,
    happenedAt: instant.nullable(),
    words: z.record(z.string(), z.unknown()).nullable(),
  })
  .meta({ id: 'Note' });
