import type { RepairState } from '../../domain/cases/repair-facts';
import { firstPolicy } from '../../prisma/seed';
import { expectAgreement } from '../support/agreement';
import { openCompany, roundTheClock, type Company } from '../support/company';
import { textsOfOurs } from '../support/conversation';
import { aRepair, eventually, hour, minute } from '../support/repair';
import {
  daysAgo,
  dueOf,
  endsOf,
  finished,
  forecast,
  inShanghai,
  inWorkshop,
  takeIn,
  until,
  type Route,
} from '../support/workshop';

const second = 1000;
let company: Company;
beforeAll(async () => {
  company = await openCompany();
}, 60_000);
afterAll(() => company.close());

const codeOf = async (asked: Promise<{ status: number; body: unknown }>) => {
  const { status, body } = await asked;
  const { code, rule } = body as { code?: string; rule?: string };
  return { status, code, rule };
};
const saysDate = (at: number) => `${inShanghai(at).month}月${inShanghai(at).day}日`;

test.each<[Route, number, number]>([
  ['store', 2, 7],
  ['factory', 3, 30],
])(
  'by way of the %s, a product that left the customer %i days ago is due at closing of day %i from then (D-02, TR-10)',
  async (route, leftDaysAgo, days) => {
    const repair = await inWorkshop(company, { route, leftDaysAgo });
    const left = inShanghai(Date.parse(await daysAgo(repair, leftDaysAgo)));
    const due = inShanghai(await dueOf(repair, 'repair-due'));
    expect([due.toISODate(), due.toFormat('HH:mm')]).toEqual([left.plus({ days }).toISODate(), '20:00']);
    expect(await repair.look()).toMatchObject({ status: 'in-workshop', waitingFor: 'workshop' });
  },
);

test('the receipt is the answer: it has the pick-up code and the promised time', async () => {
  const repair = await aRepair(company);
  const receipt = await takeIn(repair, { photos: ['a-12.jpg'], accessories: '遥控器' });
  expect(receipt.pickupCode).toMatch(/^\d{6}$/);
  expect(receipt.promises.map(({ kind }) => kind)).toContain('repair-due');
});

test('a forecast that slips twice is told twice, each time before the old due time and with the cause (S-26, E-20, D-11)', async () => {
  const repair = await inWorkshop(company);
  const dues = [await dueOf(repair, 'repair-due')];
  for (const cause of ['缺压缩机', '测试没有通过']) {
    await repair.forward({ days: 2 });
    dues.push(await forecast(repair, 3, cause));
    await eventually(async () => (await endsOf(repair, 'repair-due')).length === dues.length);
  }
  const texts = await textsOfOurs(repair);
  const told = await repair.sentAt();
  for (const [i, cause] of ['缺压缩机', '测试没有通过'].entries()) {
    expect(texts[i]).toContain(`因${cause}`);
    expect(texts[i]).toContain(`原定${saysDate(dues[i]!)}`);
    expect(texts[i]).toContain(`改为${saysDate(dues[i + 1]!)}`);
    expect(told[i]).toBeLessThan(dues[i]!);
  }
  expect(await endsOf(repair, 'repair-due')).toEqual(['moved', 'moved', null]);
  expect(await dueOf(repair, 'repair-due')).toBe(dues[2]);
  await expectAgreement(company, repair);

  await finished(repair);
  await repair.forward({ minutes: 1 });
  expect(await endsOf(repair, 'repair-due')).toEqual(['moved', 'moved', 'kept']);
  expect(await textsOfOurs(repair)).toHaveLength(3); // ready, told at once (E-12)
  expect((await repair.look()).status).toBe('ready-for-pickup');
  await expectAgreement(company, repair);
});

test('a forecast that is not later than promised is noted, and told to nobody (E-12)', async () => {
  const repair = await inWorkshop(company);
  await forecast(repair, 0);
  await forecast(repair, -1);
  await repair.forward({ hours: 1 });
  expect(await textsOfOurs(repair)).toEqual([]);
  expect(await endsOf(repair, 'repair-due')).toEqual([null]);
  expect((await repair.notes()).filter((note) => note === 'repair-forecast')).toHaveLength(2);
});

