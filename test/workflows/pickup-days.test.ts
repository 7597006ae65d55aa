import { DateTime } from 'luxon';
import { openCompany, type Company } from '../support/company';
import { textsOfOurs } from '../support/conversation';
import { clockOf, clockTime, dayOf, dayWordsOf, noticesOf, pastDue, ready } from '../support/pickup';
import { eventually, type Repair } from '../support/repair';

let company: Company;
beforeAll(async () => {
  company = await openCompany();
}, 60_000);
afterAll(() => company.close());

const [tuesday, friday] = [2, 5];
const names = async (repair: Repair, day: DateTime) => repair.does('name-pickup-day', { date: day.toISODate() });

/** When the next step is due, and by which rule. */
async function nextStep(repair: Repair, kind = 'pickup-notice') {
  const owed = (await repair.look()).promises.find((promise) => promise.kind === kind);
  return DateTime.fromISO(owed?.dueAt ?? '', { zone: 'Asia/Shanghai' });
}

async function acknowledged(repair: Repair, day: DateTime): Promise<void> {
  await eventually(async () => (await textsOfOurs(repair)).some((text) => text.includes(`为您留到${dayWordsOf(day)}`)));
}

test('"周五" on a Friday is today: the answer gives the full date, and the next notice comes at 10:00 on Saturday', async () => {
  const { repair } = await ready(company, { weekday: friday });
  const today = await clockOf(repair);
  await repair.replies('周五');
  await acknowledged(repair, today);
  expect((await textsOfOurs(repair)).at(-1)).toContain(`${dayWordsOf(today.plus({ days: 1 }))}再联系您`);
  const next = await nextStep(repair);
  expect([next.toISODate(), next.toFormat('HH:mm')]).toEqual([today.plus({ days: 1 }).toISODate(), '10:00']);
});

test('Friday named, silence until it has passed, and the ladder goes on with its count at 10:00 of the next open day (TR-6)', async () => {
  const { repair, readyAt } = await ready(company, { weekday: tuesday });
  const named = (await clockOf(repair)).plus({ days: 3 });
  await repair.replies('周五');
  await acknowledged(repair, named);
  await repair.forward({ until: named.plus({ hours: 9 }).toUTC().toISO()! });
  expect(await noticesOf(repair)).toEqual([1]);
  const second = await pastDue(repair, 'pickup-notice');
  expect([await noticesOf(repair), dayOf(second, readyAt), clockTime(second)]).toEqual([[1, 2], 4, '10:00']);
  const third = await pastDue(repair, 'pickup-notice');
  expect([await noticesOf(repair), dayOf(third, readyAt), clockTime(third)]).toEqual([[1, 2, 3], 7, '10:00']);
  expect((await repair.outcomes()).filter((outcome) => outcome.startsWith('pickup-notice'))).toEqual([
    'pickup-notice kept',
    'pickup-notice moved',
    'pickup-notice kept',
    'pickup-notice kept',
  ]);
});

test('a closed day of the store is no day for the next step', async () => {
  await company.rows(`UPDATE stores SET hours = jsonb_set(hours, '{week,saturday}', '"closed"') WHERE id = 'sh-01'`);
  const { repair } = await ready(company, { weekday: tuesday, store: 'sh-01' });
  const named = (await clockOf(repair)).plus({ days: 3 });
  await names(repair, named);
  const next = await nextStep(repair);
  expect([next.toISODate(), next.toFormat('HH:mm')]).toEqual([named.plus({ days: 2 }).toISODate(), '10:00']);
});

test('the third naming goes to the store manager, and each is answered', async () => {
  const { repair } = await ready(company);
  const today = await clockOf(repair);
  for (const days of [1, 2]) {
    await names(repair, today.plus({ days }));
    await acknowledged(repair, today.plus({ days }));
    expect(await repair.task('day-named-again')).toBeUndefined();
  }
  await names(repair, today.plus({ days: 4 }));
  await acknowledged(repair, today.plus({ days: 4 }));
  expect((await repair.task('day-named-again'))?.role).toBe('store-manager');
  expect((await nextStep(repair)).toISODate()).toBe(today.plus({ days: 5 }).toISODate());
});

test('a day named after the third notice: the next step is a call of the store, and headquarters is told one day later', async () => {
  const { repair } = await ready(company);
  await pastDue(repair, 'pickup-notice');
  await pastDue(repair, 'pickup-notice');
  const today = await clockOf(repair);
  const named = today.plus({ days: 2 });
  await names(repair, named);
  await acknowledged(repair, named);
  const call = await repair.task('pickup-call');
  expect(DateTime.fromJSDate(call!.notBefore, { zone: 'Asia/Shanghai' }).toFormat('yyyy-MM-dd HH:mm')).toBe(
    `${named.plus({ days: 1 }).toISODate()} 10:00`,
  );
  const informed = await nextStep(repair, 'headquarters-informed');
  expect([informed.toISODate(), informed.toFormat('HH:mm')]).toEqual([named.plus({ days: 2 }).toISODate(), '10:00']);
  await repair.forward({ until: named.plus({ days: 1 }).set({ hour: 10, minute: 5 }).toUTC().toISO()! });
  await repair.called('told', {}, 'pickup-call');
  await pastDue(repair, 'headquarters-informed');
  expect(await noticesOf(repair)).toEqual([1, 2, 3]);
  expect(await repair.task('send-parcel')).toBeDefined();
  expect(await repair.outcomes()).toContain('pickup-call kept');
});

test('no day in the past, none beyond 30 days, and none where nothing waits can be named', async () => {
  const { repair, code } = await ready(company);
  const today = await clockOf(repair);
  for (const date of [today.minus({ days: 1 }), today.plus({ days: 31 }), DateTime.fromISO('2099-01-01')])
    expect((await repair.tried('name-pickup-day', { date: date.toISODate() })).body).toMatchObject({
      status: 409,
      code: 'day-out-of-range',
      rule: 'TR-6',
    });
  for (const date of ['2027-02-30', 'Friday', ''])
    expect((await repair.tried('name-pickup-day', { date })).status).toBe(422);
  await names(repair, today.plus({ days: 30 }));
  await repair.does('record-collection', { code });
  expect((await repair.tried('name-pickup-day', { date: today.toISODate() })).body).toMatchObject({
    status: 409,
    code: 'nothing-to-collect',
  });
});
