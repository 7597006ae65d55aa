import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createEmail, type Email, type MailAccount } from '../../activities/providers/email';
import { startInbox, type StartedInbox } from '../local/inbox-fixture';

let inbox: StartedInbox;
beforeAll(async () => {
  inbox = await startInbox();
});
afterAll(() => inbox.stop());
afterEach(() => inbox.people('DELETE', '/faults'));

const from = { name: '安心服务', address: 'service@anxin.example' };
const replyTo = { address: 'answers@anxin.example' };
const account = (more: Partial<MailAccount> = {}): MailAccount => ({
  smtpUrl: inbox.smtpUrl,
  from,
  replyTo,
  domain: 'anxin.example',
  timeoutMs: 500,
  ...more,
});
const provider = (more: Partial<MailAccount> = {}) => createEmail(account(more));

let number = 0;
const anAddress = () => `customer-${(number += 1)}@example.com`;
const aMail = (more: Partial<Email> = {}): Email => ({
  to: { address: anAddress() },
  subject: 'Your repair',
  text: 'It is done.',
  html: '<p>It is done.</p>',
  messageId: 'f3b1c2d4-1',
  ...more,
});

test('an accepted mail is in its inbox: whom it is from, whom to answer, both parts, word for word', async () => {
  const mail = aMail({
    to: { name: '李梅 📺', address: anAddress() },
    subject: '安心服务：产品能正常使用了吗？😀 (AC-7K3M-9XQ2)',
    text: '您好，空调能正常使用了吗？\n能用回1，不能用回2。📺 مكيف <b>&"',
    html: '<p lang="zh-CN">您好，空调能正常使用了吗？📺</p>',
  });
  expect(await provider().submit(mail)).toEqual({ outcome: 'accepted' });
  const [got, ...more] = await inbox.mailsTo(mail.to.address);
  expect(more).toEqual([]);
  expect(got).toMatchObject({
    envelope: { from: from.address, to: [mail.to.address] },
    subject: mail.subject,
    from: '"安心服务" <service@anxin.example>',
    to: `"李梅 📺" <${mail.to.address}>`,
    replyTo: replyTo.address,
    text: expect.stringContaining(mail.text),
    hasHtml: true,
  });
  const html = await fetch(`${inbox.url}/messages/${got!.id}/html`);
  expect(await html.text()).toContain(mail.html);
  expect(await inbox.sourceOf(got!.id)).toContain('Auto-Submitted: auto-generated');
});

test('the Message-ID is made from message and attempt alone: the same for the same, another for another', async () => {
  const mail = aMail({ messageId: '0b9e-1' });
  await provider().submit(mail);
  await provider().submit({ ...mail, text: 'Said otherwise.' });
  await provider().submit({ ...mail, messageId: '0b9e-2' });
  const ids = (await inbox.mailsTo(mail.to.address)).map(({ messageId }) => messageId);
  expect(ids).toEqual(['<0b9e-1@anxin.example>', '<0b9e-1@anxin.example>', '<0b9e-2@anxin.example>']);
});

const stranger = 'stranger@evil.example';
test.each([
  ['a comma', `customer@example.com, ${stranger}`],
  ['a comma without a space', `customer@example.com,${stranger}`],
  ['a semicolon', `customer@example.com;${stranger}`],
  ['a line break', `customer@example.com\r\nRCPT TO:<${stranger}>`],
  ['a lone line feed', `customer@example.com\nBcc: ${stranger}`],
  ['angle brackets', `customer@example.com> <${stranger}`],
  ['a name with an address', `Li <${stranger}>`],
  ['a group', `friends: customer@example.com, ${stranger};`],
  ['a space', `customer@example.com ${stranger}`],
  ['a second @', `${stranger}@example.com`],
  ['a quoted name', `"${stranger}"@example.com`],
  ['a comment', `customer(${stranger})@example.com`],
  ['a NUL', `customer\0@example.com`],
  ['a separator of lines', `customer@example.com\u2028${stranger}`],
  ['nothing', ''],
  ['no domain', 'customer@'],
  ['no name', '@example.com'],
])('an address with %s reaches nobody', async (_what, address) => {
  const before = (await inbox.people('GET', '/inboxes')).body.items;
  expect(await provider().submit(aMail({ to: { address } }))).toEqual({ outcome: 'refused', code: '5.1.3' });
  expect((await inbox.people('GET', '/inboxes')).body.items).toEqual(before);
});

test('a name cannot add a recipient, and neither name nor subject a header', async () => {
  const address = anAddress();
  const attack = `Li\r\nBcc: ${stranger}\r\nX-Evil: 1\r\n\r\nother words, <${stranger}>, "x" <${stranger}>\u2028Bcc: ${stranger}`;
  const mail = aMail({ to: { name: attack, address }, subject: attack });
  expect(await provider().submit(mail)).toEqual({ outcome: 'accepted' });
  const [got] = await inbox.mailsTo(address);
  expect(got!.envelope.to).toEqual([address]);
  expect(await inbox.mailsTo(stranger)).toEqual([]);
  const [heads = ''] = (await inbox.sourceOf(got!.id)).split('\r\n\r\n');
  expect(heads.split('\r\n').filter((line) => /^(bcc|cc|x-evil)/i.test(line))).toEqual([]);
  expect(heads.match(/^(to|subject):/gim)).toHaveLength(2);
  expect(got!.text.trim()).toBe('It is done.');
});

