import { openCompany, type Company } from '../support/company';
import { textsOfOurs } from '../support/conversation';
import { dayOf, noticesOf, pastDue, ready, received } from '../support/pickup';
import { eventually, type Repair } from '../support/repair';

let company: Company;
beforeAll(async () => {
  company = await openCompany({ patience: { looks: [0.3] } });
}, 60_000);
afterAll(() => company.close());

const promised = async (repair: Repair) => (await repair.look()).promises.map(({ kind }) => kind);
const now = async (repair: Repair) => Date.parse((await repair.look()).now);

test('opted out in the middle of the ladder: he is called instead, only what he was told counts, and the ladder goes on', async () => {
  const { repair, readyAt } = await ready(company);
  await repair.reply('T');
  await eventually(async () => (await repair.notes()).includes('opted-out'));
  await pastDue(repair, 'pickup-notice');
  expect(await noticesOf(repair)).toEqual([1]);
  expect((await repair.task('pickup-call'))?.role).toBe('clerk');
  expect(await promised(repair)).toEqual([]);

  await repair.forward({ days: 4 });
  expect(await repair.task('not-collected')).toBeUndefined();
  await repair.called('told', {}, 'pickup-call');
  const third = await pastDue(repair, 'pickup-notice');
  expect(dayOf(third, readyAt)).toBe(10);
  await repair.called('told', {}, 'pickup-call');
  const informed = await pastDue(repair, 'headquarters-informed');
  expect([dayOf(informed, readyAt), await noticesOf(repair)]).toEqual([13, [1]]);
  expect(await repair.task('send-parcel')).toBeDefined();
});

test('no channel reaches him: the ladder waits and a person is told, the store manager after three tries', async () => {
  const { repair } = await received(company, { sms: false });
  await repair.does('report-repair-finished', { result: 'repaired', testResult: 'passed', testedBy: 'workshop-1' });
  await eventually(async () => (await repair.task('pickup-call')) !== undefined);
  expect(await repair.outcomes()).toContain('pickup-notice escalated');
  const roles = [];
  for (let tries = 0; tries < 3; tries += 1) {
    const task = await repair.task('pickup-call');
    roles.push(task?.role);
    const until = task!.notBefore.getTime() + 1000;
    if (until > (await now(repair))) await repair.forward({ until: new Date(until).toISOString() });
    await repair.called('no-answer', {}, 'pickup-call');
  }
  expect([roles, (await repair.task('pickup-call'))?.role]).toEqual([['clerk', 'clerk', 'clerk'], 'store-manager']);
  await repair.forward({ days: 2 });
  expect(await promised(repair)).toEqual([]);
  await repair.does('record-contact', { about: 'told', what: '已在店里告知' });
  expect([await promised(repair), await repair.task('pickup-call')]).toEqual([['pickup-notice'], undefined]);
});

test('a notice that the phone never got does not count: the store calls', async () => {
  const { repair } = await received(company);
  await company.phone.people('PUT', '/faults', { to: repair.phone, undelivered: 1 });
  await repair.does('report-repair-finished', { result: 'repaired', testResult: 'passed', testedBy: 'workshop-1' });
  await eventually(async () => (await repair.task('pickup-call')) !== undefined);
  expect(await promised(repair)).toEqual([]);
  await repair.called('told', {}, 'pickup-call');
  expect(await promised(repair)).toEqual(['pickup-notice']);
});

test('who is told in the store between two notices is not reminded on the same day, and nothing is hastened', async () => {
  const { repair, readyAt } = await ready(company);
  await repair.forward({ days: 2 });
  await repair.does('record-contact', { about: 'told', what: '顺路问起，已告知' });
  const second = await pastDue(repair, 'pickup-notice');
  expect([dayOf(second, readyAt), await noticesOf(repair)]).toEqual([5, [1, 2]]);
});

test('five hours without a carrier across a notice: it comes late with an apology, once, and the next is counted from it', async () => {
  const { repair, readyAt } = await ready(company);
  await company.phone.people('PUT', '/faults', { to: repair.phone, tooMany: 1 });
  const due = await pastDue(repair, 'pickup-notice');
  await repair.forward({ hours: 5 });
  expect(await noticesOf(repair)).toEqual([1]);
  await company.phone.people('DELETE', `/faults?to=${encodeURIComponent(repair.phone)}`);
  await repair.forward({ hours: 4 });
  expect(await noticesOf(repair)).toEqual([1, 2]);
  expect((await textsOfOurs(repair)).at(-1)).toContain('抱歉提醒晚了。');
  const sent = (await repair.sentAt()).at(-1)!;
  expect(sent - due).toBeGreaterThan(5 * 3_600_000);
  const third = await pastDue(repair, 'pickup-notice');
  expect([dayOf(third, readyAt), dayOf(third, sent), await noticesOf(repair)]).toEqual([6, 3, [1, 2, 3]]);
});
