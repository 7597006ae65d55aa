import { expectAgreement } from '../support/agreement';
import { openCompany, type Company } from '../support/company';
import { hour, minute } from '../support/repair';
import { aVisit, anEngineer, at, slot, told } from '../support/visit';

let company: Company;
beforeAll(async () => {
  company = await openCompany();
}, 60_000);
afterAll(() => company.close());

test('three moves and a cancel tell the customer each new time once, and that it is off', async () => {
  const repair = await aVisit(company, { daysAhead: 3 });
  for (const days of [1, 2, 3]) {
    const from = repair.from + days * 24 * hour;
    const seen = await repair.does('move-visit', slot(from, from + hour));
    expect(seen.status).toBe('visit-booked');
  }
  const seen = await repair.does('cancel-visit', { reason: '客户要出差' });
  expect(seen.status).toBe('choosing');
  await repair.forward({ minutes: 1 });
  expect(await told(company, repair)).toEqual([
    'visit-confirmed',
    'visit-moved',
    'visit-moved',
    'visit-moved',
    'visit-cancelled',
  ]);
  const texts = await repair.texts();
  expect(texts[0]).toContain('14:00-16:00，王建国师傅上门维修您的空调');
  expect(texts[0]).toContain('前一天再提醒您');
  expect(texts[3]).toContain('上门已改到');
  expect(texts[4]).toContain('现已取消');
  expect((await repair.promises()).filter(({ kind }) => kind === 'visit').map(({ outcome }) => outcome)).toEqual([
    'moved',
    'moved',
    'moved',
    'cancelled',
  ]);
  expect((await repair.look()).promises.map(({ kind }) => kind)).toEqual(['agree-next-step']);
  await repair.forward({ days: 5 });
  expect((await told(company, repair)).length).toBe(5);
  await expectAgreement(company, repair);
});

test('a visit in time: reminded at 18:00, told when he leaves, and asked next day because it was tested and certain', async () => {
  const repair = await aVisit(company);
  await repair.forwardTo('18:01');
  expect(await told(company, repair)).toEqual(['visit-confirmed', 'visit-day-before']);
  await repair.forward({ until: at(repair.from - 95 * minute) });
  expect((await repair.task('depart'))?.role).toBe('engineer');
  await repair.forward({ until: at(repair.from - 41 * minute) });
  expect((await repair.does('report-departure', { by: 'engineer-1' })).status).toBe('visit-booked');
  await repair.forward({ until: at(repair.from - 5 * minute) });
  expect(await told(company, repair)).toEqual(['visit-confirmed', 'visit-day-before', 'visit-departed']);
  expect((await repair.does('report-arrival', { by: 'engineer-1' })).status).toBe('on-site');
  await repair.forward({ minutes: 50 });
  const seen = await repair.does('finish-visit', {
    by: 'engineer-1',
    outcome: 'repaired',
    trialRun: true,
    certain: true,
    cause: '电容损坏',
    what: '更换电容',
  });
  expect(seen.status).toBe('confirming');
  expect(seen.promises.map(({ kind }) => kind)).toEqual(['satisfaction']);
  expect((await repair.outcomes()).slice(0, 2)).toEqual(['visit kept', 'visit-day-before kept']);
  expect((await told(company, repair)).length).toBe(3);
  expect(await repair.tasks()).toEqual([]);
  await expectAgreement(company, repair);
});

test.each([
  { trialRun: true, certain: false, cause: '电容损坏', due: 3 },
  { trialRun: false, certain: false, cause: undefined, due: 2 },
])('without a trial run he is asked after 2 h, without certainty after 3 h (H-63, H-75, A-12): %o', async (said) => {
  const { due, ...end } = said;
  const repair = await aVisit(company);
  await repair.forward({ until: at(repair.from) });
  await repair.does('report-arrival');
  const { now } = await repair.look();
  const { promises } = await repair.does('finish-visit', {
    outcome: 'repaired',
    what: '更换电容',
    leftAt: now,
    ...end,
  });
  expect(promises.map(({ kind, dueAt }) => [kind, Date.parse(dueAt) - Date.parse(now)])).toEqual([
    ['revisit-check', due * hour],
  ]);
});

test('who was told the time within the last six hours is not told again at 18:00', async () => {
  const repair = await aVisit(company, { daysAhead: 2 });
  await repair.forward({ until: at(repair.from - 25 * hour) }); // 13:00 of the day before
  const from = repair.from + hour;
  await repair.does('move-visit', slot(from, from + hour));
  await repair.forwardTo('20:00');
  expect(await told(company, repair)).toEqual(['visit-confirmed', 'visit-moved']);
  expect((await repair.texts())[1]).not.toContain('再提醒您');
});

test('an engineer who could not finish: the next step is agreed within the time that the customer is told', async () => {
  const repair = await aVisit(company);
  await repair.forward({ until: at(repair.from) });
  await repair.does('report-arrival');
  const seen = await repair.does('finish-visit', {
    outcome: 'part-missing',
    trialRun: false,
    certain: false,
    what: '缺压缩机',
  });
  expect(seen.status).toBe('choosing');
  await repair.forward({ minutes: 1 });
  expect((await told(company, repair)).at(-1)).toBe('visit-unfinished');
  expect((await repair.look()).promises.map(({ kind }) => kind)).toEqual(['agree-next-step']);
  expect((await repair.tasks()).map(({ kind }) => kind)).toEqual(['agree-next-step']);
});

test('from the second round on another engineer comes (H-76), in the same case', async () => {
  const repair = await aVisit(company);
  const other = await anEngineer(company);
  await repair.forward({ until: at(repair.from) });
  await repair.does('report-arrival');
  await repair.does('finish-visit', { outcome: 'repaired', trialRun: true, certain: false, what: '更换电容' });
  await repair.does('record-contact', { about: 'does-not-work', what: '又坏了' });
  const again = { ...slot(repair.from + 20 * hour, repair.from + 21 * hour), work: 'repair' };
  const refused = await repair.tried('book-visit', { ...again, engineerId: repair.engineerId });
  expect(refused.body).toMatchObject({ status: 409, code: 'same-engineer', rule: 'H-76' });
  const seen = await repair.does('book-visit', { ...again, engineerId: other });
  expect(seen.status).toBe('visit-booked');
  expect(seen.promises.map(({ kind }) => kind)).toContain('new-visit');
  await repair.forward({ until: at(repair.from + 20 * hour) });
  await repair.does('report-arrival');
  expect(await repair.outcomes()).toContain('new-visit kept');
});