test.each([
  ['no such mailbox is definite', { bounce: 1 }, { outcome: 'refused', code: '5.1.1' }, 0],
  ['a mail refused as a whole is definite', { refuseData: 1 }, { outcome: 'refused', code: '5.6.0' }, 0],
  ['a mailbox closed for now took nothing', { defer: 1 }, { outcome: 'not-taken' }, 0],
  ['a mail put off as a whole was not taken', { deferData: 1 }, { outcome: 'not-taken' }, 0],
  ['a connection reset before the mail took nothing', { down: 1 }, { outcome: 'not-taken' }, 0],
  ['a silence before the mail took nothing', { silent: 1 }, { outcome: 'not-taken' }, 0],
  ['a connection reset in the middle of the mail says nothing', { dropInData: 1 }, { outcome: 'unclear' }, 0],
  ['an answer lost after the final dot says nothing', { dropAfterDot: 1 }, { outcome: 'unclear' }, 1],
  ['no answer after the final dot says nothing', { hang: 1 }, { outcome: 'unclear' }, 1],
])('%s', async (_what, fault, submission, taken) => {
  const mail = aMail();
  await inbox.setFaults({ to: mail.to.address, ...fault });
  expect(await provider().submit(mail)).toEqual(submission);
  const got = (await inbox.mailsTo(mail.to.address)).map(({ messageId }) => messageId);
  expect(got).toEqual(Array(taken).fill('<f3b1c2d4-1@anxin.example>'));
});

test('a slow answer is waited for', async () => {
  const mail = aMail();
  await inbox.setFaults({ to: mail.to.address, lateSeconds: 0.3 });
  expect(await provider({ timeoutMs: 5_000 }).submit(mail)).toEqual({ outcome: 'accepted' });
});

test.each([
  ['nobody listens', () => 'smtp://127.0.0.1:1'],
  ['its host has no address', () => 'smtp://nowhere.invalid:25'],
  ['it does not speak TLS', () => inbox.smtpUrl.replace('smtp:', 'smtps:')],
  ['a password would travel in the clear', () => inbox.smtpUrl.replace('//', '//user:secret@')],
])('a mail surely did not leave when %s', async (_what, smtpUrl) => {
  expect(await provider({ smtpUrl: smtpUrl() }).submit(aMail())).toEqual({ outcome: 'not-taken' });
});

/** A mail server that says these lines, one for each it hears, and then nothing more. */
async function serverSaying(...lines: string[]): Promise<{ smtpUrl: string; server: Server; stop(): void }> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    const left = [...lines];
    const say = () => void socket.write(left.length > 0 ? `${left.shift()}\r\n` : '');
    sockets.push(socket.on('error', () => undefined).on('data', say));
    say();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = () => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
  return { smtpUrl: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`, server, stop };
}

const upToTheDot = ['220 hello', '250 hello', '250 sender', '250 recipient', '354 go on'];
test.each([
  ['that never greets took nothing', [''], { outcome: 'not-taken' }],
  ['that greets with a refusal took nothing', ['554 5.3.2 no service'], { outcome: 'not-taken' }],
  ['that wants a login took nothing', ['220 hello', '250 hello', '530 5.7.0 log in first'], { outcome: 'not-taken' }],
  ['that ends before the mail took nothing', ['220 hello', '250 hello', '421 4.3.2 bye'], { outcome: 'not-taken' }],
  ['that ends after the final dot says nothing', [...upToTheDot, '421 4.3.2 bye'], { outcome: 'unclear' }],
  [
    'that asks for the mail its own way, and is lost, says nothing',
    ['220 hello', '250 hello', '250 ok', '250 ok', '250 go on'],
    { outcome: 'unclear' },
  ],
  ['that babbles after the final dot says nothing', [...upToTheDot, 'what?'], { outcome: 'unclear' }],
  [
    'without enhanced codes is quoted',
    ['220 hello', '250 hello', '250 ok', '550 no'],
    { outcome: 'refused', code: '550' },
  ],
])('a server %s', async (_what, lines, submission) => {
  const { smtpUrl, stop } = await serverSaying(...lines);
  expect(await provider({ smtpUrl, timeoutMs: 300 }).submit(aMail())).toEqual(submission);
  stop();
});

test('no answer and no error names an address', async () => {
  const address = 'very.secret@example.com';
  await inbox.setFaults({ to: address, bounce: 1 });
  expect(JSON.stringify(await provider().submit(aMail({ to: { address } })))).not.toContain('secret');
  for (const wrong of [{ from: { address: 'secret, x' } }, { smtpUrl: 'http://secret' }, { domain: 'secret>' }])
    expect(() => provider(wrong)).toThrow(expect.objectContaining({ message: expect.not.stringContaining('secret') }));
});

test('a mail whose id would break its Message-ID is not sent', async () => {
  await expect(provider().submit(aMail({ messageId: 'x>\r\nBcc: y' }))).rejects.toThrow(RangeError);
});

test('the URL of the server cannot ask for anything but a server', () => {
  expect(() => provider({ smtpUrl: 'smtp://127.0.0.1:25?pool=true' })).toThrow(RangeError);
});
