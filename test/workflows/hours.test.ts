import { firstPolicy } from '../../prisma/seed';
import { openCompany, type Company } from '../support/company';
import { aRepair, hour, minute } from '../support/repair';

let company: Company;
beforeAll(async () => {
  const { sendingHours, deskHours } = firstPolicy;
  company = await openCompany({ policy: { sendingHours, deskHours } });
}, 60_000);
afterAll(() => company.close());

/** The time of day in Shanghai. */
const clock = (at: string | Date | undefined) =>
  new Date(new Date(at ?? NaN).getTime() + 8 * hour).toISOString().slice(11, 16);

test('guidance that ends at 20:30 is checked at 08:00, and says why; the call follows in the morning', async () => {
  const repair = await aRepair(company);
  await repair.forwardTo('20:30');
  const { due } = await repair.guided();
  const [check] = (await repair.look()).promises;
  expect(clock(check?.dueAt)).toBe('08:00');
  expect(check?.because).toEqual([
    '2 h after the guidance (H-05)',
    'outside sending hours 08:00–21:00: 08:00 the next morning',
  ]);
  await repair.forward({ until: new Date(due - 1000).toISOString() });
  expect(await repair.texts()).toEqual([]);
  await repair.forward({ until: new Date(due + minute).toISOString() });
  expect(await repair.texts()).toHaveLength(1);
  const call = await repair.task('guidance-call');
  expect([clock(call?.notBefore), clock(call?.dueAt)]).toEqual(['08:30', '09:00']);
  expect(await repair.outcomes()).toEqual(['guidance-check kept', 'guidance-call null']);
});

test('a customer asked at 20:40 is called in the morning, and the text says so', async () => {
  const repair = await aRepair(company);
  await repair.forwardTo('18:40');
  const { due } = await repair.guided();
  await repair.forward({ until: new Date(due + minute).toISOString() });
  expect(await repair.texts()).toEqual([expect.stringMatching(/我们会在\d+月\d+日 周. 08:30前致电您/)]);
  const call = await repair.task('guidance-call');
  expect([clock(call?.notBefore), clock(call?.dueAt)]).toEqual(['08:00', '08:30']);
  const notes = await repair.notes();
  await repair.forward({ hours: 6 }); // through the night: nobody is reminded, nothing climbs
  expect(await repair.notes()).toEqual(notes);
});

test('a customer elsewhere is asked in the hours of his own zone', async () => {
  const repair = await aRepair(company, { timeZone: 'America/New_York', language: 'en' });
  await repair.forwardTo('20:00');
  const { due } = await repair.guided(); // 22:00 in Shanghai, 09:00 or 10:00 in New York
  expect(clock(new Date(due))).toBe('22:00');
  await repair.forward({ until: new Date(due + minute).toISOString() });
  expect(await repair.texts()).toHaveLength(1);
});
