import { openPages, type PageWorld, type Seen } from './a-customer';

let world: PageWorld;
beforeAll(async () => void (world = await openPages()), 30_000);
afterAll(() => world.close());

const later = (minutes: number) => new Date(Date.now() + minutes * 60_000);
const refusal = ({ status, text }: Seen) => `${status} ${text}`;

test('case number and short code lead to the case, however they are typed', async () => {
  const one = await world.aCase();
  const typed = [
    { case: one.caseNumber, code: one.shortCode },
    { case: ` ${one.caseNumber.toLowerCase().replaceAll('-', ' ')} `, code: [...one.shortCode].join(' ') },
    {
      case: one.caseNumber.slice(3).replaceAll('0', 'o').replaceAll('1', 'l'),
      code: one.shortCode.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))),
    },
  ];
  for (const form of typed) {
    const browser = world.browser();
    const { status, location, cookie } = await browser.post('/track', form);
    expect([status, location]).toEqual([303, '/track/case']);
    expect(cookie).toMatch(
      /^aftercare-visit=[\w-]{43}; Max-Age=1800; Path=\/track; Expires=[^;]+; HttpOnly; Secure; SameSite=Strict$/,
    );
    expect((await browser.get(location)).text).toContain(one.caseNumber);
  }
});

test('only the hash of the cookie is stored, for 30 minutes; afterwards one has to enter again', async () => {
  const one = await world.aCase();
  const browser = world.browser();
  const { cookie } = await browser.post('/track', one.track);
  const [visit] = await world.rows<{ hash: string; minutes: number }>(
    `SELECT token_hash AS hash, round(extract(epoch FROM expires_at - now()) / 60)::int AS minutes FROM page_visits WHERE case_number = $1`,
    one.caseNumber,
  );
  expect(visit).toEqual({ hash: expect.stringMatching(/^[0-9a-f]{64}$/), minutes: 30 });
  expect(cookie).not.toContain(visit!.hash);
  await world.rows(`UPDATE page_visits SET expires_at = now() WHERE case_number = $1`, one.caseNumber);
  const { status, location } = await browser.get('/track/case');
  expect([status, location]).toEqual([303, '/track']);
});

test('unknown case, wrong code, no code, closed tracking and a locked case get the same page, byte for byte', async () => {
  const [one, locked, old, erased] = [
    await world.aCase(),
    await world.aCase(),
    await world.aCase(),
    await world.aCase(),
  ];
  for (let tries = 1; tries <= 5; tries += 1)
    await world.browser().post('/track', { ...locked.track, code: locked.wrongCode });
  await old.ended('satisfied', 31);
  await world.rows('UPDATE case_details SET phone = NULL, email = NULL WHERE case_number = $1', erased.caseNumber);

  const entering = [
    { ...one.track, code: one.wrongCode },
    { case: 'AC-0000-0000', code: '1234' },
    { ...one.track, code: '' },
    { ...one.track, code: `${one.shortCode}0` },
    { case: '', code: one.shortCode },
    { case: '王'.repeat(1600), code: '1'.repeat(1600) },
    { case: one.caseNumber },
    {},
    locked.track,
    old.track,
    erased.track,
  ] as { [field: string]: string }[];
  const pages = new Set<string>();
  for (const form of entering) pages.add(refusal(await world.browser().post('/track', form)));
  expect([...pages]).toEqual([expect.stringMatching(/^403 .*单号和短码不符/s)]);
});

test('five wrong codes lock a case for 15 minutes, for the right code too, and for that case alone', async () => {
  const [one, other] = [await world.aCase(), await world.aCase()];
  const enter = (code: string) => world.browser().post('/track', { case: one.caseNumber, code });
  for (let tries = 1; tries <= 4; tries += 1) await enter(one.wrongCode);
  expect((await enter(one.shortCode)).status).toBe(303);
  for (let tries = 1; tries <= 5; tries += 1) await enter(one.wrongCode);
  expect((await enter(one.shortCode)).status).toBe(403);
  expect((await world.browser().post('/track', other.track)).status).toBe(303);

  const [locked] = await world.rows<{ minutes: number }>(
    `SELECT round(extract(epoch FROM locked_until - now()) / 60)::int AS minutes FROM page_tries WHERE place = $1`,
    `track ${one.caseNumber}`,
  );
  expect(locked?.minutes).toBe(15);
  await world.rows(`UPDATE page_tries SET locked_until = now() WHERE place = $1`, `track ${one.caseNumber}`);
  await enter(one.wrongCode);
  expect((await enter(one.shortCode)).status).toBe(303);
});

test('twenty wrong codes at once are counted one by one', async () => {
  const one = await world.aCase();
  const wrong = { ...one.track, code: one.wrongCode };
  await Promise.all(Array.from({ length: 20 }, () => world.browser().post('/track', wrong)));
  expect((await world.browser().post('/track', one.track)).status).toBe(403);
});

test('a locked case can still be looked at by whoever entered before', async () => {
  const one = await world.aCase();
  const browser = world.browser();
  await browser.post('/track', one.track);
  for (let tries = 1; tries <= 5; tries += 1)
    await world.browser().post('/track', { ...one.track, code: one.wrongCode });
  expect((await browser.get('/track/case')).status).toBe(200);
});

