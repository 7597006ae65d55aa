import { openCompany, type Company } from '../support/company';
import { textsOfOurs } from '../support/conversation';
import { clockTime, dayOf, pastDue, received } from '../support/pickup';
import { eventually, type Repair } from '../support/repair';

let company: Company;
beforeAll(async () => {
  company = await openCompany();
}, 60_000);
afterAll(() => company.close());

/** Repaired, told and collected at eleven; answers when. */
async function collected(repair: Repair, code: string): Promise<number> {
  await repair.forwardTo('11:00');
  await repair.does('report-repair-finished', { result: 'repaired', testResult: 'passed', testedBy: 'desk-2' });
  await eventually(async () => (await repair.notes()).filter((note) => note === 'told').length > 0);
  await repair.does('record-collection', { code });
  return Date.parse((await repair.look()).now);
}

/** A customer who was asked just now whether he is satisfied. */
async function asked() {
  const { repair, code } = await received(company);
  const collectedAt = await collected(repair, code);
  const due = await pastDue(repair, 'satisfaction');
  return { repair, code, collectedAt, due };
}

const satisfactionTexts = async (repair: Repair) =>
  (await textsOfOurs(repair)).filter((text) => text.includes('您对这次处理满意吗')).length;

test('whoever collected is asked on the next day at ten, and a yes closes the case (S-32, H-72)', async () => {
  const { repair, collectedAt, due } = await asked();
  expect([dayOf(due, collectedAt), clockTime(due)]).toEqual([1, '10:00']);
  expect(await satisfactionTexts(repair)).toBe(1);
  await repair.replies('1');
  const seen = await repair.look();
  expect([seen.status, seen.ending]).toEqual(['closed', 'satisfied']);
  expect(await repair.outcomes()).toContain('satisfaction kept');
});

test('after a no somebody agrees the next step within half an hour, and it is asked again in the next round (H-76)', async () => {
  const { repair } = await asked();
  await repair.replies('2');
  await eventually(async () => (await repair.task('agree-next-step')) !== undefined);
  const answeredAt = Date.parse((await repair.look()).now);
  const owed = (await repair.look()).promises.find(({ kind }) => kind === 'agree-next-step');
  expect(Math.round((Date.parse(owed?.dueAt ?? '') - answeredAt) / 60_000)).toBe(30);
  expect((await repair.tasks()).map(({ kind, role }) => `${kind} ${role}`).sort()).toEqual([
    'agree-next-step desk',
    'another-round service-manager',
  ]);

  await repair.does('choose-service-way', { faultClass: 'hardware', way: 'workshop' });
  const { pickupCode } = await repair.does('receive-product', {
    condition: '无新增划痕',
    proofSeen: true,
    route: 'store',
  });
  await collected(repair, pickupCode ?? '');
  await pastDue(repair, 'satisfaction');
  expect(await satisfactionTexts(repair)).toBe(2);
  // The digits of the first question rest: a late "1" answers nobody.
  const [, yes = ''] = /满意回(\d)/.exec((await textsOfOurs(repair)).at(-1) ?? '') ?? [];
  await repair.replies(yes);
  expect((await repair.look()).ending).toBe('satisfied');
});

test('whoever stays silent is reminded a day later, called the day after, and closed unconfirmed, never as satisfied', async () => {
  const { repair, due } = await asked();
  const reminded = await pastDue(repair, 'satisfaction-reminder');
  expect(dayOf(reminded, due)).toBe(1);
  expect(await satisfactionTexts(repair)).toBe(2);
  const call = await repair.task('satisfaction-call');
  expect(dayOf(call!.notBefore.getTime(), due)).toBe(2);
  await repair.forward({ until: new Date(call!.notBefore.getTime() + 60_000).toISOString() });
  await repair.called('no-answer', {}, 'satisfaction-call');
  expect((await repair.look()).ending).toBe('unconfirmed');
});

test('from the second round on he is called on three days before that', async () => {
  const { repair } = await asked();
  await repair.does('record-contact', { about: 'not-satisfied', what: '来电说又响了' });
  const again = await repair.does('receive-product', { condition: '同上', proofSeen: true, route: 'store' });
  await collected(repair, again.pickupCode ?? '');
  const due = await pastDue(repair, 'satisfaction');
  await pastDue(repair, 'satisfaction-reminder');
  const days: number[] = [];
  for (let made = 0; made < 3; made += 1) {
    await eventually(async () => (await repair.task('satisfaction-call')) !== undefined);
    const call = await repair.task('satisfaction-call');
    days.push(dayOf(call!.notBefore.getTime(), due));
    await repair.forward({ until: new Date(call!.notBefore.getTime() + 60_000).toISOString() });
    await repair.called('no-answer', {}, 'satisfaction-call');
  }
  expect(days).toEqual([2, 3, 4]);
  expect((await repair.look()).ending).toBe('unconfirmed');
});

test('what he says in the call counts as what he texts', async () => {
  const { repair } = await asked();
  await pastDue(repair, 'satisfaction-reminder');
  const call = await repair.task('satisfaction-call');
  await repair.forward({ until: new Date(call!.notBefore.getTime() + 60_000).toISOString() });
  await repair.called('satisfied', {}, 'satisfaction-call');
  expect((await repair.look()).ending).toBe('satisfied');
});

test('an approver ends it with a clear no and his reason (C-12)', async () => {
  const { repair } = await asked();
  await repair.replies('2');
  const { status } = await repair.completed('another-round', 'nothing-more-to-do');
  expect(status).toBe(200);
  expect((await repair.look()).ending).toBe('refused');
});

test('opted out between the question and its reminder: no reminder is sent, and he is called all the same', async () => {
  const { repair } = await asked();
  await repair.reply('STOP');
  await eventually(async () => (await repair.notes()).includes('opted-out'));
  await pastDue(repair, 'satisfaction-reminder');
  expect(await satisfactionTexts(repair)).toBe(1);
  expect(await repair.task('satisfaction-call')).toBeDefined();
  expect(await repair.outcomes()).toContain('satisfaction-reminder escalated');
});
