import type { TaskTerms } from '../../domain/policies/terms';
import { firstPolicy } from '../../prisma/seed';
import { openCompany, roundTheClock, type Company } from '../support/company';
import { aRepair, eventually, hour, minute, type Repair } from '../support/repair';

const { deskHours, ladders } = firstPolicy;

/** Somebody has to agree the next step: the first task of every repair, here of whom and by when the test says. */
const companyWith = (task: TaskTerms, policy = {}) =>
  openCompany({ policy: { ...roundTheClock, tasks: { ...firstPolicy.tasks, 'agree-next-step': task }, ...policy } });

const nextStep = async (repair: Repair) => (await repair.task('agree-next-step'))!;
const climbed = async (repair: Repair) => (await repair.notes()).filter((note) => note.startsWith('task-'));
/** The time of day in Shanghai. */
const clock = (at: Date | string) => new Date(new Date(at).getTime() + 8 * hour).toISOString().slice(11, 16);

describe('round the clock', () => {
  let company: Company;
  beforeAll(async () => {
    company = await companyWith({ role: 'desk', dueInMinutes: 30, climbEveryMinutes: 30 });
  }, 60_000);
  afterAll(() => company.close());

  test('a task reminds when due, climbs one named role at a time to the top, and reminds daily there (S-03, E-22)', async () => {
    const repair = await aRepair(company);
    await repair.forward({ minutes: 29 });
    expect(await climbed(repair)).toEqual([]);
    const seen: [number, string][] = [];
    for (let rung = 0; rung < 4; rung += 1) {
      await repair.forward({ minutes: rung === 0 ? 2 : 30 });
      seen.push([(await climbed(repair)).length, (await nextStep(repair)).role]);
    }
    expect(seen).toEqual([
      [1, 'desk'],
      [2, 'service-manager'],
      [3, 'centre-head'],
      [4, 'headquarters'],
    ]);
    await repair.forward({ hours: 23 });
    expect(await climbed(repair)).toHaveLength(4);
    await repair.forward({ hours: 2 });
    await repair.forward({ hours: 24 });
    expect((await climbed(repair)).slice(4)).toEqual(['task-reminded', 'task-reminded']);
    expect((await nextStep(repair)).role).toBe('headquarters');
  });

  test('a task that was put off is its own role’s again, reminds half an hour after that time, and climbs afresh', async () => {
    const repair = await aRepair(company);
    await repair.forward({ minutes: 61 });
    expect((await nextStep(repair)).role).toBe('service-manager');
    const { now } = await repair.look();
    const until = new Date(Date.parse(now) + 2 * hour).toISOString();
    const id = `${repair.caseNumber}~${(await nextStep(repair)).task.replace('/', '~')}`;
    const snoozed = await company.ask('POST', `/v1/tasks/${id}/actions/snooze`, { by: 'manager-1', until });
    expect(snoozed.status).toBe(200);
    const { role, notBefore, dueAt } = await nextStep(repair);
    expect([role, notBefore.toISOString(), dueAt.getTime()]).toEqual(['desk', until, Date.parse(until) + 30 * minute]);
    const before = (await climbed(repair)).length;
    await repair.forward({ until: new Date(Date.parse(until) + 29 * minute).toISOString() });
    expect(await climbed(repair)).toHaveLength(before);
    await repair.forward({ minutes: 2 });
    expect((await climbed(repair)).at(-1)).toBe('task-reminded');
    await repair.forward({ minutes: 30 });
    expect((await nextStep(repair)).role).toBe('service-manager');
  });

  test('a task that is handed over to a role climbs from there, and stays there when it is put off', async () => {
    const repair = await aRepair(company);
    const id = `${repair.caseNumber}~${(await nextStep(repair)).task.replace('/', '~')}`;
    const act = (action: string, body: object) =>
      company.ask('POST', `/v1/tasks/${id}/actions/${action}`, { by: 'desk-1', ...body });
    expect((await act('hand-over', { to: 'engineer' })).status).toBe(200);
    const { now } = await repair.look();
    const until = new Date(Date.parse(now) + hour).toISOString();
    expect((await act('snooze', { until })).status).toBe(200);
    expect((await nextStep(repair)).role).toBe('engineer');
    await repair.forward({ until: new Date(Date.parse(until) + 61 * minute).toISOString() });
    expect((await nextStep(repair)).role).toBe('senior-engineer');
    await repair.forward({ minutes: 30 });
    expect((await nextStep(repair)).role).toBe('headquarters');
  });

  test('a task handed over after its reminder climbs the ladder of whoever has it then', async () => {
    const repair = await aRepair(company);
    const id = `${repair.caseNumber}~${(await nextStep(repair)).task.replace('/', '~')}`;
    await repair.forward({ minutes: 31 });
    const handed = await company.ask('POST', `/v1/tasks/${id}/actions/hand-over`, { by: 'desk-1', to: 'clerk' });
    expect(handed.status).toBe(200);
    await repair.forward({ minutes: 30 });
    expect((await nextStep(repair)).role).toBe('store-manager');
  });
});

