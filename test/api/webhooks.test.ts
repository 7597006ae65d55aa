import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import express from 'express';
import pino from 'pino';
import { register } from 'prom-client';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';
import { twilioWebhooks } from '../../api/webhooks/twilio';
import { openDatabase } from '../../prisma/database';
import { openWorld, type World } from '../activities/message-world';
import { authToken, twoWay, until } from '../local/phone-fixture';
import { aMobile } from '../support/repair';

let world: World;
beforeAll(async () => void (world = await openWorld()), 30_000);
afterAll(() => world.close());

interface Stored {
  kind: string;
  caseNumber: string | null;
  choice: string | null;
  body: string;
}

const sid = () => `SM${randomBytes(16).toString('hex')}`;
const site = () => world.parts.publicUrl;

async function post(path: string, form: Record<string, string>, signature?: string) {
  const url = `${site()}/v1/webhooks/twilio${path}`;
  return await fetch(url, {
    method: 'POST',
    headers: { 'X-Twilio-Signature': signature ?? getExpectedTwilioSignature(authToken, url, form) },
    body: new URLSearchParams(form),
  });
}

const aText = (from: string, body: string) => ({ MessageSid: sid(), From: from, To: twoWay, Body: body });
const write = (from: string, body: string) => post('/inbound', aText(from, body));

/** What was made of a number's texts, in the order in which they came. */
const storedOf = (number: string) =>
  world.rows<Stored>(
    'SELECT kind, case_number AS "caseNumber", choice, body FROM inbound_messages WHERE sender = $1 ORDER BY received_at',
    number,
  );
const heardBy = (caseNumber: string) =>
  world.rows<{ payload: object }>(
    `SELECT payload FROM outbox WHERE case_number = $1 AND kind = 'reply' ORDER BY id`,
    caseNumber,
  );
const deskTasksOf = (number: string) =>
  world.rows<{ kind: string; caseNumber: string | null; minutes: number }>(
    `SELECT d.kind, d.case_number AS "caseNumber", round(extract(epoch FROM d.due_at - now()) / 60)::int AS minutes
     FROM desk_tasks d JOIN inbound_messages i ON i.sid = d.inbound_sid WHERE i.sender = $1`,
    number,
  );
const isOptedOut = async (number: string) =>
  (await world.rows('SELECT FROM opt_outs WHERE number = $1 AND ended_at IS NULL', number)).length === 1;

/** A case whose customer was asked whether it works; the digits that stand in the text. */
async function asked(phone = aMobile()) {
  const message = await world.aCase({ phone });
  expect(await world.send(message)).toMatchObject({ state: 'accepted' });
  const [question] = await world.rows<{ choices: { choice: string; digit: string }[] }>(
    'SELECT choices FROM questions WHERE case_number = $1',
    message.caseNumber,
  );
  const digitOf = (choice: string) => question?.choices.find((one) => one.choice === choice)?.digit ?? 'none';
  return { ...message, yes: digitOf('yes'), no: digitOf('no') };
}

const closeQuestion = (caseNumber: string, daysAgo = 0) =>
  world.rows(
    `UPDATE questions SET closed_at = now() - $2 * interval '1 day' WHERE case_number = $1`,
    caseNumber,
    daysAgo,
  );
const closeCase = async (caseNumber: string) => {
  await closeQuestion(caseNumber);
  await world.rows(`UPDATE cases SET ending = 'satisfied', status = 'closed' WHERE case_number = $1`, caseNumber);
};

test('an unsigned webhook, or one signed with another token, is refused and has no effect', async () => {
  const { phone, yes } = await asked();
  const form = aText(phone, yes);
  const url = `${site()}/v1/webhooks/twilio/inbound`;
  expect((await post('/inbound', form, '')).status).toBe(403);
  expect((await post('/inbound', form, getExpectedTwilioSignature('another', url, form))).status).toBe(403);
  expect(
    (await post('/inbound', { ...form, Body: 'x' }, getExpectedTwilioSignature(authToken, url, form))).status,
  ).toBe(403);
  expect(await storedOf(phone)).toEqual([]);
});

test('the digit that a customer sends back answers his question, and the story is told once though the carrier told us twice', async () => {
  const { phone, caseNumber, matter, yes } = await asked();
  await world.phone.people('PUT', '/faults', { inboundDoubled: 1, to: phone });
  const { body } = await world.phone.people('POST', `/phones/${phone}/replies`, { text: yes });
  await world.phone.quiet();
  expect(await storedOf(phone)).toEqual([{ kind: 'answer', caseNumber, choice: 'yes', body: yes }]);
  expect(await heardBy(caseNumber)).toEqual([
    {
      payload: { replyId: (body as unknown as { sid: string }).sid, question: 'guidance-check', matter, choice: 'yes' },
    },
  ]);
});

