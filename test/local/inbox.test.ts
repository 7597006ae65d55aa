import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { startInbox, type Listed, type StartedInbox } from './inbox-fixture';

let inbox: StartedInbox;
beforeEach(async () => {
  inbox = await startInbox();
});
afterEach(() => inbox.stop());

const from = 'service@anxin.example';
const send = (to: string | string[], more: object = {}) =>
  createTransport({ host: '127.0.0.1', port: inbox.smtpPort, socketTimeout: 1_000 }).sendMail({
    from,
    to,
    subject: 'Hello',
    text: 'Words',
    ...more,
  });

test('an inbox is there once a mail came; capitals make no other inbox', async () => {
  await send('Li.Mei@Example.com');
  await send('li.mei@example.com');
  const { items } = (await inbox.people('GET', '/inboxes')).body;
  expect(items).toEqual([{ address: 'li.mei@example.com', mails: 2, lastAt: expect.stringMatching(/Z$/) }]);
  expect(await inbox.mailsTo('LI.MEI@example.com')).toHaveLength(2);
  expect(await inbox.mailsTo('nobody@example.com')).toEqual([]);
});

test('a mail to two, one of them hidden, is in both inboxes, and tells whom the server was told', async () => {
  await send('one@example.com', { bcc: 'two@example.com' });
  for (const address of ['one@example.com', 'two@example.com'])
    expect((await inbox.mailsTo(address))[0]).toMatchObject({
      to: 'one@example.com',
      envelope: { from, to: ['one@example.com', 'two@example.com'] },
    });
});

test('mails of one inbox stand in the order in which they came', async () => {
  for (const subject of ['1', '2', '3']) await send('one@example.com', { subject });
  expect((await inbox.mailsTo('one@example.com')).map(({ subject }) => subject)).toEqual(['1', '2', '3']);
});

test('one mail is given with both parts, attachments by name only, and its source byte for byte', async () => {
  const html = '<p>Hello &amp; 你好</p>';
  await send('one@example.com', { html, attachments: [{ filename: '账单.pdf', content: 'x'.repeat(2000) }] });
  const [listed] = await inbox.mailsTo('one@example.com');
  const { body } = await inbox.people<Listed>('GET', `/messages/${listed!.id}`);
  expect(body).toMatchObject({
    html: expect.stringContaining(html),
    attachments: [{ name: '账单.pdf', contentType: 'application/pdf', bytes: 2000 }],
  });
  expect(JSON.stringify(body)).not.toContain('xxxx');
  expect(await inbox.sourceOf(listed!.id)).toMatch(/^From: service@anxin\.example\r\n/);
});

test('the HTML part is served so that it runs nothing, loads nothing and knows no neighbour', async () => {
  await send('one@example.com', { html: '<script>alert(1)</script><img src="https://elsewhere.example/x">' });
  const [listed] = await inbox.mailsTo('one@example.com');
  for (const part of ['html', 'source']) {
    const response = await fetch(`${inbox.url}/messages/${listed!.id}/${part}`);
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/default-src 'none'.*; sandbox/);
    expect(policy).not.toMatch(/allow-scripts|allow-same-origin|https?:/);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  }
});

test.each([
  ['a mail that is not there', '/messages/0b9e', 404],
  ['a path that is none', '/mails', 404],
  ['an address that is none', '/inboxes/nobody/messages', 422],
])('%s is answered as a problem', async (_what, path, status) => {
  const answer = await inbox.people('GET', path);
  expect(answer).toMatchObject({ status, body: { type: 'about:blank', status, detail: expect.any(String) } });
});

test('a mail without an HTML part has none to show', async () => {
  await send('one@example.com');
  const [listed] = await inbox.mailsTo('one@example.com');
  expect(listed).toMatchObject({ hasHtml: false });
  expect(await inbox.people('GET', `/messages/${listed!.id}/html`)).toMatchObject({
    status: 404,
    body: { code: 'no-html' },
  });
});

