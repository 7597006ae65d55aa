import { startPhone, twoWay, type StartedPhone } from './phone-fixture';

let phone: StartedPhone;
beforeEach(async () => {
  phone = await startPhone({ webhookTimeoutMs: 1_000 });
});
afterEach(() => phone.stop());

const number = '+8613922220001';
const send = () => phone.send(number, '您好', { statusCallback: `${phone.site.url}/status?i=42&n=1` });
const statuses = () => phone.site.hooks.map(({ params }) => params['MessageStatus']);

test('a text is reported queued, sent, delivered, each signed for the address it was given', async () => {
  const { sid } = await send();
  await phone.quiet();
  expect(statuses()).toEqual(['queued', 'sent', 'delivered']);
  for (const hook of phone.site.hooks) {
    expect(hook).toMatchObject({ signed: true, path: '/status?i=42&n=1' });
    expect(hook.params).toMatchObject({ MessageSid: sid, To: number, From: twoWay });
  }
  expect((await phone.client().messages(sid).fetch()).status).toBe('delivered');
});

test('callbacks count as pending until they are delivered, also per number', async () => {
  await phone.people('PUT', '/faults', { to: number, callbacksLateSeconds: 60 });
  await send();
  const { body } = await phone.people('GET', '/callbacks/pending');
  expect(body).toEqual({ total: 3, perNumber: { [number]: 3 } });
});

test('callbacks can be lost, doubled or last one first', async () => {
  await phone.people('PUT', '/faults', { callbacksLost: 1 });
  const { sid } = await send();
  await phone.quiet();
  expect(statuses()).toEqual([]);
  expect((await phone.client().messages(sid).fetch()).status).toBe('delivered');

  await phone.people('PUT', '/faults', { callbacksDoubled: 1, callbacksReordered: 1 });
  await send();
  await phone.quiet();
  expect(statuses()).toEqual(['delivered', 'delivered', 'sent', 'sent', 'queued', 'queued']);
});

test('an undelivered text is reported with its code and never lights up on the phone', async () => {
  await phone.people('PUT', '/faults', { to: number, undelivered: 1 });
  const { sid } = await send();
  await phone.quiet();
  expect(phone.site.hooks.at(-1)?.params).toMatchObject({ MessageStatus: 'undelivered', ErrorCode: '30003' });
  expect(await phone.client().messages(sid).fetch()).toMatchObject({ status: 'undelivered', errorCode: 30003 });
  expect(await phone.textsOn(number)).toEqual([]);
});

test('a reply is handed over signed, once, whatever is in it', async () => {
  const text = '已解决 <script>alert(1)</script> 👍🏽\n第二行 & more';
  await phone.people('POST', `/phones/${encodeURIComponent(number)}/replies`, { text, to: twoWay });
  await phone.quiet();
  expect(phone.site.hooks).toHaveLength(1);
  expect(phone.site.hooks[0]).toMatchObject({ path: '/inbound', signed: true });
  expect(phone.site.hooks[0]?.params).toMatchObject({ From: number, To: twoWay, Body: text, NumSegments: '1' });
  expect(phone.site.hooks[0]?.params).not.toHaveProperty('OptOutType');
});

test('a reply of 5,000 emoji arrives whole', async () => {
  const text = '😀'.repeat(5_000);
  const { status } = await phone.people('POST', `/phones/${number}/replies`, { text, to: twoWay });
  await phone.quiet();
  expect(status).toBe(201);
  expect(phone.site.hooks[0]?.params['Body']).toBe(text);
});

test('a reply that is not taken is tried once more at the fallback, and then only the list knows it', async () => {
  phone.site.answerNextWith(500, 503);
  await phone.people('POST', `/phones/${number}/replies`, { text: '1', to: twoWay });
  await phone.quiet();
  expect(phone.site.hooks.map(({ params }) => params['ErrorCode'])).toEqual([undefined, '11200']);
  expect(phone.site.hooks.every(({ signed }) => signed)).toBe(true);
  expect(await phone.client().messages.list({ from: number })).toHaveLength(1);
});

test('the webhook of a reply can be lost or doubled', async () => {
  const reply = (text: string) => phone.people('POST', `/phones/${number}/replies`, { text, to: twoWay });
  await phone.people('PUT', '/faults', { inboundLost: 1 });
  await reply('1');
  await phone.quiet();
  expect(phone.site.hooks).toEqual([]);
  expect(await phone.client().messages.list({ from: number })).toHaveLength(1);

  await phone.people('PUT', '/faults', { inboundDoubled: 1 });
  await reply('2');
  await phone.quiet();
  const [one, other] = phone.site.hooks.map(({ params }) => params['MessageSid']);
  expect(one).toBeDefined();
  expect(one).toBe(other);
});
