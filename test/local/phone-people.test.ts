import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { textsPerPhone } from '../../local/phone/record';
import { accountSid, authToken, oneWay, startPhone, twoWay, type StartedPhone } from './phone-fixture';

const number = '+8613944440001';

describe('the phones', () => {
  let phone: StartedPhone;
  beforeEach(async () => {
    phone = await startPhone();
  });
  afterEach(() => phone.stop());

  test('a phone exists once it got a text or was added', async () => {
    await phone.send(number, '您好');
    await phone.people('POST', '/phones', { number: '+14155550123' });
    const { items } = (await phone.people('GET', '/phones')).body;
    expect(items).toEqual([
      { number, lastSender: twoWay, canReply: true, optedOutOf: [] },
      { number: '+14155550123', lastSender: null, canReply: false, optedOutOf: [] },
    ]);
  });

  test('a phone shows both directions in order, with times, and a reply goes to who texted last', async () => {
    await phone.send(number, 'one', { from: oneWay });
    await phone.send(number, 'two');
    await phone.people('POST', `/phones/${number}/replies`, { text: '1' });
    const { items } = (await phone.people('GET', `/phones/${encodeURIComponent(number)}/messages`)).body;
    expect(items).toMatchObject([
      { direction: 'received', writtenBy: 'us', from: oneWay, to: number, text: 'one' },
      { direction: 'received', writtenBy: 'us', from: twoWay, to: number, text: 'two' },
      { direction: 'sent', writtenBy: 'customer', from: number, to: twoWay, text: '1', status: 'received' },
    ]);
    for (const { at } of items) expect(Math.abs(Date.parse(at) - Date.now())).toBeLessThan(5_000);
  });

  test('a one-way number cannot be answered', async () => {
    await phone.send(number, '请致电', { from: oneWay });
    const { status, body } = await phone.people('POST', `/phones/${number}/replies`, { text: '1' });
    expect(status).toBe(409);
    expect(body).toMatchObject({ code: 'one-way', detail: expect.stringContaining(oneWay) });
    expect(phone.site.hooks).toEqual([]);
  });

  test.each([
    ['without a text before it', number, { text: '1' }, 409],
    ['to a number that is not ours', number, { text: '1', to: '+8613700000000' }, 422],
    ['without words', number, { text: '' }, 422],
    ['with a field nobody knows', number, { text: '1', form: twoWay }, 422],
    ['from a number that is none', '13944440001', { text: '1' }, 422],
    ['of 100,000 characters', number, { text: 'a'.repeat(100_000) }, 413],
  ])('a reply %s is refused as a problem', async (_name, from, reply, status) => {
    const answer = await phone.people('POST', `/phones/${from}/replies`, reply);
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ type: 'about:blank', status, detail: expect.any(String) });
  });

  test('broken JSON, unknown paths and forms that are too large are answered as problems', async () => {
    const broken = await fetch(`${phone.url}/faults`, {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json' },
      body: '{',
    });
    expect(broken.status).toBe(400);
    expect(broken.headers.get('content-type')).toContain('application/problem+json');
    expect((await phone.people('GET', '/nothing')).status).toBe(404);
    const large = { method: 'POST', body: new URLSearchParams({ To: number, Body: 'a'.repeat(100_000) }) };
    const headers = { Authorization: `Basic ${btoa(`${accountSid}:${authToken}`)}` };
    const tooLarge = await fetch(`${phone.url}/2010-04-01/Accounts/${accountSid}/Messages.json`, { ...large, headers });
    expect(tooLarge.status).toBe(413);
    expect((await phone.people('GET', '/phones/%ZZ/messages')).status).toBe(400);
  });

  test('a phone keeps its latest texts and no more than its share', async () => {
    for (let index = 0; index <= textsPerPhone; index += 1) await phone.send(number, `text ${index}`);
    const texts = await phone.textsOn(number);
    expect(texts).toHaveLength(textsPerPhone);
    expect(texts.at(-1)).toBe(`text ${textsPerPhone}`);
  });

  test('the page knows which phone has no way back and where it answers, and counts what never arrived instead of showing it', async () => {
    const answerPage = 'https://service.example/track';
    const shown = await startPhone({ answerPage });
    await shown.send(number, '请致电', { from: oneWay });
    await shown.send('+14155550123', 'Hello');
    await shown.people('PUT', '/faults', { to: number, undelivered: 1 });
    await shown.send(number, 'lost', { from: oneWay });
    const view = await (await fetch(`${shown.url}/view`)).json();
    expect(view).toMatchObject({
      answerPage,
      senders: expect.arrayContaining([{ number: oneWay, twoWay: false }]),
      phones: [
        { number: '+14155550123', canReply: true, neverArrived: 0, texts: [{ text: 'Hello' }] },
        { number, lastSender: oneWay, canReply: false, neverArrived: 1, texts: [{ text: '请致电' }] },
      ],
    });
    expect(JSON.stringify(view)).not.toContain('lost');
    await shown.stop();
  });

  test('the page brings everything itself and lets no script in that is not its own', async () => {
    const page = await fetch(phone.url);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'self'");
    const html = await page.text();
    expect(html).not.toMatch(/https?:\/\//);
    expect(html).not.toMatch(/<script(?![^>]*src=)/);
  });
});

test('a restart keeps the texts, the phones and who said STOP, also after a line that was cut in the middle', async () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'phone-'));
  const before = await startPhone({ dataFolder });
  await before.people('POST', '/phones', { number: '+14155550123' });
  const { sid } = await before.send(number, '您好 😀');
  await before.people('POST', `/phones/${number}/replies`, { text: 'STOP' });
  await before.quiet();
  const texts = await before.textsOn(number);
  await before.stop();
  appendFileSync(join(dataFolder, 'phone.jsonl'), '{"text":{"sid":"SM');

  const after = await startPhone({ dataFolder });
  expect(await after.textsOn(number)).toEqual(texts);
  expect((await after.people('GET', '/phones')).body.items).toMatchObject([
    { number: '+14155550123' },
    { number, optedOutOf: [twoWay] },
  ]);
  expect((await after.client().messages(sid).fetch()).sid).toBe(sid);
  await expect(after.send(number, 'again')).rejects.toMatchObject({ code: 21610 });
  await after.stop();
  rmSync(dataFolder, { recursive: true });
});

test('a text that was on its way when the process ended is delivered and reported after the restart', async () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'phone-'));
  const before = await startPhone({ dataFolder });
  const after = await startPhone();
  const { sid } = await before.send(number, '您好', { statusCallback: `${after.site.url}/status` });
  await before.stop();

  const again = await startPhone({ dataFolder });
  await again.quiet();
  expect((await again.client().messages(sid).fetch()).status).toBe('delivered');
  expect(after.site.hooks.at(-1)?.params).toMatchObject({ MessageSid: sid, MessageStatus: 'delivered' });
  await Promise.all([again.stop(), after.stop()]);
  rmSync(dataFolder, { recursive: true });
});