test('nobody said anything: the workshop is asked the working day before, the customer told 2 h before, and when due it goes one level up (S-26)', async () => {
  const repair = await inWorkshop(company);
  const due = await dueOf(repair, 'repair-due');
  expect(await repair.task('say-when-ready')).toBeUndefined();
  const { promises } = await repair.handle.query<RepairState>('viewCase');
  const late = promises.find(({ kind }) => kind === 'repair-late-told');
  await until(repair, Date.parse(late?.notBefore ?? '') + 2 * second);
  const asked = await repair.task('say-when-ready');
  expect(asked?.role).toBe('workshop');
  expect(asked!.dueAt.getTime()).toBeLessThan(due - 12 * hour);
  expect(inShanghai(asked!.notBefore.getTime()).toFormat('HH:mm')).toBe('09:00');
  await until(repair, due - 2 * hour - minute);
  expect(await textsOfOurs(repair)).toEqual([]);
  await until(repair, due - 2 * hour + 2 * second);
  const [text = ''] = await textsOfOurs(repair);
  expect(text).toContain('可能要晚一些');
  const news = inShanghai(await dueOf(repair, 'repair-news'));
  expect(text).toContain(`${news.month}月${news.day}日`);
  expect(text).toContain(news.toFormat('HH:mm'));
  expect(await endsOf(repair, 'repair-late-told')).toEqual(['kept']);

  await until(repair, due + 2 * second);
  expect(await endsOf(repair, 'repair-due')).toEqual(['escalated']);
  expect(await repair.task('repair-overdue')).toMatchObject({ role: 'senior-engineer' });
  expect(await repair.task('say-when-ready')).toBeUndefined();
  expect(await textsOfOurs(repair)).toHaveLength(1);
  await expectAgreement(company, repair);

  await forecast(repair, 3);
  await eventually(async () => (await endsOf(repair, 'repair-due')).length === 2);
  expect(await textsOfOurs(repair)).toHaveLength(2);
  expect(await endsOf(repair, 'repair-news')).toEqual(['kept']);
  expect(await endsOf(repair, 'repair-due')).toEqual(['escalated', null]);
  expect(await repair.task('repair-overdue')).toBeUndefined();
  await expectAgreement(company, repair);
});

test('a firm date that does not come either is a matter of the service manager', async () => {
  const repair = await inWorkshop(company);
  await until(repair, (await dueOf(repair, 'repair-due')) + 2 * second);
  await until(repair, (await dueOf(repair, 'repair-news')) + 2 * second);
  expect(await endsOf(repair, 'repair-news')).toEqual(['escalated']);
  expect((await repair.task('repair-without-date'))?.role).toBe('service-manager');
  expect(await textsOfOurs(repair)).toHaveLength(1);
});

test('a workshop that answers "in time" spares the customer a text; if it was wrong, he hears so when it is due', async () => {
  const repair = await inWorkshop(company);
  const due = await dueOf(repair, 'repair-due');
  await until(repair, due - 5 * hour);
  expect((await repair.completed('say-when-ready', 'in-time', 'workshop-1')).status).toBe(200);
  await until(repair, due - minute);
  expect(await textsOfOurs(repair)).toEqual([]);
  await until(repair, due + 2 * second);
  await eventually(async () => (await textsOfOurs(repair)).length === 1);
  expect((await textsOfOurs(repair))[0]).toContain('还没有修好');
  expect(await endsOf(repair, 'repair-due')).toEqual(['escalated']);
});

test('to whom the new date does not suit, somebody phones within the minutes that the text named', async () => {
  const repair = await inWorkshop(company);
  await forecast(repair, 4);
  await eventually(async () => (await textsOfOurs(repair)).length === 1);
  const digit = /不合适请回(\d)，我们60分钟内致电/.exec((await textsOfOurs(repair))[0] ?? '')?.[1] ?? '';
  await repair.replies(digit);
  const saidAt = Date.parse((await repair.look()).now);
  const call = (await dueOf(repair, 'unsuited-date-call')) - saidAt;
  expect(Math.abs(call - hour)).toBeLessThan(minute);
  expect((await repair.task('unsuited-date-call'))?.role).toBe('desk');
  await repair.called('agreed', {}, 'unsuited-date-call');
  expect(await endsOf(repair, 'unsuited-date-call')).toEqual(['kept']);
  await expectAgreement(company, repair);
});

test('where no text can tell him he is called, and only then the promise moves', async () => {
  const repair = await inWorkshop(company, { sms: false });
  await forecast(repair, 4);
  await eventually(async () => (await repair.task('delay-call')) !== undefined);
  expect(await endsOf(repair, 'repair-due')).toEqual([null]);
  await repair.called('told', {}, 'delay-call');
  expect(await endsOf(repair, 'repair-due')).toEqual(['moved', null]);
  await expectAgreement(company, repair);
});

test('a repair that was not tested, or failed its test, is not finished (H-62, D-03)', async () => {
  const repair = await inWorkshop(company);
  const untested = { status: 409, code: 'not-tested', rule: 'H-62' };
  const says = (said: object) => codeOf(repair.tried('report-repair-finished', said));
  expect(await says({ result: 'repaired' })).toEqual(untested);
  expect(await says({ result: 'repaired', testResult: 'passed' })).toEqual(untested);
  expect(await says({ result: 'repaired', testResult: 'failed', testedBy: 'workshop-1' })).toEqual(untested);
  expect((await repair.look()).status).toBe('in-workshop');
});