test('the page speaks the language that was chosen, else that of the browser, and once the case is known that of its customer', async () => {
  const one = await world.aCase({ customer: { language: 'en' } });
  const chinese = world.browser();
  expect((await chinese.get('/track')).text).toMatch(/<html lang="zh-CN">.*查询服务进度/s);
  expect((await chinese.get('/track?lang=en')).text).toMatch(/<html lang="en">.*action="\/track\?lang=en"/s);
  expect((await world.browser({ 'Accept-Language': 'en-GB,zh;q=0.5' }).get('/track')).text).toContain(
    '<html lang="en">',
  );
  expect((await world.browser({}).get('/track')).text).toContain('<html lang="zh-CN">');
  const { text } = await chinese.enters('/track', one.track);
  expect(text).toMatch(/<html lang="en">.*What happens next/s);
  expect((await chinese.get('/track/case?lang=zh-CN')).text).toContain('接下来');
  expect((await chinese.post('/track?lang=zh-CN', one.track)).location).toBe('/track/case?lang=zh-CN');
});

test('the case shows what was promised and when, what comes next by itself, what was sent, and whom to call', async () => {
  const one = await world.aCase({ customer: { timeZone: 'America/Los_Angeles', language: 'en' } });
  await one.promised('guidance-check', new Date('2027-01-05T02:00:00Z'));
  await one.promised('reply-answered', new Date('2027-01-06T02:00:00Z'));
  await one.sent('Anxin Service: hello.');
  const { text } = await world.browser().enters('/track', one.track);
  expect(text).toContain('air conditioner · KFR-35GW');
  expect(text).toMatch(/What happens next.*At Mon 4 Jan 18:00 GMT-8 we ask you whether it works/s);
  expect(text).toMatch(/What we promised you.*contacts you by Tue 5 Jan 18:00 GMT-8/s);
  expect(text).toMatch(/What we sent you.*Anxin Service: hello\./s);
  expect(text).toMatch(new RegExp(`Short code.*${one.shortCode}`, 's'));
  expect(text).toMatch(/href="tel:4000000000">400-000-0000/);
  expect(text).not.toContain('sorry: this is late');
});

test('a promise that is late says so', async () => {
  const one = await world.aCase();
  await one.promised('guidance-call', later(-10));
  expect((await world.browser().enters('/track', one.track)).text).toContain('很抱歉，这件事已经晚了');
});

test('nothing that is ours or of others stands on it: no notes, no staff, no name, no number', async () => {
  const one = await world.aCase();
  const other = await world.aCase();
  await other.sent('of another case');
  await world.rows(
    `INSERT INTO entries (id, case_number, kind, by, words, opening, step) VALUES ('e1', $1, 'record-guidance', 'desk-1', '{"what":"secret note"}', 1, 1)`,
    one.caseNumber,
  );
  const { text } = await world.browser().enters('/track', one.track);
  for (const secret of [
    'secret note',
    'desk-1',
    'of another case',
    '李伟',
    one.phone,
    one.phone.slice(3),
    '不制冷',
    '文三路',
  ])
    expect(text).not.toContain(secret);
});

test.each([
  ['satisfied', '问题已经解决'],
  ['unconfirmed', '没有收到答复'],
  ['cancelled', '已取消'],
  ['another ending', '这次服务已办结'],
])('a case that ended %s says so kindly, and whom to call', async (ending, words) => {
  const one = await world.aCase();
  await one.ended(ending, 29);
  const { text } = await world.browser().enters('/track', one.track);
  expect(text).toContain(words);
  expect(text).toMatch(/如果还有任何问题，请致电我们.*400-000-0000/s);
});

test('what people typed is shown as they typed it, never as markup', async () => {
  const evil = `<script>alert(1)</script>"'><img src=x onerror=alert(1)>`;
  const one = await world.aCase({ product: { category: `<b onclick="x">`, model: `{{7*7}} <%= 1 %>` } });
  await one.sent(evil, ['yes', 'no']);
  await one.sent('长'.repeat(1600));
  const { text } = await world.browser().enters('/track', one.track);
  expect(text).not.toMatch(/<script|<img|<b /);
  expect(text).toContain('&lt;b onclick=&quot;x&quot;&gt; · {{7*7}} &lt;%= 1 %&gt;');
  expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&gt;');
  expect(text).toContain('长'.repeat(1600));
});

test('nobody may keep, frame or index a page, run a script on it, or learn its address from it', async () => {
  const one = await world.aCase();
  const browser = world.browser();
  const pages = [
    await browser.get('/track'),
    await browser.post('/track', {}),
    await browser.enters('/track', one.track),
    await browser.request('PUT', '/track'),
  ];
  for (const { headers, text } of pages) {
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-robots-tag')).toContain('noindex');
    expect(headers.get('content-security-policy')).toMatch(/default-src 'self'.*frame-ancestors 'none'/);
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(text).not.toMatch(/<script|javascript:| on\w+=/);
  }
  expect((await browser.get('/track/page.css')).headers.get('content-type')).toContain('text/css');
});

test('another method is answered 405 with a page, what is too long 413, and no address but these is served', async () => {
  const browser = world.browser();
  const refused = await browser.request('DELETE', '/track');
  expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST']);
  expect(refused.text).toContain('这里不能这样操作');
  expect((await browser.post('/track/case')).headers.get('allow')).toBe('GET, HEAD');
  expect((await browser.post('/track', { case: 'x'.repeat(70_000) })).status).toBe(413);
  expect((await browser.request('HEAD', '/track')).status).toBe(200);
  expect((await browser.get('/track/other')).status).toBe(404);
});
