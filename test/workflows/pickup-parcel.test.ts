import { openCompany, type Company } from '../support/company';
import { textsOfOurs } from '../support/conversation';
import { noticesOf, pastDue, ready } from '../support/pickup';
import { eventually, type Repair, type Said } from '../support/repair';

let company: Company;
beforeAll(async () => {
  company = await openCompany();
}, 60_000);
afterAll(() => company.close());

const parcel = { carrier: '顺丰速运', tracking: 'SF1234567890123' };
const last = async (repair: Repair) => (await textsOfOurs(repair)).at(-1);

async function uncollected(said: Said = {}) {
  const { repair, code } = await ready(company, said);
  for (const kind of ['pickup-notice', 'pickup-notice']) await pastDue(repair, kind);
  await repair.called('told', {}, 'pickup-call');
  await pastDue(repair, 'headquarters-informed');
  return { repair, code };
}

test('a parcel is sent after headquarters was told, and never before; the customer is told, and asked whether it arrived (S-28)', async () => {
  const { repair, code } = await ready(company);
  await pastDue(repair, 'pickup-notice');
  expect((await repair.tried('record-parcel-sent', parcel)).body).toMatchObject({
    status: 409,
    code: 'parcel-too-early',
    rule: 'S-28',
  });
  await pastDue(repair, 'pickup-notice');
  await repair.called('told', {}, 'pickup-call');
  await pastDue(repair, 'headquarters-informed');
  await repair.does('record-parcel-sent', parcel);
  await eventually(async () => (await last(repair))!.includes('交顺丰速运寄出，运单号SF1234567890123'));
  expect((await repair.look()).status).toBe('going-home');
  expect((await repair.tried('record-collection', { code })).body).toMatchObject({ code: 'parcel-on-its-way' });

  await pastDue(repair, 'parcel-check');
  expect(await last(repair)).toMatch(/请问收到了吗？收到回\d，没收到回\d。/);
  await repair.replies('收到了');
  expect((await repair.look()).promises.map(({ kind }) => kind)).toEqual(['satisfaction']);
  expect(await repair.outcomes()).toEqual(
    expect.arrayContaining(['parcel-sent kept', 'parcel-check kept', 'parcel-call cancelled']),
  );
});

test('a parcel that came back: a person decides, and it is sent again', async () => {
  const { repair } = await uncollected();
  await repair.does('record-parcel-sent', parcel);
  await repair.forward({ minutes: 1 });
  await repair.does('record-parcel-returned', { reason: '地址有误' });
  expect((await repair.look()).status).toBe('ready-for-pickup');
  expect((await repair.task('decide-way-home'))?.role).toBe('headquarters');
  await repair.does('add-details', { address: '文三路 9 号' });
  await repair.completed('decide-way-home', 'send-parcel', 'headquarters-1');
  await eventually(async () => (await repair.task('send-parcel')) !== undefined);
  await repair.does('record-parcel-sent', { ...parcel, tracking: 'SF2222222222222' });
  await eventually(async () => (await last(repair))!.includes('SF2222222222222'));
  await repair.does('record-parcel-delivered');
  expect((await repair.look()).status).toBe('confirming');
});

test('a parcel that did not arrive: the carrier is asked, then the customer once more', async () => {
  const { repair } = await uncollected();
  await repair.does('record-parcel-sent', parcel);
  await repair.forward({ minutes: 1 });
  await pastDue(repair, 'parcel-check');
  await repair.replies('没收到');
  await eventually(async () => (await repair.task('trace-parcel')) !== undefined);
  expect(await repair.task('parcel-call')).toBeUndefined();
  await repair.completed('trace-parcel', 'on-its-way', 'clerk-1');
  await pastDue(repair, 'parcel-check');
  expect((await textsOfOurs(repair)).filter((text) => text.includes('请问收到了吗'))).toHaveLength(2);
  const call = await repair.task('parcel-call');
  await repair.forward({ until: new Date(call!.notBefore.getTime() + 1000).toISOString() });
  await repair.called('arrived', {}, 'parcel-call');
  expect((await repair.look()).status).toBe('confirming');
});

test('who wants it sent after the third notice need not wait for headquarters', async () => {
  const { repair } = await ready(company);
  for (const kind of ['pickup-notice', 'pickup-notice']) await pastDue(repair, kind);
  await repair.replies('送回');
  await eventually(async () => (await repair.task('send-parcel')) !== undefined);
  expect((await repair.look()).promises.map(({ kind }) => kind)).toEqual(['parcel-sent']);
  expect((await repair.tasks()).map(({ kind }) => kind)).toEqual(['send-parcel']);
  await repair.does('record-parcel-sent', parcel);
});

test('what cannot be mailed is brought home; where the rules do not say how, headquarters decides', async () => {
  const { repair: heavy } = await uncollected({ category: '空调' });
  expect((await textsOfOurs(heavy)).at(-1)).toContain('我们会送到您的登记地址。');
  expect((await heavy.task('deliver-home'))?.role).toBe('dispatcher');
  expect((await heavy.completed('deliver-home', 'delivered', 'dispatcher-1')).status).toBe(200);
  expect((await heavy.look()).status).toBe('confirming');

  const { repair: unknown } = await uncollected({ category: '什么都有' });
  expect(await unknown.task('deliver-home')).toBeUndefined();
  await unknown.completed('decide-way-home', 'deliver-home', 'headquarters-1');
  await eventually(async () => (await unknown.task('deliver-home')) !== undefined);
  expect(await noticesOf(unknown)).toEqual([1, 2, 3]);
});

test('it can still be collected, or a day named, while the parcel is to be sent', async () => {
  const { repair, code } = await uncollected();
  const { now } = await repair.look();
  const date = new Date(Date.parse(now) + 2 * 24 * 3_600_000 + 8 * 3_600_000).toISOString().slice(0, 10);
  await repair.does('name-pickup-day', { date });
  expect((await repair.task('send-parcel'))!.dueAt.getTime()).toBeGreaterThan(
    Date.parse(`${date}T00:00:00+08:00`) + 2 * 24 * 3_600_000,
  );
  await repair.does('record-collection', { code });
  expect((await repair.look()).promises.map(({ kind }) => kind)).toEqual(['satisfaction']);
});
