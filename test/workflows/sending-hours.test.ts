import { randomInt } from 'node:crypto';
import { DateTime } from 'luxon';
import { openCompany, type Company } from '../support/company';
import { attemptsOf, inText, leftAt, textsOfOurs } from '../support/conversation';
import { aRepair } from '../support/repair';

const second = 1000;
const iso = (at: number) => new Date(at).toISOString();
const timeOfDay = (at: number, zone = 'Asia/Shanghai') => DateTime.fromMillis(at, { zone }).toFormat('HH:mm');

let company: Company;
beforeAll(async () => {
  company = await openCompany({ policy: {}, patience: { looks: [0.3] } });
}, 60_000);
afterAll(() => company.close());

/** Guided until 18:59, asked at 20:59, when the carrier is away; it is back at 02:00. */
async function awayForTheNight(faults: object) {
  const repair = await aRepair(company);
  await repair.forwardTo('18:59');
  const { due } = await repair.guided();
  await company.phone.people('PUT', '/faults', { to: repair.phone, ...faults });
  await repair.forward({ until: iso(due + 2 * second) });
  await repair.forwardTo('02:00');
  await company.phone.people('DELETE', `/faults?to=${encodeURIComponent(repair.phone)}`);
  await repair.forwardTo('07:59');
  expect(await repair.texts()).toEqual([]);
  await repair.forward({ minutes: 2 });

  expect([timeOfDay(due), timeOfDay(await leftAt(company, repair))]).toEqual(['20:59', '08:00']);
  expect(await textsOfOurs(repair)).toEqual([
    expect.stringContaining(`${await inText(repair, 'guidance-call')}前致电您`),
  ]);
  expect(await repair.outcomes()).toEqual(['guidance-check kept-late', 'guidance-call null']);
  const [check] = await repair.promises();
  expect(Math.round((check?.lateSeconds ?? 0) / 60)).toBe(11 * 60 + 1);
  return repair;
}

test('a text of 20:59 that the carrier does not take until 02:00 does not leave at night but at 08:00, and says sorry', async () => {
  const repair = await awayForTheNight({ tooMany: 1 });
  expect(await textsOfOurs(repair)).toEqual([expect.stringContaining('抱歉来晚了')]);
});

test('a text of 20:59 of which nobody knows until 02:00 whether the carrier has it does not leave at night either', async () => {
  const repair = await awayForTheNight({ down: 1 });
  expect((await attemptsOf(company, repair)).map(({ state }) => state)).toEqual(['lost', 'delivered']);
});

test('a guidance that ends at 20:30 is checked at 08:00, and the promise says why', async () => {
  const repair = await aRepair(company);
  await repair.forwardTo('20:30');
  const { due } = await repair.guided();
  expect(timeOfDay(due)).toBe('08:00');
  await repair.forward({ until: iso(due - second) });
  expect(await repair.texts()).toEqual([]);
  await repair.forward({ until: iso(due + 2 * second) });
  expect(await textsOfOurs(repair)).toHaveLength(1);
  const [check] = await repair.promises();
  expect([check?.outcome, check?.because]).toEqual([
    'kept',
    ['2 h after the guidance (H-05)', 'outside sending hours 08:00–21:00: 08:00 the next morning'],
  ]);
});

test('an English customer is texted in the hours of his own zone, and the text names it', async () => {
  const zone = 'America/Los_Angeles';
  const phone = `+1415${randomInt(2_300_000, 2_900_000)}`;
  const repair = await aRepair(company, { phone, language: 'en', timeZone: zone });
  const there = DateTime.fromISO((await repair.look()).now, { zone });
  const evening = there.set({ hour: 20, minute: 30, second: 0, millisecond: 0 });
  await repair.forward({ until: iso((evening > there ? evening : evening.plus({ days: 1 })).toMillis()) });
  const { due } = await repair.guided();
  expect(timeOfDay(due, zone)).toBe('08:00');
  await repair.forward({ until: iso(due - second) });
  expect(await repair.texts()).toEqual([]);
  await repair.forward({ until: iso(due + 2 * second) });

  const callBy = await inText(repair, 'guidance-call', 'en', zone);
  expect(callBy).toMatch(/^\w{3} \d+ \w{3} \d\d:\d\d GMT-[78]$/);
  expect(await repair.texts()).toEqual([expect.stringContaining(`we will phone you by ${callBy}.`)]);
  expect((await repair.texts())[0]).toContain('Reply 1 = yes, 2 = no.');
  expect(await repair.outcomes()).toEqual(['guidance-check kept', 'guidance-call null']);
});
