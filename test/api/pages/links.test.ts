import { createLink, revokeLink } from '../../../prisma/links';
import { notPublishedYet } from '../../../domain/promises/provisional';
import { actionOf, csrfOf, openPages, type PageWorld, type Seen } from './a-customer';

let world: PageWorld;
beforeAll(async () => void (world = await openPages()), 30_000);
afterAll(() => world.close());

const refusal = ({ status, text }: Seen) => `${status} ${text}`;
const nowhere = `/p/${'A'.repeat(43)}`;
const soon = () => new Date(Date.now() + 3_600_000);

/** A customer with a question, and a link to answer it. */
async function asked(purpose: 'view' | 'answer' = 'answer') {
  const one = await world.aCase();
  await one.promised('guidance-call', soon());
  const question = await one.sent(`能用了吗？短码${one.shortCode}`, ['yes', 'no']);
  const { path, id } = await one.link(purpose);
  return { ...one, question, path, id };
}

test('a link holds 256 bits that are stored as a hash only', async () => {
  const { path } = await asked();
  expect(path).toMatch(/^\/p\/[\w-]{43}$/);
  const everything = await world.rows('SELECT to_jsonb(l) AS link FROM customer_links l');
  expect(JSON.stringify(everything)).not.toContain(path.slice(3));
});

test('whoever holds a link sees what was promised and asked, but nothing that would let him in', async () => {
  const one = await asked();
  const { status, text } = await world.browser().get(one.path);
  expect(status).toBe(200);
  expect(text).toContain(one.caseNumber);
  expect(text).toContain('没有收到您的答复，我们会在');
  expect(text).toContain('请输入您手机号的后四位');
  for (const secret of [one.shortCode, one.digits, '能用了吗？', 'csrf', '/answers/'])
    expect(text).not.toContain(secret);
});

test('a time that holidays may still move is said to be so', async () => {
  const one = await world.aCase();
  await one.promised('agree-next-step', soon(), new Date(), [notPublishedYet]);
  const { path } = await one.link();
  expect((await world.browser().get(path)).text).toContain('届时的节假日安排尚未公布，如有变动会提前告知您。');
  expect((await world.browser().get(`${path}?lang=en`)).text).toContain(
    'not announced yet; if this changes, we tell you',
  );
});

test('after the last four digits of the phone: the texts, the short code, the answers, and a cookie for this link alone', async () => {
  const one = await asked();
  const browser = world.browser();
  const { location, cookie } = await browser.post(one.path, { digits: one.digits });
  expect(location).toBe(one.path);
  expect(cookie).toMatch(
    new RegExp(
      `^aftercare-visit=[\\w-]{43}; Max-Age=1800; Path=${one.path}; Expires=[^;]+; HttpOnly; Secure; SameSite=Strict$`,
    ),
  );
  const { text } = await browser.get(one.path);
  expect(text).toContain('能用了吗？');
  expect(text).toContain(one.shortCode);
  expect(csrfOf(text)).toMatch(/^[\w-]{43}$/);
  expect((await browser.get('/track/case')).status).toBe(303);
});

test('where everything runs on one machine, cookies need no https', async () => {
  const local = await openPages({ onOneMachine: { pendingCallbacks: () => Promise.resolve(0) } });
  try {
    const one = await local.aCase();
    expect((await local.browser().post('/track', one.track)).cookie).toMatch(/HttpOnly; SameSite=Strict$/);
  } finally {
    await local.close();
  }
});

test('a customer without a phone is known by the short code', async () => {
  const one = await world.aCase({ customer: { phone: undefined, email: 'li@example.com' } });
  const { path } = await one.link();
  expect((await world.browser().get(path)).text).toContain('四位短码');
  expect((await world.browser().post(path, { digits: one.digits })).status).toBe(404);
  expect((await world.browser().enters(path, { digits: one.shortCode })).text).toContain(one.caseNumber);
});

test('a link to look at a case answers nothing, whatever is sent', async () => {
  const one = await asked('view');
  const browser = world.browser();
  const { text } = await browser.enters(one.path, { digits: one.digits });
  expect(text).toContain('能用了吗？');
  expect(actionOf(text)).toBe('');
  const form = { csrf: csrfOf(text), choice: 'yes' };
  expect((await browser.post(`${one.path}/answers/${one.question}`, form)).status).toBe(404);
  expect(await one.answers()).toEqual([]);
});

