import { openCompany, type Company } from '../support/company';
import { textsOfOurs } from '../support/conversation';
import { clockTime, dayOf, noticesOf, pastDue, ready } from '../support/pickup';

let company: Company;
beforeAll(async () => {
  company = await openCompany();
}, 60_000);
afterAll(() => company.close());

test('notices on day 0, 3 and 6 at the same clock time, headquarters on day 9 (S-27, S-28)', async () => {
  const { repair, readyAt } = await ready(company);
  await pastDue(repair, 'pickup-notice');
  await pastDue(repair, 'pickup-notice');
  expect(await noticesOf(repair)).toEqual([1, 2, 3]);
  const sent = await repair.sentAt();
  expect(sent.map((at) => dayOf(at, readyAt))).toEqual([0, 3, 6]);
  expect(new Set(sent.map(clockTime))).toEqual(new Set(['11:00']));
  expect((await textsOfOurs(repair)).at(-1)).toContain('我们会寄到登记地址（文三路 1 号），运费由我们承担');
  const call = await repair.task('pickup-call');
  expect([dayOf(call!.notBefore.getTime(), readyAt), call?.role]).toEqual([7, 'clerk']);
  await repair.called('told', {}, 'pickup-call');

  const informed = await pastDue(repair, 'headquarters-informed');
  expect([dayOf(informed, readyAt), clockTime(informed)]).toEqual([9, '11:00']);
  expect((await repair.tasks()).map(({ kind, role }) => `${kind} ${role}`)).toEqual([
    'not-collected headquarters',
    'send-parcel clerk',
  ]);
  expect(await repair.outcomes()).toEqual([
    'repair-due kept',
    'repair-late-told cancelled',
    'pickup-notice kept',
    'pickup-notice kept',
    'pickup-notice kept',
    'headquarters-informed kept',
    'parcel-sent null',
  ]);
});
