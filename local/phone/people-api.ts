import express, { type Router } from 'express';
import { z } from 'zod';
import { faultRoutes } from '../stand-in/fault-routes';
import { Problem } from '../stand-in/problem';
import type { Carrier } from './carrier';
import { faultSet, knownFaults, type Faults } from './faults';
import { e164 } from './number';
import type { PhoneRecord, Text } from './record';
import type { Sender } from './senders';
import type { Webhooks } from './webhooks';

interface Parts {
  senders: Sender[];
  carrier: Carrier;
  record: PhoneRecord;
  faults: Faults;
  webhooks: Webhooks;
}

/** Long enough for a customer who pastes a novel, or 5,000 emoji. */
const charactersAtMost = 20_000;

const newPhone = z.strictObject({ number: e164 });
const reply = z.strictObject({ text: z.string().min(1).max(charactersAtMost), to: e164.optional() });

/** What people and their scripts do with the phones: look, answer, and make the carrier fail. */
export function peopleApi({ senders, carrier, record, faults, webhooks }: Parts): Router {
  const router = express.Router();
  router.use(express.json({ limit: '64kb' }));

  router.get('/phones', (_request, response) => {
    response.json({ items: record.phones().map((number) => phoneOf(number, record, senders)), senders });
  });

  router.post('/phones', (request, response) => {
    const { number } = newPhone.parse(request.body);
    record.addPhone(number);
    response.status(201).json(phoneOf(number, record, senders));
  });

  router.get('/phones/:number/messages', (request, response) => {
    const number = e164.parse(request.params.number);
    response.json({ items: record.onPhone(number).map(asSeenOnPhone) });
  });

  router.post('/phones/:number/replies', (request, response) => {
    const number = e164.parse(request.params.number);
    const { text, to = lastSender(number, record) } = reply.parse(request.body);
    const sender = senders.find((one) => one.number === to);
    if (!to) throw new Problem(409, 'nobody-to-answer', `${number} has got no text yet: say in "to" whom it texts.`);
    if (!sender) throw new Problem(422, 'unknown-sender', `${to} is none of our numbers; GET /phones lists them.`);
    if (!sender.twoWay) throw new Problem(409, 'one-way', `${to} is one-way: nobody can text it.`);
    response.status(201).json(asSeenOnPhone(carrier.receive({ from: number, to, body: text })));
  });

  router.get('/callbacks/pending', (_request, response) => void response.json(webhooks.pending()));

  router.use(faultRoutes({ faults, known: knownFaults, faultSet, to: e164 }));

  router.use((request) => {
    throw new Problem(404, 'not-found', `There is no ${request.method} ${request.path} here.`);
  });
  return router;
}

/** A phone as lists and the page show it: whom it would answer, and from whom it wants no more texts. */
export function phoneOf(number: string, record: PhoneRecord, senders: Sender[]) {
  const last = lastSender(number, record);
  return {
    number,
    lastSender: last ?? null,
    canReply: senders.some((one) => one.twoWay && one.number === last),
    optedOutOf: senders.map((one) => one.number).filter((sender) => record.hasOptedOut(sender, number)),
  };
}

/** A text from where the customer stands. `at` is the instant it lit up on the phone, or left it. */
export function asSeenOnPhone({ sid, direction, from, to, body, segments, status, onPhoneAt }: Text) {
  return {
    sid,
    direction: direction === 'inbound' ? 'sent' : 'received',
    writtenBy: direction === 'inbound' ? 'customer' : direction === 'carrier' ? 'carrier' : 'us',
    from,
    to,
    text: body,
    segments,
    status,
    at: onPhoneAt,
  };
}

function lastSender(number: string, record: PhoneRecord): string | undefined {
  return record.onPhone(number).findLast(({ direction }) => direction !== 'inbound')?.from;
}
