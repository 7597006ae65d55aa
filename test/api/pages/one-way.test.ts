import { openCompany, type Company } from '../../support/company';
import { asked, textsOfOurs } from '../../support/conversation';
import { aMobile, eventually } from '../../support/repair';
import { aBrowser } from './a-customer';

let company: Company;
beforeAll(async () => void (company = await openCompany()), 60_000);
afterAll(() => company.close());

/** A guided customer whose number hears us but cannot answer, and his browser on the page of his case. */
async function guidedOneWay() {
  const repair = await asked(company, { phone: aMobile('+86139') });
  const [text = ''] = await textsOfOurs(repair);
  const { caseNumber, shortCode } = await repair.look();
  const browser = aBrowser(company.url);
  const page = await browser.enters('/track', { case: caseNumber, code: shortCode });
  return { repair, text, browser, page, shortCode };
}

test('a guided customer whose number takes no replies answers on the page: the case closes satisfied and nobody phones', async () => {
  const { repair, text, browser, page, shortCode } = await guidedOneWay();
  expect(text).toContain(shortCode);
  expect(page.text).toContain(text.slice(0, 20));
  expect(page.text).toMatch(/如果产品不能用，或没有收到您的答复，我们会在.*前致电您/);

  expect((await browser.presses(page, 'yes')).text).toContain('收到了，谢谢');
  await eventually(async () => (await repair.look()).ending === 'satisfied');
  expect(await repair.outcomes()).toEqual(['guidance-check kept', 'guidance-call cancelled']);
  expect(await repair.tasks()).toEqual([]);
  expect(await textsOfOurs(repair)).toHaveLength(1);
  expect((await browser.get('/track/case')).text).toContain('问题已经解决');
  expect((await browser.presses(page, 'no')).text).toMatch(/收到了，谢谢.*>能用<.*已经有了结果/s);
});

test('a no on the page keeps the promised call, at once, and a yes after it is still heard', async () => {
  const { repair, browser, page } = await guidedOneWay();
  await browser.presses(page, 'no');
  await eventually(async () => (await repair.task('agree-next-step')) !== undefined);
  expect((await repair.look()).status).not.toBe('closed');
  const after = await browser.get('/track/case');
  expect(after.text).toContain('我们会在');
  await browser.presses(after, 'yes');
  await eventually(async () => (await repair.look()).ending === 'satisfied');
});
