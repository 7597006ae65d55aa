import { usualPolicy } from '../../domain/policies/usual';
import { expectAgreement } from '../support/agreement';
import { openCompany, roundTheClock, type Company } from '../support/company';
import { aRepair, eventually, hour, minute } from '../support/repair';
import { aVisit, anEngineer, at, slot, tasksNow, told } from '../support/visit';

const second = 1000;
let company: Company;
beforeAll(async () => {
  company = await openCompany();
}, 60_000);
afterAll(() => company.close());

const withoutConfirmation = async (repair: Awaited<ReturnType<typeof aVisit>>) =>
  (await told(company, repair)).filter((template) => template !== 'visit-confirmed' && template !== 'visit-day-before');

test('nobody came and nobody told us: the customer heard it before his slot was over, a new time is offered to him first, and two tasks are open (K-16)', async () => {
  const repair = await aVisit(company);
  await repair.forward({ until: at(repair.from - 30 * minute) });
  expect(await tasksNow(repair)).toEqual(['depart', 'not-departed']);
  await repair.forward({ until: at(repair.by - minute) });
  expect(await withoutConfirmation(repair)).toEqual(['running-late']);
  const late = (await repair.texts()).at(-1);
  expect(late).toContain('王建国师傅可能赶不上');
  expect(late).not.toContain('因');
  expect((await repair.look()).promises.find(({ kind }) => kind === 'arrival-news')?.dueAt).toBeDefined();
  expect(await tasksNow(repair)).toContain('ask-engineer');

  await repair.forward({ until: at(repair.by + 15 * minute + 2 * second) });
  const people = (await repair.tasks()).map(({ kind, role }) => [kind, role]);
  expect(people).toEqual([
    ['late-call', 'dispatcher'],
    ['visit-late', 'service-manager'],
  ]);
  await repair.forward({ until: at(repair.by + 46 * minute) });
  expect(await tasksNow(repair)).toContain('find-engineer');

  await repair.forward({ until: at(repair.by + 60 * minute + 2 * second) });
  expect(await withoutConfirmation(repair)).toEqual(['running-late', 'new-slot-offered']);
  expect((await repair.texts()).at(-1)).toMatch(/我们没有做到。我们会在.*前致电您，优先为您安排新的时间/);
  expect((await repair.tasks()).map(({ kind, role }) => [kind, role])).toEqual([
    ['agree-other-time', 'desk'],
    ['visit-missed', 'service-manager'],
  ]);
  expect(await repair.outcomes()).toContain('visit escalated');
  expect((await repair.look()).promises.map(({ kind }) => kind)).toEqual(['new-slot']);

  const from = repair.by + 20 * hour;
  expect((await repair.does('move-visit', slot(from, from + hour))).status).toBe('visit-booked');
  expect(await repair.outcomes()).toContain('new-slot kept');
  await repair.forward({ minutes: 1 });
  expect((await withoutConfirmation(repair)).at(-1)).toBe('visit-moved');
  await expectAgreement(company, repair);
});

test('14:59 late is not an apology of its own, 15:00 is; who wants more gets the service manager within the time of the text (H-34, H-35)', async () => {
  const [early, late] = [await aVisit(company), await aVisit(company)];
  for (const repair of [early, late]) await repair.forward({ until: at(repair.by + 16 * minute) });
  await early.does('report-arrival', { happenedAt: at(early.by + 14 * minute + 59 * second) });
  await late.does('report-arrival', { happenedAt: at(late.by + 15 * minute) });
  await early.forward({ minutes: 1 });
  await late.forward({ minutes: 1 });
  expect(await withoutConfirmation(early)).toEqual(['running-late']);
  expect(await withoutConfirmation(late)).toEqual(['running-late', 'late-apology']);
  const late14 = (await early.promises()).find(({ kind }) => kind === 'visit');
  expect([late14?.outcome, late14?.lateSeconds]).toEqual(['kept-late', 14 * 60 + 59]);
  expect((await late.tasks()).map(({ kind }) => kind)).toEqual(['report-result']);

  await late.does('finish-visit', { outcome: 'repaired', trialRun: true, certain: true, cause: '电容', what: '更换' });
  const digit = /需要请回(\d)/.exec((await late.texts()).at(-1)!)![1]!;
  await late.replies(digit);
  const task = await late.task('apologise');
  const contact = (await late.look()).promises.find(({ kind }) => kind === 'manager-contact');
  expect([task?.role, task?.dueAt.toISOString()]).toEqual(['service-manager', contact?.dueAt]);
  expect((await late.completed('apologise', 'apologised')).status).toBe(200);
  expect(await late.outcomes()).toContain('manager-contact kept');
  await expectAgreement(company, late);
});