describe('by the hours of the role', () => {
  test('through a night of the desk nobody is reminded and nothing climbs', async () => {
    const company = await companyWith({ role: 'desk', dueInMinutes: 30, climbEveryMinutes: 30 }, { deskHours });
    try {
      const repair = await aRepair(company);
      const until = await comes(repair, '20:20');
      const id = `${repair.caseNumber}~${(await nextStep(repair)).task.replace('/', '~')}`;
      expect((await company.ask('POST', `/v1/tasks/${id}/actions/snooze`, { by: 'desk-1', until })).status).toBe(200);
      await repair.forward({ until: new Date(Date.parse(until) + 31 * minute).toISOString() });
      const evening = await climbed(repair);
      expect(evening.at(-1)).toBe('task-reminded'); // 20:50: due; 10 minutes are left of the day
      await repair.forwardTo('08:18');
      expect(await climbed(repair)).toEqual(evening);
      await repair.forwardTo('08:21');
      expect((await nextStep(repair)).role).toBe('service-manager');
    } finally {
      await company.close();
    }
  });

  test('what is asked of the store is due and climbs while it is open, its break at noon left out', async () => {
    const company = await companyWith({ role: 'desk', dueInMinutes: 60, climbEveryMinutes: 60 });
    try {
      const repair = await aRepair(company);
      const until = await comes(repair, '11:15');
      const id = `${repair.caseNumber}~${(await nextStep(repair)).task.replace('/', '~')}`;
      for (const [action, body] of Object.entries({ 'hand-over': { to: 'clerk' }, snooze: { until } }))
        expect((await company.ask('POST', `/v1/tasks/${id}/actions/${action}`, { by: 'desk-1', ...body })).status).toBe(
          200,
        );
      expect(clock((await nextStep(repair)).dueAt)).toBe('11:45');
      const roles = [];
      for (const time of ['11:46', '13:44', '13:46', '14:46', '15:46', '16:46', '17:46']) {
        await repair.forwardTo(time);
        roles.push((await nextStep(repair)).role);
      }
      expect(roles).toEqual(['clerk', 'clerk', ...ladders.store!.flat().slice(1), 'marketing-director']);
    } finally {
      await company.close();
    }
  });
});

test('after an outage as long as five rungs a task climbs one level, not five, and each next level has its time', async () => {
  const seconds = 3;
  const company = await companyWith({ role: 'desk', dueInMinutes: seconds / 60, climbEveryMinutes: seconds / 60 });
  try {
    const repair = await aRepair(company);
    await eventually(async () => (await climbed(repair)).includes('task-reminded'));
    await company.stopWorkers();
    const over = Date.now() + 5 * seconds * 1000;
    await eventually(() => Date.now() > over, 60_000);
    await company.startWorker();
    await eventually(async () => (await climbed(repair)).includes('task-climbed'));
    expect((await nextStep(repair)).role).toBe('service-manager');
    await eventually(async () => (await nextStep(repair)).role === 'headquarters', 30_000);
    const moments = await company.rows<{ at: Date }>(
      `SELECT at FROM timeline WHERE case_number = $1 AND note = 'task-climbed' AND NOT superseded ORDER BY id`,
      repair.caseNumber,
    );
    const [first, second, third] = moments.map(({ at }) => at.getTime()) as [number, number, number];
    expect(Math.min(second - first, third - second)).toBeGreaterThanOrEqual(seconds * 1000 - 50);
  } finally {
    await company.close();
  }
}, 120_000);

/** When the clock in Shanghai shows that time next. */
async function comes(repair: Repair, timeOfDay: string): Promise<string> {
  const { now } = await repair.look();
  const today = new Date(Date.parse(now) + 8 * hour).toISOString().slice(0, 10);
  const at = Date.parse(`${today}T${timeOfDay}:00+08:00`);
  return new Date(at > Date.parse(now) + minute ? at : at + 24 * hour).toISOString();
}