test('with two cases open on one number each digit reaches the right case', async () => {
  const first = await asked();
  const second = await asked(first.phone);
  expect(new Set([first.yes, first.no, second.yes, second.no]).size).toBe(4);
  await write(first.phone, second.no);
  await write(first.phone, first.yes);
  expect(await storedOf(first.phone)).toMatchObject([
    { kind: 'answer', caseNumber: second.caseNumber, choice: 'no' },
    { kind: 'answer', caseNumber: first.caseNumber, choice: 'yes' },
  ]);
  expect(await heardBy(second.caseNumber)).toHaveLength(1);
});

test('plain words answer the only open question', async () => {
  const { phone, caseNumber } = await asked();
  await write(phone, '还没好');
  expect(await storedOf(phone)).toMatchObject([{ kind: 'answer', caseNumber, choice: 'no' }]);
});

test('words that fit two questions answer neither: the customer is asked which, once a day, and then a person reads it', async () => {
  const first = await asked();
  const second = await asked(first.phone);
  await write(first.phone, '能用');
  await write(first.phone, '能用了');
  expect(await storedOf(first.phone)).toMatchObject([{ kind: 'which' }, { kind: 'which' }]);
  expect(await heardBy(first.caseNumber)).toEqual([{ payload: { replyId: expect.any(String) } }]);
  expect(await heardBy(second.caseNumber)).toEqual([]);
  expect(await deskTasksOf(first.phone)).toMatchObject([{ kind: 'read-reply', caseNumber: first.caseNumber }]);
});

test('what no rule understands goes to the open case that texted last', async () => {
  const first = await asked();
  const second = await asked(first.phone);
  await write(first.phone, '师傅什么时候来？');
  expect(await storedOf(first.phone)).toMatchObject([{ kind: 'note', caseNumber: second.caseNumber, choice: null }]);
  expect(await heardBy(second.caseNumber)).toHaveLength(1);
});

test('a late digit belongs to the question that is closed, never to another case', async () => {
  const first = await asked();
  await closeQuestion(first.caseNumber);
  const second = await asked(first.phone);
  await write(first.phone, first.yes);
  expect(await storedOf(first.phone)).toMatchObject([{ kind: 'note', caseNumber: first.caseNumber, choice: null }]);
  expect(await heardBy(first.caseNumber)).toEqual([{ payload: { replyId: expect.any(String) } }]);
  expect(await heardBy(second.caseNumber)).toEqual([]);
});

test('a late digit to a case that is closed is read by a person, though another case of that number is open', async () => {
  const first = await asked();
  await closeCase(first.caseNumber);
  const second = await asked(first.phone);
  await write(first.phone, first.yes);
  expect(await deskTasksOf(first.phone)).toEqual([{ kind: 'read-reply', caseNumber: first.caseNumber, minutes: 30 }]);
  expect(await heardBy(second.caseNumber)).toEqual([]);
});

test('a text to a closed case, and one from an unknown number, are read by a person within 30 minutes', async () => {
  const { phone, caseNumber } = await asked();
  await closeCase(caseNumber);
  await write(phone, '又坏了');
  expect(await deskTasksOf(phone)).toEqual([{ kind: 'read-reply', caseNumber, minutes: 30 }]);
  expect(await heardBy(caseNumber)).toEqual([]);

  const stranger = aMobile();
  await write(stranger, '1');
  expect(await storedOf(stranger)).toMatchObject([{ kind: 'unknown-number', caseNumber: null }]);
  expect(await deskTasksOf(stranger)).toEqual([{ kind: 'read-reply', caseNumber: null, minutes: 30 }]);
});

test('an answer proves that a text arrived whose fate was unknown', async () => {
  const message = await world.aCase({});
  await world.faults({ acceptThenDrop: 1, callbacksLost: 1, to: message.phone });
  expect(await world.send(message)).toEqual({ state: 'unknown' });
  await write(message.phone, '1');
  expect(await world.stateOf(message)).toBe('delivered');
  expect(await world.rows('SELECT kind FROM outbox WHERE case_number = $1 ORDER BY id', message.caseNumber)).toEqual([
    { kind: 'settled' },
    { kind: 'reply' },
  ]);
});

test('STOP ends texts and is no answer, START brings them back', async () => {
  const { phone, caseNumber } = await asked();
  await write(phone, '退订');
  expect(await isOptedOut(phone)).toBe(true);
  await write(phone, 'START');
  expect(await isOptedOut(phone)).toBe(false);
  expect(await storedOf(phone)).toMatchObject([{ kind: 'stop' }, { kind: 'start' }]);
  expect(await heardBy(caseNumber)).toEqual([]);
  expect(await deskTasksOf(phone)).toEqual([]);
});