test('a delay is told at once, again only when it slips by 15 minutes, twice at most, and a cause only as a person stated it (TR-11)', async () => {
  const repair = await aVisit(company);
  await repair.forward({ until: at(repair.by - 40 * minute) });
  const delayed = (minutes: number, more = {}) =>
    repair.does('report-delay', { eta: at(repair.by + minutes * minute), ...more });
  await delayed(20, { cause: '高架堵车' });
  await repair.forward({ minutes: 1 });
  expect((await repair.texts()).at(-1)).toContain('因高架堵车');
  await delayed(30);
  await repair.forward({ minutes: 1 });
  expect(await withoutConfirmation(repair)).toEqual(['running-late']);
  await delayed(35);
  await repair.forward({ minutes: 1 });
  expect(await withoutConfirmation(repair)).toEqual(['running-late', 'running-late']);
  expect((await repair.texts()).at(-1)).not.toContain('因');
  await delayed(55); // what texts do not tell any more, a person does
  expect((await repair.task('late-call'))?.role).toBe('dispatcher');
  await repair.forward({ until: at(repair.by + minute) });
  expect(await withoutConfirmation(repair)).toEqual(['running-late', 'running-late']);
});

test('who asks for another time is called about it, and no digit is lost by a move', async () => {
  const repair = await aVisit(company, { daysAhead: 2 });
  await eventually(async () => (await repair.texts()).length === 1);
  await repair.replies(/改时间回(\d)/.exec((await repair.texts())[0]!)![1]!);
  expect((await repair.task('agree-other-time'))?.role).toBe('desk');
  const refused = await repair.completed('agree-other-time', 'told', 'desk-1');
  expect(refused.body).toMatchObject({ code: 'completes-with' });
  await repair.does('move-visit', slot(repair.from + hour, repair.by + hour));
  expect(await repair.outcomes()).toContain('new-slot kept');
  expect(await repair.task('agree-other-time')).toBeUndefined();
});

test('of an engineer who cannot come we do not wait an hour to say so', async () => {
  const repair = await aVisit(company);
  await repair.forward({ until: at(repair.from - 34 * minute) });
  expect((await repair.completed('not-departed', 'cannot-come', 'dispatcher-1')).status).toBe(200);
  await repair.forward({ minutes: 1 });
  expect(await withoutConfirmation(repair)).toEqual(['new-slot-offered']);
  expect((await repair.tasks()).map(({ kind }) => kind)).toEqual(['agree-other-time', 'visit-missed']);
});

test('with everything stopped across the whole slot nothing false is told and nothing twice: people find out first', async () => {
  const seconds = (count: number) => count / 60;
  const visit = {
    ...usualPolicy.visit,
    departureBufferMinutes: seconds(1),
    askEngineerBeforeMinutes: seconds(2),
    lateTextBeforeMinutes: seconds(1),
    lateFromMinutes: seconds(1),
    dispatcherLooksAfterMinutes: seconds(2),
    missedAfterMinutes: seconds(3),
    lateNewsWithinMinutes: seconds(1),
  };
  const small = await openCompany({ policy: { ...roundTheClock, visit } });
  try {
    const repair = await aRepair(small);
    const engineerId = await anEngineer(small);
    // The store's day, whatever the hour of this test.
    await small.rows(
      `UPDATE stores SET hours = jsonb_set(hours, '{week}', (SELECT jsonb_object_agg(day, '[{"from":"00:00","to":"24:00"}]'::jsonb) FROM jsonb_object_keys(hours->'week') day))`,
    );
    const from = Date.now() + 6 * second;
    await repair.does('book-visit', { ...slot(from, from + 2 * second), engineerId, travelMinutes: 0, work: 'repair' });
    await eventually(async () => (await repair.texts()).length === 1);
    await small.stopWorkers();
    await eventually(() => Date.now() > from + 8 * second, 30_000);
    await small.startWorker();
    await eventually(async () => (await repair.task('find-engineer')) !== undefined);
    expect(await told(small, repair)).toEqual(['visit-confirmed']);
    expect((await repair.tasks()).map(({ kind, role }) => [kind, role])).toEqual([
      ['visit-late', 'service-manager'],
      ['find-engineer', 'dispatcher'],
    ]);
    expect((await repair.completed('find-engineer', 'does-not-come', 'dispatcher-1')).status).toBe(200);
    await eventually(async () => (await repair.texts()).length === 2);
    expect(await told(small, repair)).toEqual(['visit-confirmed', 'new-slot-offered']);
    expect((await repair.tasks()).map(({ kind }) => kind)).toEqual(['agree-other-time', 'visit-missed']);
    await expectAgreement(small, repair);
  } finally {
    await small.close();
  }
});
