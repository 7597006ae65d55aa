import { openCompany, type Company } from '../support/company';
import { aRepair, hour, minute, type Repair } from '../support/repair';
import { aVisit, anEngineer, at, slot } from '../support/visit';

let company: Company;
beforeAll(async () => {
  company = await openCompany();
}, 60_000);
afterAll(() => company.close());

/** Two in the afternoon in Hangzhou, some days from now. */
async function afternoon(repair: Repair, days: number): Promise<number> {
  const { now } = await repair.look();
  const today = new Date(Date.parse(now) + 8 * hour).toISOString().slice(0, 10);
  return Date.parse(`${today}T14:00:00+08:00`) + days * 24 * hour;
}

const books = (repair: Repair, engineerId: string, from: number, by = from + hour, more = {}) =>
  repair.tried('book-visit', { ...slot(from, by), engineerId, work: 'repair', ...more });

interface Refused {
  status: number;
  code: string;
  rule?: string;
  freeSlots?: { from: string; by: string; engineerId: string }[];
}
const refusedWith = async (answer: ReturnType<typeof books>) => (await answer).body as Refused;

test('two bookings of one engineer that come at once: one wins, and the other is offered what is free (H-07)', async () => {
  const repairs = await Promise.all([aRepair(company), aRepair(company), aRepair(company)]);
  const engineerId = await anEngineer(company);
  const from = await afternoon(repairs[0]!, 2);
  const answers = await Promise.all(repairs.map((repair) => books(repair, engineerId, from)));
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
  const lost = answers.find(({ status }) => status === 409)!.body as Refused;
  expect(lost).toMatchObject({ code: 'engineer-busy', rule: 'H-07' });
  expect(lost.freeSlots).toHaveLength(3);
  const loser = repairs[answers.findIndex(({ status }) => status === 409)]!;
  const { engineerId: offered, ...free } = lost.freeSlots![0]!;
  const again = await loser.tried('book-visit', { slot: free, engineerId: offered, work: 'repair' });
  expect(again.status).toBe(200);
});

test('a slot that cannot be kept is refused, with the next free ones (H-07)', async () => {
  const first = await aVisit(company, { daysAhead: 3 });
  const repair = await aRepair(company);
  const { engineerId, from, by } = first;
  const refused = (start: number, end: number, more = {}) => refusedWith(books(repair, engineerId, start, end, more));
  const { now } = await repair.look();

  expect((await refused(Date.parse(now) - hour, Date.parse(now) + hour)).code).toBe('slot-in-past');
  const night = await refused(from + 13 * hour, from + 14 * hour);
  expect([night.code, night.rule, night.freeSlots?.length]).toEqual(['outside-hours', 'H-07', 3]);
  const overlapping = await refused(from + hour, by + hour);
  expect([overlapping.code, overlapping.freeSlots?.length]).toEqual(['engineer-busy', 3]);
  // Done an hour after the other slot ends at the latest, and then on the way for half an hour with ten minutes in hand.
  expect((await refused(by + 99 * minute, by + 99 * minute)).code).toBe('engineer-cannot-arrive');
  expect((await refused(from + 20 * hour, from + 29 * hour)).code).toBe('slot-out-of-range');
  expect((await books(repair, 'engineer-3', from)).status).toBe(422); // of another store
  expect((await books(repair, engineerId, by + 100 * minute, by + 2 * hour)).status).toBe(200);

  const nowhere = await aRepair(company, { address: null });
  expect((await refusedWith(books(nowhere, engineerId, from + 48 * hour))).code).toBe('details-missing');
  expect(
    (await refusedWith(repair.tried('finish-visit', { outcome: 'repaired', trialRun: true, certain: true, what: 'x' })))
      .code,
  ).toBe('not-arrived');
});

test('what a refused, moved, cancelled or ended visit held is free again', async () => {
  const { engineerId, from, ...repair } = await aVisit(company, { daysAhead: 4 });
  const held = () => company.rows(`SELECT FROM engineer_slots WHERE engineer_id = $1 AND freed_at IS NULL`, engineerId);
  await refusedWith(books(repair, engineerId, from + 24 * hour)); // a second visit
  expect(await held()).toHaveLength(1);
  await repair.does('move-visit', slot(from + 30 * minute, from + hour)); // over its own slot
  expect(await held()).toHaveLength(1);
  const other = await aRepair(company);
  expect((await refusedWith(books(other, engineerId, from))).code).toBe('engineer-busy');
  await repair.does('cancel-case', { reason: '不修了' });
  expect(await held()).toHaveLength(0);
  expect((await books(other, engineerId, from)).status).toBe(200);
});

test('free slots are listed by the hours of the store, and are free', async () => {
  const { engineerId, from, by } = await aVisit(company, { daysAhead: 5 });
  const day = from - 14 * hour; // midnight in Hangzhou
  const list = async (query: string) =>
    (await company.ask('GET', `/v1/engineers/${engineerId}/free-slots?${query}`)) as {
      status: number;
      body: { items: { from: string; by: string; engineerId: string }[] };
    };
  const { body } = await list(`from=${at(day)}&until=${at(day + 24 * hour)}&minutes=60`);
  const starts = body.items.map((one) => (Date.parse(one.from) - day) / hour);
  expect(starts).toEqual([9, 10, 11, 18, 19]);
  expect(body.items.every((one) => Date.parse(one.by) - Date.parse(one.from) === hour)).toBe(true);
  expect(by - from).toBe(2 * hour);
  const repair = await aRepair(company);
  expect((await books(repair, engineerId, day + 18 * hour)).status).toBe(200);
  expect((await list(`from=${at(day)}&until=${at(day + 50 * 24 * hour)}`)).status).toBe(422);
  expect((await company.ask('GET', '/v1/engineers/nobody/free-slots')).status).toBe(404);
});