test('a mail larger than a mebibyte is refused, and is nowhere', async () => {
  await expect(send('one@example.com', { text: 'x'.repeat(1_100_000) })).rejects.toMatchObject({ responseCode: 552 });
  expect(await inbox.mailsTo('one@example.com')).toEqual([]);
});

test.each([
  ['bounce', { responseCode: 550 }, 0],
  ['defer', { responseCode: 450 }, 0],
  ['refuseData', { responseCode: 554 }, 0],
  ['deferData', { responseCode: 451 }, 0],
  ['down', { code: expect.stringMatching(/ECONNECTION|ESOCKET/) }, 0],
  ['silent', { code: 'ETIMEDOUT' }, 0],
  ['dropInData', { code: expect.stringMatching(/ECONNECTION|ESOCKET/) }, 0],
  ['dropAfterDot', { code: expect.stringMatching(/ECONNECTION|ESOCKET/) }, 1],
  ['hang', { code: 'ETIMEDOUT' }, 1],
])('%s befalls the one it is set for, and leaves the others alone', async (fault, error, taken) => {
  await inbox.setFaults({ to: 'One@example.com', [fault]: 1 });
  await expect(send('one@example.com')).rejects.toMatchObject(error);
  await send('two@example.com');
  expect(await inbox.mailsTo('one@example.com')).toHaveLength(taken);
  expect(await inbox.mailsTo('two@example.com')).toHaveLength(1);
  await inbox.people('DELETE', '/faults?to=one%40example.com');
  await send('one@example.com');
  expect(await inbox.mailsTo('one@example.com')).toHaveLength(taken + 1);
});

test('a share falls on about that many, and on the same ones for the same seed', async () => {
  const draws = async () => {
    await inbox.setFaults({ bounce: 0.5, seed: 7 });
    const outcomes: boolean[] = [];
    for (let index = 0; index < 12; index += 1)
      outcomes.push(
        await send('one@example.com').then(
          () => true,
          () => false,
        ),
      );
    return outcomes;
  };
  const first = await draws();
  expect(new Set(first).size).toBe(2);
  expect(await draws()).toEqual(first);
});

test('an unknown fault is refused by name, and nothing changes', async () => {
  const { status, body } = await inbox.setFaults({ bounced: 1 });
  expect({ status, pointers: body.errors.map(({ pointer }) => pointer) }).toEqual({
    status: 422,
    pointers: ['/bounced'],
  });
  expect((await inbox.people('GET', '/faults')).body.items).toEqual([]);
});

test('the page shows every mail, newest first, and the faults', async () => {
  await send('one@example.com', { subject: 'older' });
  await send('two@example.com', { subject: 'newer' });
  await inbox.setFaults({ defer: 0.5 });
  const { body } = await inbox.people<{ mails: Listed[]; faults: { items: object[] } }>('GET', '/view');
  expect(body.mails.map(({ subject }) => subject)).toEqual(['newer', 'older']);
  expect(body.faults.items).toEqual([{ defer: 0.5, seed: 1 }]);
  for (const file of ['', 'inbox.js', 'mail.js', 'inbox.css', 'page.css', 'requests.js', 'fault-switches.js'])
    expect((await fetch(`${inbox.url}/${file}`)).status).toBe(200);
});

test('with a folder the mails are still there after a restart', async () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'inbox-'));
  const before = await startInbox({ dataFolder });
  await createTransport(before.smtpUrl).sendMail({ from, to: 'one@example.com', subject: '您好', text: 'Words' });
  const kept = await before.mailsTo('one@example.com');
  await before.stop();
  const after = await startInbox({ dataFolder });
  expect(await after.mailsTo('one@example.com')).toEqual(kept);
  expect(await after.sourceOf(kept[0]!.id)).toContain('Words');
  await after.stop();
  rmSync(dataFolder, { recursive: true });
});
