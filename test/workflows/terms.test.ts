import { DateTime } from 'luxon';
import { publishPolicy } from '../../prisma/publish-policy';
import { openCompany, roundTheClock, type Company } from '../support/company';
import { aPolicyFile } from '../support/policy-file';
import { aRepair, hour, minute } from '../support/repair';

const clock = (at: string | Date | undefined, zone: string) =>
  DateTime.fromJSDate(new Date(at ?? NaN), { zone }).toFormat('HH:mm');

describe('a policy that is published while a case is open', () => {
  let company: Company;
  beforeAll(async () => {
    company = await openCompany();
  }, 60_000);
  afterAll(() => company.close());

  test('the old case is checked after 2 h by its own terms, a new one after 3 h, and each shows its version', async () => {
    const old = await aRepair(company);
    const { policy } = aPolicyFile();
    const guidance = { ...policy.guidance, checkAfterHours: 3 };
    const file = aPolicyFile({ policy: { ...policy, ...roundTheClock, guidance } });
    expect(await publishPolicy(company.ledger.pool, file)).toBe('published');
    const young = await aRepair(company);

    for (const [repair, hours, version] of [
      [old, 2, 'test-1'],
      [young, 3, 'next-year'],
    ] as const) {
      const { endedAt, due } = await repair.guided();
      expect(due - endedAt).toBe(hours * hour);
      expect((await repair.look()).terms?.policyVersion).toBe(version);
      await repair.forward({ until: new Date(due - minute).toISOString() });
      expect(await repair.texts()).toEqual([]);
      await repair.forward({ until: new Date(due + minute).toISOString() });
      expect(await repair.texts()).toHaveLength(1);
    }
  });
});

describe('a customer in Berlin of a store in Hangzhou', () => {
  let company: Company;
  beforeAll(async () => {
    company = await openCompany({ policy: {} });
  }, 60_000);
  afterAll(() => company.close());

  const berlin = 'Europe/Berlin';
  const shanghai = 'Asia/Shanghai';

  test('a text due in his night waits for his morning, which is afternoon at the desk that then calls', async () => {
    const repair = await aRepair(company, { timeZone: berlin });
    await repair.forwardTo('10:00'); // 03:00 or 04:00 in Berlin
    const { due } = await repair.guided();
    expect(clock(new Date(due), berlin)).toBe('08:00');
    await repair.forward({ until: new Date(due - 1000).toISOString() });
    expect(await repair.texts()).toEqual([]);
    await repair.forward({ until: new Date(due + minute).toISOString() });
    expect(await repair.texts()).toHaveLength(1);
    const call = await repair.task('guidance-call');
    expect([clock(call?.notBefore, berlin), clock(call?.dueAt, berlin)]).toEqual(['08:30', '09:00']);
  });

  test('a text due in the night of the store leaves in his afternoon; the call waits until both are awake', async () => {
    const repair = await aRepair(company, { timeZone: berlin });
    await repair.forwardTo('20:00');
    const { due } = await repair.guided();
    expect(clock(new Date(due), shanghai)).toBe('22:00');
    await repair.forward({ until: new Date(due + minute).toISOString() });
    expect(await repair.texts()).toHaveLength(1);
    const call = await repair.task('guidance-call');
    expect(clock(call?.notBefore, berlin)).toBe('08:00');
    expect(Number(clock(call?.dueAt, shanghai).slice(0, 2))).toBeLessThan(21);
  });
});
