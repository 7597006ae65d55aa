import { dateIn } from '../../../domain/calendar/hours';
import { dayWords } from '../../../domain/calendar/words';
import { behind, doorToPostgres } from '../../support/tcp-door';
import { actionOf, csrfOf, openPages, type PageWorld } from './a-customer';

let world: PageWorld;
beforeAll(async () => void (world = await openPages()), 30_000);
afterAll(() => world.close());

async function asked(about: Parameters<PageWorld['aCase']>[0] = {}, choices = ['yes', 'no']) {
  const one = await world.aCase(about);
  const question = await one.sent('能用了吗？', choices);
  const browser = world.browser();
  const page = await browser.enters('/track', one.track);
  return { ...one, question, browser, page };
}

test('a pressed button reaches the story as a reply by text does: once, with its question, under the number of the customer', async () => {
  const { browser, page, phone, question, ...one } = await asked();
  expect(page.text).toMatch(/<button name="choice" value="yes"[^>]*>能用<.*value="no"[^>]*>不能用</s);
  const receipt = await browser.presses(page, 'no');
  expect(receipt.text).toMatch(/收到了，谢谢.*您的回答.*不能用.*收到时间/s);
  expect(await one.answers()).toEqual([
    { choice: 'no', source: 'page', sender: phone, recipient: '+8613900139000', body: '不能用', kind: 'answer' },
  ]);
  expect(await one.heard()).toEqual([
    { replyId: expect.stringMatching(/^page-/), question: 'guidance-check', matter: 'guidance/x', choice: 'no' },
  ]);
  expect((await browser.get('/track/case')).text).toMatch(/您的回答.*不能用/s);
  expect(question).toBeTruthy();
});

test('the same button pressed again, reloaded, or ten times at once changes nothing and shows the same receipt', async () => {
  const { browser, page, ...one } = await asked();
  const form = { csrf: csrfOf(page.text), choice: 'yes' };
  const pressed = await Promise.all(Array.from({ length: 10 }, () => browser.post(actionOf(page.text), form)));
  expect(new Set(pressed.map(({ status, location }) => `${status} ${location}`)).size).toBe(1);
  const receipt = await browser.get(pressed[0]!.location);
  expect((await browser.presses(page, 'yes')).text).toBe(receipt.text);
  expect(await one.answers()).toHaveLength(1);
  expect(await one.heard()).toHaveLength(1);
});

test('who thinks again while the question is open is heard again, as by text', async () => {
  const { browser, page, ...one } = await asked();
  const first = await browser.presses(page, 'no');
  const again = await browser.get('/track/case');
  expect(again.text).not.toMatch(/value="no"/);
  expect((await browser.presses(again, 'yes')).text).not.toBe(first.text);
  expect((await one.answers()).map(({ choice }) => choice)).toEqual(['no', 'yes']);
  expect(await one.heard()).toHaveLength(2);
});