test('what cannot be is refused: a forecast of the past, a product that is here already, or that left the customer tomorrow', async () => {
  const repair = await aRepair(company);
  const at = async (days: number) => daysAgo(repair, -days);
  const says = async (days: number) =>
    codeOf(repair.tried('forecast-repair', { readyAt: await at(days), cause: '缺件' }));
  const receives = (leftCustomerAt?: string) =>
    codeOf(repair.tried('receive-product', { condition: '好', proofSeen: true, route: 'store', leftCustomerAt }));
  expect(await says(1)).toMatchObject({ code: 'product-not-received', rule: 'D-02' });
  expect(await receives(await at(1))).toMatchObject({ code: 'left-customer-at-out-of-range', rule: 'TR-10' });
  await takeIn(repair);
  expect(await receives()).toMatchObject({ code: 'product-received', rule: 'D-02' });
  expect(await says(-1)).toMatchObject({ code: 'ready-at-out-of-range', rule: 'S-26' });
  expect(await says(200)).toMatchObject({ code: 'ready-at-out-of-range', rule: 'S-26' });
});

test('what cannot be repaired waits until the store manager has proposed a remedy, then it can be taken back (S-29)', async () => {
  const repair = await inWorkshop(company);
  await finished(repair, { result: 'not-repairable', testResult: 'failed' });
  expect(await endsOf(repair, 'repair-due')).toEqual(['escalated']);
  expect(await repair.look()).toMatchObject({ status: 'in-workshop', waitingFor: 'store' });
  expect((await repair.task('propose-remedy'))?.role).toBe('store-manager');
  expect(await textsOfOurs(repair)).toEqual([]);
  await repair.completed('propose-remedy', 'proposed', 'store-manager-1');
  await eventually(async () => (await textsOfOurs(repair)).length === 1);
  expect((await textsOfOurs(repair))[0]).toContain('未维修，可取回');
  expect(await endsOf(repair, 'remedy-proposed')).toEqual(['kept']);
  await expectAgreement(company, repair);
});

test('with every worker stopped across the time to tell him, the customer is told on their return, once', async () => {
  const repair = await inWorkshop(company);
  const tellAt = await dueOf(repair, 'repair-late-told');
  await until(repair, tellAt - 3 * second);
  await company.stopWorkers();
  const over = Date.now() + 4 * second;
  await eventually(() => Date.now() > over);
  expect(await textsOfOurs(repair)).toEqual([]);
  await company.startWorker();
  await eventually(async () => (await endsOf(repair, 'repair-late-told'))[0] === 'kept');
  await repair.forward({ hours: 1 });
  expect(await textsOfOurs(repair)).toHaveLength(1);
  await expectAgreement(company, repair);
});

test('who should have been told hours ago is told at once, with an apology, once; and it goes one level up (late rule)', async () => {
  const repair = await aRepair(company);
  await repair.forward({ days: 3 });
  await takeIn(repair, { leftCustomerAt: await daysAgo(repair, 9) });
  await repair.forward({ minutes: 1 });
  const texts = await textsOfOurs(repair);
  expect(texts).toHaveLength(1);
  expect(texts[0]).toContain('这条通知来晚了');
  expect(texts[0]).toContain('还没有修好');
  expect(await endsOf(repair, 'repair-late-told')).toEqual(['kept-late']);
  expect(await endsOf(repair, 'repair-due')).toEqual(['escalated']);
  expect((await repair.task('repair-overdue'))?.role).toBe('senior-engineer');
  await expectAgreement(company, repair);
});

test('what the policy offers for a delay is offered once, and somebody carries it out (E-11)', async () => {
  const workshop = { ...firstPolicy.workshop, delayOffer: 'warranty' as const, warrantyExtraDays: 30 };
  const generous = await openCompany({ policy: { ...roundTheClock, workshop } });
  try {
    const repair = await inWorkshop(generous);
    for (const times of [1, 2]) {
      await forecast(repair, 2);
      await eventually(async () => (await endsOf(repair, 'repair-due')).length === times + 1);
    }
    expect((await textsOfOurs(repair)).map((text) => text.includes('延保30天'))).toEqual([true, false]);
    expect((await repair.tasks()).filter(({ kind }) => kind === 'honour-offer')).toHaveLength(1);
    await finished(repair);
    expect(await repair.task('honour-offer')).toBeDefined();
    expect((await repair.completed('honour-offer', 'done', 'clerk-1')).status).toBe(200);
  } finally {
    await generous.close();
  }
});
