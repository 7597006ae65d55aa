import { openCompany, type Company } from '../support/company';
import { eventually, hour } from '../support/repair';
import { anEngineer, at, aVisit, slot, type Visited } from '../support/visit';

let company: Company;
beforeAll(async () => {
  company = await openCompany();
}, 60_000);
afterAll(() => company.close());

const second = 1000;

/** The engineer was there in time and has just left. */
async function left(visited: Visited, end: { trialRun: boolean; certain: boolean; cause?: string }): Promise<number> {
  await visited.forward({ until: at(visited.from) });
  await visited.does('report-arrival');
  await visited.does('finish-visit', { outcome: 'repaired', what: '换了电容', ...end });
  return Date.parse((await visited.look()).now);
}

const checkDue = async (visited: Visited) =>
  Date.parse((await visited.look()).promises.find(({ kind }) => kind === 'revisit-check')?.dueAt ?? '');

test('a repair that is not certain is checked after exactly 3 h, one without a trial run after 2, both at 2 (H-63, H-75)', async () => {
  for (const [end, hours] of [
    [{ trialRun: true, certain: false, cause: '疑似电容' }, 3],
    [{ trialRun: false, certain: true, cause: '电容' }, 2],
    [{ trialRun: false, certain: false }, 2],
  ] as const) {
    const visited = await aVisit(company);
    const leftAt = await left(visited, end);
    const due = await checkDue(visited);
    expect(Math.abs(due - leftAt - hours * hour)).toBeLessThan(5 * second);
    const before = (await visited.texts()).length;
    await visited.forward({ until: at(due - 2 * second) });
    expect((await visited.texts()).length).toBe(before);
    await visited.forward({ until: at(due + 2 * second) });
    await eventually(async () => (await visited.texts()).at(-1)?.includes('运行正常吗') === true);
  }
});

test('a yes to the check is the answer: he is not asked again whether he is satisfied (H-72)', async () => {
  const visited = await aVisit(company);
  await left(visited, { trialRun: true, certain: false });
  await visited.forward({ until: at((await checkDue(visited)) + 2 * second) });
  await visited.does('record-contact', { about: 'works', what: '来电说好了' });
  expect((await visited.look()).ending).toBe('satisfied');
});

test('a no brings a new visit within a day in the same case, by another engineer, and the manager hears of it (H-76)', async () => {
  const visited = await aVisit(company);
  await left(visited, { trialRun: true, certain: false });
  await visited.forward({ until: at((await checkDue(visited)) + 2 * second) });
  await visited.does('record-contact', { about: 'does-not-work', what: '又响了' });
  await eventually(async () => (await visited.task('agree-next-step')) !== undefined);
  const seen = await visited.look();
  const owed = seen.promises.find(({ kind }) => kind === 'new-visit');
  expect(Math.round((Date.parse(owed?.dueAt ?? '') - Date.parse(seen.now)) / hour)).toBe(24);
  expect((await visited.task('another-round'))?.role).toBe('service-manager');

  const other = await anEngineer(company);
  const again = Date.parse(seen.now) + 20 * hour;
  const same = await visited.tried('book-visit', { ...slot(again), engineerId: visited.engineerId, work: 'repair' });
  expect([same.status, (same.body as { rule?: string }).rule]).toEqual([409, 'H-76']);
  await visited.does('book-visit', { ...slot(again), engineerId: other, work: 'repair' });
  await visited.forward({ until: at(again) });
  await visited.does('report-arrival');
  expect(await visited.outcomes()).toContain('new-visit kept');
});
