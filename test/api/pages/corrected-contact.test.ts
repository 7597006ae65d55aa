import { randomUUID } from 'node:crypto';
import { actionOf, csrfOf, openPages, type CustomerCase, type PageWorld, type Seen } from './a-customer';

let world: PageWorld;
beforeAll(async () => void (world = await openPages()), 30_000);
afterAll(() => world.close());

/** As a step does that accepted it. */
async function isCorrected({ caseNumber }: CustomerCase, details: object): Promise<void> {
  await world.rows(
    `INSERT INTO entries (id, case_number, kind, by, details, opening, step) VALUES ($1, $2, 'changeContact', 'desk-1', $3, 1, 1)`,
    ...[randomUUID(), caseNumber, details],
  );
  await world.rows('SELECT refresh_case_details($1)', caseNumber);
}
const codeOf = async ({ caseNumber }: CustomerCase) =>
  (await world.rows<{ code: string }>('SELECT short_code AS code FROM cases WHERE case_number = $1', caseNumber))[0]!
    .code;
const isLetIn = ({ status }: Seen) => status === 303;

describe('after a contact was corrected, whoever got our texts and mails before', () => {
  test.each([
    ['a number', { phone: '+8618612345678' }],
    ['a mail address', { email: 'right@example.com' }],
  ])('has no way to the case any more: %s', async (_what, corrected) => {
    const one = await world.aCase({ customer: { email: 'wrong@example.com' } });
    await one.sent(`能用了吗？短码${one.shortCode}`, ['yes', 'no']);
    const { path } = await one.link();
    const [byCode, byLink] = [world.browser(), world.browser()];
    const tracked = await byCode.enters('/track', one.track);
    const linked = await byLink.enters(path, { digits: one.digits });
    await isCorrected(one, corrected);

    for (const [browser, page] of [
      [byCode, tracked],
      [byLink, linked],
    ] as const)
      await browser.post(actionOf(page.text), { csrf: csrfOf(page.text), choice: 'yes' });
    expect(await one.answers()).toEqual([]);
    expect((await byLink.get(path)).status).toBe(404);
    expect(isLetIn(await world.browser().post('/track', one.track))).toBe(false);
    expect(isLetIn(await world.browser().post(path, { digits: '5678' }))).toBe(false);
    expect(isLetIn(await world.browser().post('/track', { case: one.caseNumber, code: await codeOf(one) }))).toBe(true);
  });

  test('but a name, the same number, or a first mail address closes nothing', async () => {
    const one = await world.aCase();
    const browser = world.browser();
    await browser.enters('/track', one.track);
    await isCorrected(one, { name: '李雷', phone: one.phone, email: 'first@example.com' });
    expect((await browser.get('/track/case')).status).toBe(200);
    expect(await codeOf(one)).toBe(one.shortCode);
  });
});