describe('a question that can be answered with a day', () => {
  const openingHours = [{ from: '00:00', to: '24:00' }];
  const store = {
    id: 'hz-01',
    name: { 'zh-CN': '杭州西湖店', en: 'Hangzhou' },
    timeZone: 'Asia/Shanghai',
    openingHours,
  };
  const isReady = async (choices = ['day'], template = 'ready-1') => {
    const one = await world.aCase({ terms: { store } });
    const question = await one.sent('您的空调已修好', choices, template);
    const browser = world.browser();
    return { ...one, question, browser, page: await browser.enters('/track', one.track) };
  };
  const inDays = (days: number) => dateIn(new Date(Date.now() + days * 86_400_000).toISOString(), 'Asia/Shanghai');

  test('offers the next thirty days, and the one that is chosen reaches the story', async () => {
    const { browser, page, question, ...one } = await isReady();
    const days = [...page.text.matchAll(/<option value="([^"]+)">([^<]+)/g)];
    expect(days.map(([, day]) => day)).toEqual(expect.arrayContaining([inDays(1), inDays(30)]));
    expect(days.length).toBeLessThanOrEqual(31);
    const form = { csrf: csrfOf(page.text), choice: 'day', day: inDays(3) };
    const { location } = await browser.post(actionOf(page.text), form);
    expect((await browser.get(location)).text).toContain(dayWords(inDays(3), 'zh-CN'));
    await browser.post(actionOf(page.text), form);
    expect(await one.answers()).toMatchObject([{ choice: 'day', body: dayWords(inDays(3), 'zh-CN'), source: 'page' }]);
    expect(await one.heard()).toEqual([
      { replyId: expect.any(String), question: 'ready-1', matter: 'guidance/x', choice: 'day', day: inDays(3) },
    ]);
    expect(question).toBeTruthy();
  });

  test('takes another day as another answer, and a button beside it as that', async () => {
    const { browser, page, ...one } = await isReady(['send', 'day'], 'ready-3');
    expect(page.text).toMatch(/<select.*value="day".*<button name="choice" value="send"[^>]*>送回/s);
    for (const day of [inDays(2), inDays(4)])
      await browser.post(actionOf(page.text), { csrf: csrfOf(page.text), choice: 'day', day });
    expect((await browser.presses(page, 'send')).text).toContain('送回');
    expect(await one.heard()).toMatchObject([{ day: inDays(2) }, { day: inDays(4) }, { choice: 'send' }]);
  });

  test('takes no day that is past, too far away or none: the page shows what can be chosen', async () => {
    const { browser, page, ...one } = await isReady();
    for (const day of ['', inDays(-1), inDays(31), '2026-02-30', 'Friday', '1'.repeat(1600)]) {
      const { status, location } = await browser.post(actionOf(page.text), {
        csrf: csrfOf(page.text),
        choice: 'day',
        day,
      });
      expect([status, location]).toEqual([303, '/track/case']);
    }
    expect(await one.answers()).toEqual([]);
  });
});

test('a question that was settled meanwhile says so kindly, and nothing is stored', async () => {
  const { browser, page, question, ...one } = await asked();
  await one.closeQuestion(question);
  expect((await browser.presses(page, 'yes')).text).toMatch(/这个问题已经结束.*已经有了结果/s);
  expect([await one.answers(), await one.heard()]).toEqual([[], []]);
  expect((await browser.get('/track/case')).text).not.toContain('name="choice"');
});

test('an answer that closed its question is shown as before when it is pressed again; another comes too late', async () => {
  const { browser, page, question, ...one } = await asked();
  await browser.presses(page, 'yes');
  await one.closeQuestion(question);
  for (const choice of ['yes', 'no'])
    expect((await browser.presses(page, choice)).text).toMatch(/收到了，谢谢.*>能用<.*已经有了结果/s);
  expect(await one.answers()).toHaveLength(1);
});

test('a case that has ended takes no answer', async () => {
  const { browser, page, ...one } = await asked();
  await one.ended('cancelled');
  expect((await browser.presses(page, 'no')).text).toContain('这个问题已经结束');
  expect(await one.heard()).toEqual([]);
});

test('without the token of its own form nothing is answered', async () => {
  const { browser, page, question, ...one } = await asked();
  const other = await asked();
  const path = `/track/answers/${question}`;
  for (const csrf of ['', 'x', csrfOf(other.page.text), 'ü'.repeat(1600)]) {
    const { status, text } = await browser.post(path, { csrf, choice: 'yes' });
    expect([status, text.includes('单号和短码不符')]).toEqual([403, true]);
  }
  const json = await fetch(world.url + path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Cookie: [...browser.cookies().values()].join(';') },
    body: JSON.stringify({ csrf: csrfOf(page.text), choice: 'yes' }),
  });
  expect(json.status).toBe(403);
  expect((await world.browser().post(path, { csrf: csrfOf(page.text), choice: 'yes' })).status).toBe(403);
  expect(await one.answers()).toEqual([]);
});

