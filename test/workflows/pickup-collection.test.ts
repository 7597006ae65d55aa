import { createKey } from '../../api/keys';
import { openCompany, type Company } from '../support/company';
import { textsOfOurs } from '../support/conversation';
import { noticesOf, pastDue, ready, received } from '../support/pickup';
import { eventually, type Repair } from '../support/repair';

let company: Company;
beforeAll(async () => {
  company = await openCompany({ patience: { looks: [0.3] } });
}, 60_000);
afterAll(() => company.close());

const second = 1000;

/** When the last hand-over to the carrier began, by the wall clock. */
async function lastBegun({ caseNumber }: Repair): Promise<number> {
  const [row] = await company.rows<{ at: Date }>(
    `SELECT max(a.submitted_at) AS at FROM attempts a JOIN messages m ON m.id = a.message_id
     WHERE m.case_number = $1 AND m.template LIKE 'ready-%'`,
    caseNumber,
  );
  return row!.at.getTime();
}

test('collected between the second notice and the third: no third, and the customer is asked whether he is satisfied', async () => {
  const { repair, code } = await ready(company);
  await pastDue(repair, 'pickup-notice');
  const seen = await repair.does('record-collection', { code });
  expect([seen.status, seen.promises.map(({ kind }) => kind)]).toEqual(['confirming', ['satisfaction']]);
  expect(await repair.tasks()).toEqual([]);
  await pastDue(repair, 'satisfaction');
  await repair.forward({ hours: 20 });
  expect(await noticesOf(repair)).toEqual([1, 2]);
  expect((await textsOfOurs(repair)).at(-1)).toContain('您对这次处理满意吗');
});

test('collected in the same second as a notice: none begins after the collection was answered', async () => {
  const begunBefore = await Promise.all(
    [-60, -10, 0, 20, 60].map(async (offset) => {
      const { repair, code } = await ready(company);
      const owed = (await repair.look()).promises.find(({ kind }) => kind === 'pickup-notice');
      await repair.forward({ until: new Date(Date.parse(owed!.dueAt) - second).toISOString() });
      const { now } = await repair.look();
      const collectAt = Date.now() + Date.parse(owed!.dueAt) - Date.parse(now) + offset;
      await eventually(() => Date.now() >= collectAt);
      await repair.does('record-collection', { code });
      const answeredAt = Date.now();
      await repair.forward({ hours: 12 });
      return (await lastBegun(repair)) <= answeredAt && (await noticesOf(repair)).length <= 2;
    }),
  );
  expect(begunBefore).toEqual([true, true, true, true, true]);
});

test.each([
  ['refused by the carrier for now', { tooMany: 1 }],
  ['with the carrier, or not: nobody knows', { down: 1 }],
])('collected while a notice is %s: it does not begin again', async (_name, faults) => {
  const { repair, code } = await ready(company);
  await company.phone.people('PUT', '/faults', { to: repair.phone, ...faults });
  const owed = (await repair.look()).promises.find(({ kind }) => kind === 'pickup-notice');
  await repair.forward({ until: new Date(Date.parse(owed!.dueAt) - second).toISOString() });
  const before = await lastBegun(repair);
  await eventually(async () => (await lastBegun(repair)) > before);
  await repair.does('record-collection', { code });
  const answeredAt = Date.now();
  await company.phone.people('DELETE', `/faults?to=${encodeURIComponent(repair.phone)}`);
  await repair.forward({ hours: 12 });
  expect(await noticesOf(repair)).toEqual([1]);
  expect(await lastBegun(repair)).toBeLessThanOrEqual(answeredAt);
});

test('the code of the receipt opens the store; five wrong ones lock it, and a store manager has another way', async () => {
  const { repair, code } = await ready(company);
  const wrong = code === '000000' ? '000001' : '000000';
  expect(code).toMatch(/^\d{6}$/);
  for (const body of [{}, { code: '12' }, { code, identity: '身份证' }, { identity: '身份证' }])
    expect((await repair.tried('record-collection', body)).status).toBe(422);
  for (let tries = 0; tries < 5; tries += 1)
    expect((await repair.tried('record-collection', { code: wrong })).body).toMatchObject({
      status: 409,
      code: 'wrong-pickup-code',
    });
  expect((await repair.tried('record-collection', { code })).body).toMatchObject({ code: 'wrong-pickup-code' });

  const byIdentity = { identity: '身份证', reason: '取件单遗失' };
  expect((await repair.tried('record-collection', { ...byIdentity, by: 'clerk-1' })).body).toMatchObject({
    status: 409,
    code: 'not-your-role',
  });
  await repair.does('record-collection', { ...byIdentity, by: 'store-manager-1' });
  expect((await repair.look()).status).toBe('confirming');
});

test('nothing is finished before it was received, nor without a passed test, nothing is received twice, nothing collected twice', async () => {
  const { repair, code } = await received(company);
  const finished = (more: object = {}) =>
    repair.tried('report-repair-finished', {
      result: 'repaired',
      testResult: 'passed',
      testedBy: 'workshop-1',
      ...more,
    });
  const receivedAgain = () => repair.tried('receive-product', { condition: '完好', proofSeen: true, route: 'store' });
  expect((await repair.look()).status).toBe('in-workshop');
  expect((await receivedAgain()).body).toMatchObject({ code: 'product-received', rule: 'D-02' });
  expect((await repair.tried('record-collection', { code })).body).toMatchObject({ code: 'nothing-to-collect' });
  expect((await finished({ testResult: 'failed' })).body).toMatchObject({ code: 'not-tested', rule: 'H-62' });
  expect((await finished({ testedBy: 'nobody-1' })).status).toBe(422);
  expect((await finished()).status).toBe(200);
  expect((await finished()).body).toMatchObject({ code: 'product-not-received' });
  await repair.does('record-collection', { code });
  expect((await repair.tried('record-collection', { code })).body).toMatchObject({ code: 'nothing-to-collect' });
});

test('the pick-up code is for those who may see who the customer is, and stands in no history', async () => {
  const { repair, code } = await ready(company);
  const key = await createKey(company.ledger.pool, { name: 'a list', scopes: ['cases:read'] });
  const { body: masked } = await company.ask('GET', `/v1/cases/${repair.caseNumber}`, undefined, {
    authorization: `Bearer ${key}`,
  });
  expect((masked as { pickupCode: string }).pickupCode).not.toBe(code);
  const { events } = await repair.handle.fetchHistory();
  expect(JSON.stringify(events)).not.toContain(code);
  const { body } = await company.ask('GET', `/v1/cases/${repair.caseNumber}/timeline`);
  expect(JSON.stringify(body)).not.toContain(code);
});
