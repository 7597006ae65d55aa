import { createSms } from '../../activities/providers/sms';
import { accountSid, authToken, oneWay, startPhone, twoWay, type StartedPhone } from '../local/phone-fixture';
import { aMobile } from '../support/repair';

let phone: StartedPhone;
beforeAll(async () => {
  phone = await startPhone();
});
afterAll(() => phone.stop());
afterEach(() => phone.people('DELETE', '/faults'));

const carrier = (more = {}) => createSms({ accountSid, authToken, apiUrl: phone.url, ...more });
const aText = (to: string, body = 'hello') => ({
  from: twoWay,
  to,
  body,
  statusCallback: `${phone.site.url}/status?i=1&n=1`,
  validitySeconds: 60,
});
const longAgo = () => new Date(Date.now() - 60_000);

test('an accepted text is known by its sid, and its receipts name message and attempt', async () => {
  const to = aMobile();
  const submission = await carrier().submit(aText(to));
  expect(submission).toEqual({ outcome: 'accepted', sid: expect.stringMatching(/^SM/) });
  await phone.quiet();
  const receipts = phone.site.hooks.filter(({ params }) => params.To === to);
  expect(receipts.map(({ path }) => path)).toEqual(Array(3).fill('/status?i=1&n=1'));
});

test.each([
  ['429 was never processed', { tooMany: 1 }, { outcome: 'not-taken' }],
  ['another 4xx is definite', { refuseWith: 21211 }, { outcome: 'refused', code: '21211' }],
  ['a 500 says nothing', { acceptThen500: 1 }, { outcome: 'unclear' }],
  ['a connection cut before the answer says nothing', { acceptThenDrop: 1 }, { outcome: 'unclear' }],
  ['no answer says nothing', { hang: 1 }, { outcome: 'unclear' }],
])('%s', async (_what, fault, submission) => {
  const to = aMobile();
  await phone.people('PUT', '/faults', { to, ...fault });
  expect(await carrier({ timeoutMs: 500 }).submit(aText(to))).toEqual(submission);
});

test('a text surely did not leave when nobody listens', async () => {
  const nobody = createSms({ accountSid, authToken, apiUrl: 'http://127.0.0.1:1' });
  expect(await nobody.submit(aText(aMobile()))).toEqual({ outcome: 'not-taken' });
});

test('a list goes over all its pages, and holds our texts to that number alone', async () => {
  const to = aMobile();
  const sms = carrier({ pageSize: 2 });
  for (const body of ['one', 'two', 'three', 'four', 'five']) await sms.submit(aText(to, body));
  await sms.submit(aText(aMobile(), 'for somebody else'));
  await phone.people('POST', `/phones/${to}/replies`, { text: '1' });
  const listed = await sms.list(to, longAgo());
  expect(listed.map(({ body }) => body).toSorted()).toEqual(['five', 'four', 'one', 'three', 'two']);
  expect(await sms.list(to, new Date(Date.now() + 60_000))).toEqual([]);
});

test('a list that ends early is no list', async () => {
  const to = aMobile();
  const sms = carrier({ pageSize: 2 });
  for (const body of ['one', 'two', 'three']) await sms.submit(aText(to, body));
  await phone.people('PUT', '/faults', { to, listCut: 1 });
  await expect(sms.list(to, longAgo())).rejects.toMatchObject({ status: 503 });
  await phone.people('PUT', '/faults', { listCut: 1 });
  await expect(sms.received(longAgo())).rejects.toMatchObject({ status: 503 });
});

test('what people texted to us is found with sender, recipient and time', async () => {
  const from = aMobile();
  await carrier().submit(aText(from));
  await carrier().submit({ ...aText(from), from: oneWay });
  await phone.people('POST', `/phones/${from}/replies`, { text: '能用', to: twoWay });
  const mine = (await carrier({ pageSize: 2 }).received(longAgo())).filter((one) => one.from === from);
  expect(mine).toEqual([
    { sid: expect.any(String), from, to: twoWay, body: '能用', media: 0, at: expect.stringMatching(/Z$/) },
  ]);
});