test('what is no choice of this question is no answer', async () => {
  const { browser, page, ...one } = await asked();
  for (const choice of ['', 'maybe', 'no\0', '是'.repeat(1600)])
    expect((await browser.post(actionOf(page.text), { csrf: csrfOf(page.text), choice })).status).toBe(403);
  expect(await one.answers()).toEqual([]);
});

test('two open questions are answered each by its own buttons', async () => {
  const { browser, question, ...one } = await asked();
  const survey = await one.sent('满意吗？', ['yes', 'no'], 'satisfaction');
  const { text } = await browser.get('/track/case');
  expect([...text.matchAll(/action="\/track\/answers\/([^"]+)"/g)].map(([, id]) => id)).toEqual([question, survey]);
  await browser.post(`/track/answers/${survey}`, { csrf: csrfOf(text), choice: 'no' });
  expect(await one.answers()).toMatchObject([{ choice: 'no', body: '不满意' }]);
  expect(await one.heard()).toMatchObject([{ question: 'satisfaction', choice: 'no' }]);
});

test("the answer is kept in the customer's own language, whichever he reads", async () => {
  const one = await asked({ customer: { language: 'en' } });
  const page = await one.browser.get('/track/case?lang=zh-CN');
  const receipt = await one.browser.presses(page, 'yes');
  expect(receipt.text).toMatch(/<html lang="zh-CN">.*能用/s);
  expect(await one.answers()).toMatchObject([{ body: 'It works' }]);
});

test('a reader who asks for the receipt of what he never answered is led to his case', async () => {
  const { browser, question } = await asked();
  expect((await browser.get(`/track/answers/${question}`)).location).toBe('/track/case');
});

test('an answer proves nothing about the text that asked', async () => {
  const { browser, page, question } = await asked();
  await world.rows(`UPDATE messages SET state = 'unknown' WHERE id = $1`, question);
  await browser.presses(page, 'no');
  expect(await world.rows('SELECT state FROM messages WHERE id = $1', question)).toEqual([{ state: 'unknown' }]);
});

test('too many tries at one case, or from one address, have to wait, whether the case exists or not', async () => {
  const slow = await openPages({ pageLimits: { requestsOfAddress: 60, triesOfAddress: 12, triesAtPlace: 4 } });
  try {
    const one = await slow.aCase();
    const tried = async (caseNumber: string) => {
      const { status, headers, text } = await slow.browser().post('/track', { case: caseNumber, code: one.wrongCode });
      return `${status} ${headers.get('retry-after') !== null} ${text}`;
    };
    const known: string[] = [];
    const unknown: string[] = [];
    for (let tries = 1; tries <= 5; tries += 1) {
      known.push(await tried(one.caseNumber));
      unknown.push(await tried('AC-0000-0000'));
    }
    expect(known).toEqual(unknown);
    expect(known.map((answer) => answer.slice(0, 8))).toEqual([...Array(4).fill('403 fals'), '429 true']);
    await tried('AC-0000-0001');
    await tried('AC-0000-0002');
    expect(await tried('AC-0000-0003')).toMatch(/^429 true/);
    for (let looks = 1; looks <= 60; looks += 1) await slow.browser().get('/track');
    expect((await slow.browser().get('/track')).status).toBe(429);
  } finally {
    await slow.close();
  }
});

test('while the database is away the page says so, without a word of what is wrong', async () => {
  const postgres = await doorToPostgres();
  const cut = await openPages({}, (url) => behind(postgres, url));
  try {
    postgres.shut();
    const { status, text } = await cut.browser().get('/track');
    expect([status, text.includes('暂时打不开')]).toEqual([503, true]);
    expect(text).not.toMatch(/ECONN|postgres|127\.0\.0\.1/);
  } finally {
    await cut.close();
    await postgres.close();
  }
});