test('wrong, expired and revoked links and wrong digits get one and the same page, byte for byte', async () => {
  const [one, expired, revoked, old, locked] = [
    await asked(),
    await asked(),
    await asked(),
    await asked(),
    await asked(),
  ];
  await world.rows('UPDATE customer_links SET expires_at = now() WHERE id = $1', expired.id);
  expect([await revokeLink(world.database, revoked.id), await revokeLink(world.database, revoked.id)]).toEqual([
    true,
    false,
  ]);
  await old.ended('satisfied', 31);
  const wrong = one.digits === '1111' ? '2222' : '1111';
  for (let tries = 1; tries <= 5; tries += 1) await world.browser().post(locked.path, { digits: 'x'.repeat(4) });
  for (let tries = 1; tries <= 5; tries += 1) await world.browser().post(locked.path, { digits: wrong });

  const { browser } = world;
  const pages = [
    ...[nowhere, '/p/short', `${one.path}x`, expired.path, revoked.path, old.path].map((path) => browser().get(path)),
    ...[nowhere, expired.path, revoked.path, old.path].map((path) => browser().post(path, { digits: one.digits })),
    browser().post(one.path, { digits: wrong }),
    browser().post(one.path, { digits: '9'.repeat(1600) }),
    browser().post(locked.path, { digits: locked.digits }),
    browser().get(`${one.path}/answers/${one.question}`),
    browser().post(`${one.path}/answers/${one.question}`, { choice: 'yes' }),
    browser().get(`${one.path}/answers/nothing`),
  ];
  const seen = new Set((await Promise.all(pages)).map(refusal));
  expect([...seen]).toEqual([expect.stringMatching(/^404 .*链接已失效/s)]);
});

test("the token, cookie or question of another case lead to that same page, and never to that other's answer", async () => {
  const [one, other] = [await asked(), await asked()];
  const browser = world.browser();
  const mine = await browser.enters(one.path, { digits: one.digits });
  const stranger = world.browser();
  stranger.takeCookiesOf(browser, () => other.path);
  const [unknown, question, link, cookie] = [
    await browser.get(nowhere),
    await browser.post(`${one.path}/answers/${other.question}`, { csrf: csrfOf(mine.text), choice: 'yes' }),
    await browser.post(`${other.path}/answers/${other.question}`, { csrf: csrfOf(mine.text), choice: 'yes' }),
    await stranger.post(`${other.path}/answers/${other.question}`, { csrf: csrfOf(mine.text), choice: 'yes' }),
  ];
  expect(new Set([unknown, question, link, cookie].map(refusal)).size).toBe(1);
  expect((await stranger.get(other.path)).text).not.toContain('能用了吗？');
  stranger.takeCookiesOf(browser, () => '/track');
  expect((await stranger.get('/track/case')).status).toBe(303);
  expect(await other.answers()).toEqual([]);
});

test('five wrong tries lock a link for 15 minutes, and that link alone', async () => {
  const one = await asked();
  const second = await createLink(world.database, { caseNumber: one.caseNumber, purpose: 'answer', expiresAt: soon() });
  const wrong = one.digits === '1111' ? '2222' : '1111';
  const enter = (path: string, digits: string) => world.browser().post(path, { digits });
  for (let tries = 1; tries <= 5; tries += 1) await enter(one.path, wrong);
  expect((await enter(one.path, one.digits)).status).toBe(404);
  expect((await world.browser().get(one.path)).status).toBe(200);
  expect((await enter(second.path, one.digits)).status).toBe(303);
  await world.rows(`UPDATE page_tries SET locked_until = now() WHERE place = $1`, `link ${one.id}`);
  expect((await enter(one.path, one.digits)).status).toBe(303);
});

