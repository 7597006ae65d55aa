import { segmentsOf } from '../../local/phone/segments';
import { accountSid, authToken, oneWay, startPhone, twoWay, type StartedPhone } from './phone-fixture';

let phone: StartedPhone;
beforeAll(async () => {
  phone = await startPhone();
});
afterAll(() => phone.stop());

const refusal = (code: number, status: number) => expect.objectContaining({ code, status });

test('a text that the library sends is on the phone, and the library reads it back', async () => {
  const body = '【安心服务】您好，电话指导后，您的空调能正常使用了吗？能用回1，不能用回2。😀 مرحبا <b>&"';
  const sent = await phone.send('+8613911110001', body);
  expect(sent).toMatchObject({ accountSid, status: 'queued', direction: 'outbound-api', from: twoWay, body });
  expect(sent).toMatchObject({ to: '+8613911110001', numSegments: '1', errorCode: null });
  expect(sent.sid).toMatch(/^SM[0-9a-f]{32}$/);
  expect(Math.abs(sent.dateCreated.getTime() - Date.now())).toBeLessThan(5_000);
  expect(await phone.textsOn('+8613911110001')).toEqual([body]);

  await phone.quiet();
  const { dateSent: _sent, ...read } = await phone.client().messages(sent.sid).fetch();
  expect(read.sid).toBe(sent.sid);
});

test('the library follows the list over all its pages: each text once, newest first, of the asked number only', async () => {
  const bodies = Array.from({ length: 7 }, (_, index) => `text ${index}`);
  for (const body of bodies) await phone.send('+8613911110002', body);
  await phone.send('+8613911110003', 'of another');
  const listed = await phone.client().messages.list({ to: '+8613911110002', pageSize: 3 });
  expect(listed.map(({ body }) => body)).toEqual(bodies.toReversed());
  const first = await phone.client().messages.page({ to: '+8613911110002', pageSize: 3 });
  await phone.send('+8613911110002', 'in between');
  expect((await first.nextPage())?.instances.map(({ body }) => body)).toEqual(['text 3', 'text 2', 'text 1']);
});

test('the list is filtered by instants of sending, both ends included', async () => {
  const { sid } = await phone.send('+8613911110004', 'now');
  const to = '+8613911110004';
  const found = async (filter: object) =>
    (await phone.client().messages.list({ to, ...filter })).some((one) => one.sid === sid);
  const minute = 60_000;
  expect(await found({ dateSentAfter: new Date(Date.now() - minute) })).toBe(true);
  expect(await found({ dateSentAfter: new Date() })).toBe(true);
  expect(await found({ dateSentAfter: new Date(Date.now() + minute) })).toBe(false);
  expect(await found({ dateSentBefore: new Date(Date.now() - minute) })).toBe(false);
  expect(await found({ dateSent: new Date() })).toBe(true);
});

test('a customer’s reply stands in the list as inbound', async () => {
  await phone.send('+8613911110005', 'a question');
  await phone.people('POST', '/phones/+8613911110005/replies', { text: '1' });
  const [reply] = await phone.client().messages.list({ to: twoWay, from: '+8613911110005' });
  expect(reply).toMatchObject({ direction: 'inbound', status: 'received', body: '1' });
});

test.each([
  ['+861', 21211],
  ['13911110001', 21211],
  ['+861012345678', 21614],
])('a text to %s is refused with %i and nobody gets it', async (to, code) => {
  await expect(phone.send(to, 'hello')).rejects.toEqual(refusal(code, 400));
});

test('a text without words, from a number that is not ours, too long, or with a callback to nowhere is refused', async () => {
  const to = '+8613911110006';
  await expect(phone.send(to, '')).rejects.toEqual(refusal(21602, 400));
  await expect(phone.send(to, 'hello', { from: '+8613700000000' })).rejects.toEqual(refusal(21606, 400));
  await expect(phone.send(to, '好'.repeat(1601))).rejects.toEqual(refusal(21617, 400));
  await expect(phone.send(to, 'hello', { statusCallback: 'nowhere' })).rejects.toEqual(refusal(21609, 400));
  expect(await phone.textsOn(to)).toEqual([]);
});

test('a wrong token is refused, and an unknown text is not found', async () => {
  await expect(phone.client('wrong').messages.list()).rejects.toEqual(refusal(20003, 401));
  await expect(phone.client(authToken).messages('SM00').fetch()).rejects.toEqual(refusal(20404, 404));
});

test('after STOP to one of our numbers its texts are refused with 21610, those of another are not, and START brings them back', async () => {
  const number = '+8613911110007';
  const reply = (text: string) => phone.people('POST', `/phones/${number}/replies`, { text, to: twoWay });
  await phone.send(number, 'first');
  await reply(' stop ');
  await expect(phone.send(number, 'second')).rejects.toEqual(refusal(21610, 400));
  await phone.send(number, 'from the other', { from: oneWay });
  await reply('STOP');
  await reply('START');
  await phone.send(number, 'third');
  await phone.quiet();

  expect(await phone.textsOn(number)).toEqual([
    'first',
    ' stop ',
    expect.stringContaining('You have successfully been unsubscribed'),
    'from the other',
    'STOP',
    'START',
    expect.stringContaining('You have successfully been re-subscribed'),
    'third',
  ]);
  const types = phone.site.hooks.filter(({ params }) => params['From'] === number);
  expect(types.map(({ params }) => params['OptOutType'])).toEqual(['STOP', 'STOP', 'START']);
});

test('YES before any STOP is an answer like any other', async () => {
  const number = '+8613911110008';
  await phone.send(number, 'does it work?');
  await phone.people('POST', `/phones/${number}/replies`, { text: 'Yes' });
  expect(await phone.textsOn(number)).toEqual(['does it work?', 'Yes']);
});

test.each([
  ['', 1],
  ['a'.repeat(160), 1],
  ['a'.repeat(161), 2],
  ['a'.repeat(306), 2],
  ['€'.repeat(80), 1],
  ['€'.repeat(81), 2],
  ['好'.repeat(70), 1],
  ['好'.repeat(71), 2],
  ['好'.repeat(134), 2],
  ['好'.repeat(135), 3],
  ['😀'.repeat(35), 1],
  ['😀'.repeat(36), 2],
])('%s counts as %i segments', (text, segments) => {
  expect(segmentsOf(text)).toBe(segments);
});