test('YES opts in a number that had opted out, and is an answer from every other', async () => {
  const { phone } = await asked();
  await write(phone, 'STOP');
  await write(phone, 'YES');
  await write(phone, 'YES');
  expect(await storedOf(phone)).toMatchObject([{ kind: 'stop' }, { kind: 'start' }, { kind: 'answer', choice: 'yes' }]);
  expect(await isOptedOut(phone)).toBe(false);
});

test('5,000 emoji are a note of bounded length', async () => {
  const { phone, caseNumber } = await asked();
  await world.phone.people('POST', `/phones/${phone}/replies`, { text: '👍'.repeat(5_000) });
  await world.phone.quiet();
  expect(await storedOf(phone)).toEqual([{ kind: 'note', caseNumber, choice: null, body: '👍'.repeat(800) }]);
});

test('what a database cannot hold does not make a text fail', async () => {
  const stranger = aMobile();
  expect((await write(stranger, 'a\0b')).status).toBe(200);
  expect(await storedOf(stranger)).toMatchObject([{ body: 'a\uFFFDb' }]);
});

test('two texts of one number at once are both kept', async () => {
  const { phone, yes, no } = await asked();
  const answers = await Promise.all([write(phone, yes), write(phone, no), write(phone, '您好')]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(await storedOf(phone)).toHaveLength(3);
});

test('a receipt moves the message that its address names', async () => {
  const message = await asked();
  await world.phone.quiet();
  await until(async () => (await world.stateOf(message)) === 'delivered');
  expect(await world.attemptsOf(message)).toMatchObject([
    { n: 1, state: 'delivered', sid: expect.stringMatching(/^SM/) },
  ]);
});

test('a receipt for nothing we know is taken without effect', async () => {
  const form = { MessageSid: sid(), MessageStatus: 'delivered' };
  for (const query of ['', '?i=x&n=1', '?i=6f9619ff-8b86-4011-b42d-00c04fc964ff&n=1'])
    expect((await post(`/status${query}`, form)).status).toBe(200);
  expect(await world.rows('SELECT FROM attempts WHERE sid = $1', form.MessageSid)).toEqual([]);
});

test('a receipt whose address was changed on the way is refused', async () => {
  const form = { MessageSid: sid(), MessageStatus: 'delivered' };
  const signed = getExpectedTwilioSignature(authToken, `${site()}/v1/webhooks/twilio/status?i=a&n=1`, form);
  expect((await post('/status?i=a&n=2', form, signed)).status).toBe(403);
});

test('during a rotation the token before it is still good, and the address that is signed is the public one', async () => {
  const publicUrl = 'https://service.example/behind';
  const site = await anotherSite(world.databaseUrl, { authTokens: ['the-new-token', authToken], publicUrl });
  for (const token of ['the-new-token', authToken]) {
    const form = aText(aMobile(), '您好');
    const signature = getExpectedTwilioSignature(token, `${publicUrl}/v1/webhooks/twilio/inbound`, form);
    expect(await site.post(form, signature)).toBe(200);
    expect(await storedOf(form.From)).toHaveLength(1);
  }
  await site.close();
});

test('while PostgreSQL is away the carrier is told to try again, an unsigned call still 403, and both are counted', async () => {
  const publicUrl = 'https://service.example';
  const site = await anotherSite('postgres://postgres@127.0.0.1:1/none', { authTokens: [authToken], publicUrl });
  const form = aText(aMobile(), '您好');
  const signature = getExpectedTwilioSignature(authToken, `${publicUrl}/v1/webhooks/twilio/inbound`, form);
  expect(await site.post(form, signature)).toBe(503);
  expect(await site.post(form, 'not-signed')).toBe(403);
  await site.close();
  const counted = await register.getSingleMetricAsString('aftercare_carrier_webhooks_total');
  expect(counted).toMatch(/webhook="inbound",outcome="not-stored"} 1/);
  expect(counted).toMatch(/webhook="inbound",outcome="unsigned"} [1-9]/);
});

async function anotherSite(databaseUrl: string, carrier: { authTokens: string[]; publicUrl: string }) {
  const database = openDatabase(databaseUrl);
  const app = express().use(
    '/v1/webhooks/twilio',
    twilioWebhooks({ database, log: pino({ level: 'silent' }), ...carrier }),
  );
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/webhooks/twilio/inbound`;
  return {
    async post(form: Record<string, string>, signature: string): Promise<number> {
      const headers = { 'X-Twilio-Signature': signature };
      return (await fetch(url, { method: 'POST', headers, body: new URLSearchParams(form) })).status;
    },
    async close() {
      await new Promise((resolve) => server.close(resolve).closeAllConnections());
      await database.close();
    },
  };
}
