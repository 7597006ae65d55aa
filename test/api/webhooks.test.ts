import type { AddressInfo } from 'node:net';
import express from 'express';
import pino from 'pino';
import { register } from 'prom-client';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';
import { twilioWebhooks } from '../../api/webhooks/twilio';
import { openDatabase } from '../../prisma/database';
import { openWorld, type World } from '../activities/message-world';
import { authToken, until } from '../local/phone-fixture';
import { aMobile } from '../support/repair';
import { inboundTo } from './an-inbound';

let world: World;
beforeAll(async () => void (world = await openWorld()), 30_000);
afterAll(() => world.close());

const { sid, site, post, aText, write, storedOf, asked } = inboundTo(() => world);

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