test('a scanner that opens, follows and posts everything changes nothing, and the link still works for the person', async () => {
  const one = await asked();
  const before = await world.stored();
  const scanner = world.browser({ 'User-Agent': 'scanner' });
  for (let round = 1; round <= 6; round += 1) {
    await scanner.request('HEAD', one.path);
    const { text } = await scanner.get(one.path);
    const links = [...text.matchAll(/(?:href|action)="([^"]*)"/g)].map(([, to]) => to!.replaceAll('&amp;', '&'));
    for (const to of links.filter((link) => /^[/?]/.test(link))) {
      const path = to.startsWith('?') ? one.path + to : to;
      await scanner.get(path);
      await scanner.post(path);
      await scanner.post(path, { digits: '', choice: 'yes', csrf: '' });
    }
    await scanner.post(`${one.path}/answers/${one.question}`, { choice: 'yes' });
    await scanner.request('HEAD', `${one.path}/answers/${one.question}`);
    await scanner.get(`${one.path}?digits=${one.digits}`);
  }
  expect(await world.stored()).toEqual(before);
  const person = world.browser();
  await person.presses(await person.enters(one.path, { digits: one.digits }), 'yes');
  expect(await one.answers()).toHaveLength(1);
});

test.each([
  ['opens', {}],
  ['prefetches', { 'Sec-Purpose': 'prefetch;prerender', Purpose: 'prefetch' }],
])('whoever only %s pages changes nothing, also after he has entered and answered', async (_what, headers) => {
  const one = await asked();
  const browser = world.browser({ 'Accept-Language': 'zh-CN', ...headers });
  const receipt = await browser.presses(await browser.enters(one.path, { digits: one.digits }), 'no');
  await browser.enters('/track', one.track);
  expect(receipt.text).toContain('收到了，谢谢');
  const before = await world.stored();
  const visits = await world.rows('SELECT * FROM page_visits ORDER BY token_hash');
  for (const base of [one.path, '/track'])
    for (const path of [
      base,
      `${base}/answers/${one.question}`,
      '/track/case',
      `${base}?choice=yes&digits=${one.digits}`,
    ])
      for (const method of ['GET', 'HEAD']) expect((await browser.request(method, path)).status).toBeLessThan(400);
  expect(await world.stored()).toEqual(before);
  expect(await world.rows('SELECT * FROM page_visits ORDER BY token_hash')).toEqual(visits);
});

test('a scanner that types and posts what it guesses answers nothing, with the form or the cookie of a person neither', async () => {
  const one = await asked();
  const person = world.browser();
  const page = await person.enters(one.path, { digits: one.digits });
  const before = await world.stored();
  const answer = `${one.path}/answers/${one.question}`;
  const scanner = world.browser({ 'User-Agent': 'scanner' });
  const forms = [
    { choice: 'yes' },
    { choice: 'yes', csrf: csrfOf(page.text) },
    { choice: 'yes', csrf: 'A'.repeat(43) },
  ];
  for (const form of forms) expect((await scanner.post(answer, form)).status).toBe(404);
  expect((await person.post(answer, { choice: 'yes', csrf: 'A'.repeat(43) })).status).toBe(404);
  expect((await person.post(answer, { choice: 'maybe', csrf: csrfOf(page.text) })).status).toBe(404);
  expect(await world.stored()).toEqual(before);
  await person.presses(page, 'yes');
  expect(await one.answers()).toHaveLength(1);
});

test('a revoked link ends the visits that came by it', async () => {
  const one = await asked();
  const browser = world.browser();
  const page = await browser.enters(one.path, { digits: one.digits });
  await revokeLink(world.database, one.id);
  expect((await browser.get(one.path)).status).toBe(404);
  expect((await browser.post(actionOf(page.text), { csrf: csrfOf(page.text), choice: 'yes' })).status).toBe(404);
  expect(await one.answers()).toEqual([]);
});

test('no address on any page holds a phone number, a short code or a case number', async () => {
  const one = await asked();
  const browser = world.browser();
  const pages = [
    await browser.get(one.path),
    await browser.enters(one.path, { digits: one.digits }),
    await browser.enters('/track', one.track),
  ];
  pages.push(await browser.presses(pages[2]!, 'no'));
  const addresses = pages.flatMap(({ text, location }) => [
    location,
    ...[...text.matchAll(/(?:href|action|src)="([^"]*)"/g)].map(([, to]) => to!),
  ]);
  expect(addresses.length).toBeGreaterThan(10);
  for (const address of addresses.filter((to) => to !== 'tel:4000000000')) {
    const [place] = [address.replace(/\/(p|answers)\/[\w-]+/g, '')];
    expect(place).not.toMatch(/\d{4}|AC-/);
  }
});
