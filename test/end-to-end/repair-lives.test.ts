import { expectAgreement } from '../support/agreement';
import { openCompany, type Company } from '../support/company';
import { textsOfOurs } from '../support/conversation';
import { clockTime } from '../support/pickup';
import { aRepair, hour, minute, type Repair } from '../support/repair';
import { anEngineer, at, slot, told } from '../support/visit';

let company: Company;
beforeAll(async () => {
  company = await openCompany({ policy: {}, patience: { looks: [0.3] } }); // hours as a business has them
}, 60_000);
afterAll(() => company.close());

const faults = (repair: Repair, set: object) => company.phone.people('PUT', '/faults', { to: repair.phone, ...set });

test('a carrier that never answers and never reports: each text of a visit, a second round and a pickup is there once', async () => {
  const repair = await aRepair(company, { category: '电饭煲' });
  const engineerId = await anEngineer(company);
  await faults(repair, { acceptThenDrop: 1, callbacksLost: 1 });
  const { now } = await repair.forwardTo('10:00');
  const from = Math.round(Date.parse(now) / minute) * minute + 28 * hour;
  await repair.does('book-visit', { ...slot(from, from + 2 * hour), engineerId, work: 'repair' });
  await repair.forward({ until: at(from + hour) });
  await repair.does('report-arrival', { by: 'engineer-1' });
  const end = { outcome: 'repaired', trialRun: true, certain: true, cause: '电热盘损坏', what: '更换电热盘' };
  expect((await repair.does('finish-visit', { by: 'engineer-1', ...end })).status).toBe('confirming');
  await repair.does('record-contact', { about: 'not-satisfied', what: '又不加热了' });

  await repair.forwardTo('10:00');
  const { pickupCode } = await repair.does('receive-product', { condition: '完好', proofSeen: true, route: 'store' });
  await repair.does('report-repair-finished', { result: 'repaired', testResult: 'passed', testedBy: 'workshop-1' });
  await repair.forward({ days: 4 });
  expect((await repair.does('record-collection', { code: pickupCode })).status).toBe('confirming');
  await repair.forward({ hours: 25 });

  const texts = await textsOfOurs(repair);
  expect(await told(company, repair)).toEqual([
    'visit-confirmed',
    'visit-day-before',
    'ready-1',
    'ready-2',
    'satisfaction',
  ]);
  expect(texts).toHaveLength(5);
  expect(new Set(texts).size).toBe(5);
  await expectAgreement(company, repair);
  expect((await repair.does('record-contact', { about: 'satisfied', what: '好了' })).ending).toBe('satisfied');
  await expectAgreement(company, repair);
}, 120_000);

test('no carrier for five hours across the check in the evening: no text comes in the night, and the desk calls in the morning, once', async () => {
  const repair = await aRepair(company);
  await repair.forwardTo('17:30');
  const { due } = await repair.guided();
  expect(clockTime(due)).toBe('19:30');
  await faults(repair, { down: 1 });
  await repair.forward({ until: at(due + 5 * hour) });
  expect(await repair.texts()).toEqual([]);
  await faults(repair, { down: 0 });
  await company.stopWorkers();
  await company.startWorker();
  await repair.forward({ hours: 12 });

  expect(await textsOfOurs(repair)).toEqual([]);
  expect(await repair.outcomes()).toEqual(['guidance-check escalated', 'guidance-call null']);
  const [call] = (await repair.look()).promises;
  expect(clockTime(Date.parse(call?.dueAt ?? ''))).toBe('09:00');
  expect((await repair.tasks()).filter(({ kind }) => kind === 'guidance-call')).toHaveLength(1);
  await expectAgreement(company, repair);
}, 120_000);
