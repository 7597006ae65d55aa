import { messageKey, type Message } from '../../domain/messages/message';
import { aMobile } from '../support/repair';
import { openWorld, until, type World } from './message-world';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());
afterEach(async () => {
  await world.phone.people('DELETE', '/faults');
  await world.inbox.people('DELETE', '/faults');
});

let number = 0;
const anAddress = () => `customer-${(number += 1)}@example.com`;
/** A customer who may be told by text and by mail. */
const byBoth = (about: Parameters<World['aCase']>[0] = {}) =>
  world.aCase({ email: anAddress(), consentEmail: true, ...about });
const mailsTo = ({ email }: { email: string }) => world.inbox.mailsTo(email);
const intentsOf = ({ key }: Message) =>
  world.rows<{ channel: string; state: string; errorCode: string | null }>(
    'SELECT channel, state, error_code AS "errorCode" FROM messages WHERE message_key = $1 ORDER BY created_at',
    key,
  );
const later = (at: string, minutes: number) => new Date(Date.parse(at) + minutes * 60_000).toISOString();

describe('where no text reaches the customer, the mail does, in the same call:', () => {
  test.each([
    ['his number is refused', {}, { refuseWith: 21211 }, { state: 'failed', errorCode: '21211' }],
    ['the carrier knows that he opted out', {}, { refuseWith: 21610 }, { state: 'suppressed', errorCode: '21610' }],
    ['he did not consent to texts', { consentSms: false }, {}, { state: 'suppressed', errorCode: 'no-consent' }],
  ])('%s', async (_why, about, faults, text) => {
    const message = await byBoth(about);
    await world.faults({ to: message.phone, ...faults });
    expect(await world.send(message)).toMatchObject({ state: 'accepted', channel: 'email', twoWay: true });
    expect(await mailsTo(message)).toHaveLength(1);
    expect(await world.textsOn(message.phone)).toEqual([]);
    expect(await intentsOf(message)).toEqual([
      { channel: 'sms', ...text },
      { channel: 'email', state: 'accepted', errorCode: null },
    ]);
  });

  test('he has no phone', async () => {
    const message = await byBoth({ phone: null });
    expect(await world.send(message)).toMatchObject({ state: 'accepted', channel: 'email' });
    expect(await intentsOf(message)).toHaveLength(1);
  });

  test('and a call that is repeated sends it once', async () => {
    const message = await byBoth({ consentSms: false });
    const first = await world.send(message);
    await world.rows('UPDATE case_details SET consent_sms = true WHERE case_number = $1', message.caseNumber);
    expect(await world.send({ ...message, at: later(message.at, 1) })).toEqual(first);
    expect(await mailsTo(message)).toHaveLength(1);
    expect(await world.textsOn(message.phone)).toEqual([]);
  });
});

test('who wants mails first gets the mail and no text', async () => {
  const message = await byBoth({ channels: ['email', 'sms'] });
  expect(await world.send(message)).toMatchObject({ state: 'accepted', channel: 'email' });
  expect(await world.textsOn(message.phone)).toEqual([]);
});

test('a channel that the customer did not name is never used', async () => {
  const message = await byBoth({ channels: ['email'], consentEmail: false });
  expect(await world.send(message)).toEqual({ state: 'suppressed', reason: 'no-consent' });
  expect(await world.textsOn(message.phone)).toEqual([]);
});

test('a mail carries the text word for word, and a link that is good for its case', async () => {
  const message = await byBoth({ phone: null });
  await world.send(message);
  const [mail] = await mailsTo(message);
  const [stored] = await world.rows<{ body: string }>('SELECT body FROM messages WHERE message_key = $1', message.key);
  expect(mail?.text).toContain(stored?.body);
  expect(mail?.text).toContain(`${world.parts.publicUrl}/p/`);
  expect(mail?.subject).toContain(message.caseNumber);
  expect(await world.rows('SELECT purpose FROM customer_links WHERE case_number = $1', message.caseNumber)).toEqual([
    { purpose: 'answer' },
  ]);
});

describe('a mail that', () => {
  test('its server refuses is a failure, said at once, when no other channel is left', async () => {
    const message = await byBoth({ phone: null });
    await world.inbox.setFaults({ to: message.email, bounce: 1 });
    expect(await world.send(message)).toEqual({ state: 'failed', reason: '5.1.1' });
    expect(await mailsTo(message)).toEqual([]);
  });

  test('may have been taken is unknown, and goes once more under the same Message-ID, never a third time', async () => {
    const message = await byBoth({ phone: null });
    await world.inbox.setFaults({ to: message.email, dropAfterDot: 1 });
    expect(await world.send(message)).toEqual({ state: 'unknown' });
    expect(await world.send(message)).toEqual({ state: 'unknown' });
    const noText = { list: () => Promise.reject(new Error('nobody looks a mail up at the carrier of texts')) };
    await world.reconcile({ looks: [0] }, noText);
    expect(await world.newsOf(message)).toEqual(['again']);
    expect(await world.send(message)).toEqual({ state: 'unknown' });
    await world.reconcile({ looks: [0] }, noText);
    expect(await world.newsOf(message)).toEqual(['again', 'stuck']);
    expect(await world.send(message)).toEqual({ state: 'failed', reason: 'stuck' });
    const ids = (await mailsTo(message)).map(({ messageId }) => messageId);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });

  test('may have been taken and is about money is a person’s decision', async () => {
    const message = await byBoth({ phone: null });
    await world.inbox.setFaults({ to: message.email, dropAfterDot: 1 });
    await world.send(message);
    await world.rows(`UPDATE messages SET class = 'at-most-once' WHERE message_key = $1`, message.key);
    await world.reconcile({ looks: [0] });
    expect(await world.newsOf(message)).toEqual(['stuck']);
    expect(await mailsTo(message)).toHaveLength(1);
  });
});

describe('a text that counted as told and was not delivered', () => {
  async function notDelivered() {
    const message = await byBoth();
    await world.faults({ to: message.phone, undelivered: 1 });
    const told = await world.send(message);
    await until(async () => (await world.stateOf(message)) === 'undelivered');
    return { message, told: told as { saidAt: string } };
  }

  test('is said again by mail, with the times that it named at first', async () => {
    const { message, told } = await notDelivered();
    const again = {
      ...message,
      at: later(message.at, 20),
      countedFrom: told.saidAt,
      answersReply: later(message.at, 20),
    };
    expect(await world.send(again)).toMatchObject({ channel: 'email', saidAt: told.saidAt, leftAt: again.at });
    const [mail] = await mailsTo(message);
    const [text] = await world.rows<{ body: string }>(`SELECT body FROM messages WHERE key = $1`, message.key);
    const callBy = /我们会在(.*?)前致电您/.exec(text?.body ?? '')?.[1];
    expect(mail?.text).toContain(`我们会在${callBy}前致电您`);
  });

  test('is said by nobody any more once the time that it named is over', async () => {
    const { message, told } = await notDelivered();
    const at = later(message.at, 24 * 60);
    expect(await world.send({ ...message, at, answersReply: at, countedFrom: told.saidAt })).toEqual({
      state: 'suppressed',
      reason: 'expired',
    });
    expect(await mailsTo(message)).toEqual([]);
  });
});

describe('what the channel table says:', () => {
  const aChannel = (prefix: string, more: object) =>
    world.rows(
      `INSERT INTO channels (prefix, store, number, two_way, carries_urls, needs_templates, templates)
       SELECT $1, coalesce(c.store, ''), c.number, c."twoWay", c."carriesUrls", c.templates IS NOT NULL, c.templates
       FROM jsonb_to_record($2) AS c (store text, number text, "twoWay" boolean, "carriesUrls" boolean, templates text[])`,
      prefix,
      { number: '+8613900139000', twoWay: false, carriesUrls: false, ...more },
    );
  const textTo = async (message: Message & { phone: string }) => {
    const result = await world.send(message);
    return { result, text: (await world.textsOn(message.phone))[0] ?? '' };
  };

  test('one-way without links: phone and short code; one-way with links: the page; two-way: digits', async () => {
    await aChannel('+86150', { carriesUrls: true });
    const [oneWay, linked, twoWay] = await Promise.all(
      ['+86139', '+86150', '+86186'].map(async (prefix) =>
        textTo(await world.aCase({ phone: aMobile(prefix), language: 'en', category: 'AC' })),
      ),
    );
    expect(oneWay).toMatchObject({
      result: { twoWay: false },
      text: expect.stringContaining('call 400-000-0000, code 4821'),
    });
    expect(oneWay?.text).not.toContain('http');
    expect(linked?.result).toMatchObject({ twoWay: true });
    expect(linked?.text).toMatch(/Answer here: http:\/\/127\.0\.0\.1:\d+\/p\/[\w-]{43} /);
    expect(twoWay).toMatchObject({ result: { twoWay: true }, text: expect.stringMatching(/Reply \d = yes, \d = no/) });
    expect(twoWay?.text).not.toContain('http');
  });

  test('the token of a link stands in no table, and is found all the same when an answer of the carrier is lost', async () => {
    await aChannel('+86151', { carriesUrls: true });
    const message = await world.aCase({ phone: aMobile('+86151'), language: 'en' });
    await world.faults({ to: message.phone, acceptThen500: 1, callbacksLost: 1 });
    expect(await world.send(message)).toEqual({ state: 'unknown' });
    const [text = ''] = await world.textsOn(message.phone);
    const [stored] = await world.rows<{ body: string }>('SELECT body FROM messages WHERE key = $1', message.key);
    expect(stored?.body).toBe(text.replace(/\/p\/[\w-]{43}/, '/p/…'));
    await world.reconcile({ looks: [0, 60] });
    expect(await world.newsOf(message)).toEqual(['accepted']);
  });

  test('a store’s own number comes before that of all stores, and only for it', async () => {
    await aChannel('+86152', {});
    await aChannel('+86', { store: 'sh-01', number: '+8613800138000', twoWay: true });
    const [own, all] = await Promise.all(
      ['sh-01', 'hz-01'].map(async (store) => world.send(await world.aCase({ phone: aMobile('+86152'), store }))),
    );
    expect([own, all]).toMatchObject([{ twoWay: true }, { twoWay: false }]);
  });

  test('a template that must be registered and is not goes by mail', async () => {
    await aChannel('+86153', { templates: ['case-opened'] });
    const message = await byBoth({ phone: aMobile('+86153') });
    expect(await world.send(message)).toMatchObject({ channel: 'email' });
    expect(await intentsOf(message)).toMatchObject([{ errorCode: 'template-not-registered' }, { state: 'accepted' }]);
  });
});

describe('who has heard enough of us today is told no more by any channel:', () => {
  const noon = '2027-01-12T04:00:00.000Z';
  const note = ({ choices: _none, ...message }: Message, i: number, at = noon): Message => ({
    ...message,
    key: `${message.key}/${i}`,
    at,
  });

  test('six texts about one case, however many ways each was tried', async () => {
    const message = await byBoth();
    await world.faults({ to: message.phone, refuseWith: 21211 });
    for (let i = 1; i <= 6; i += 1) expect(await world.send(note(message, i))).toMatchObject({ channel: 'email' });
    expect(await world.send(note(message, 7))).toEqual({ state: 'suppressed', reason: 'too-many-today' });
    expect(await mailsTo(message)).toHaveLength(6);
  });

  test('ten texts to one number about all of its cases, until the next day', async () => {
    const phone = aMobile();
    const [one, two] = [await byBoth({ phone }), await byBoth({ phone })];
    for (let i = 1; i <= 5; i += 1)
      for (const message of [one, two]) expect(await world.send(note(message, i))).toMatchObject({ channel: 'sms' });
    expect(await world.send(note(one, 6))).toEqual({ state: 'suppressed', reason: 'too-many-for-contact' });
    expect(await mailsTo(one)).toEqual([]);
    expect(await world.send(note(one, 7, later(noon, 1440)))).toMatchObject({ channel: 'sms' });
  });

  test('two cases that ask for the tenth text in the same instant get one between them', async () => {
    const phone = aMobile();
    const [one, two, three] = [await byBoth({ phone }), await byBoth({ phone }), await byBoth({ phone })];
    for (let i = 1; i <= 3; i += 1) for (const message of [one, two, three]) await world.send(note(message, i));
    const results = await Promise.all([one, two, three].map((message) => world.send(note(message, 4))));
    expect(results.map(({ state }) => state).toSorted()).toEqual(['accepted', 'suppressed', 'suppressed']);
  });
});

test('the key of what is said is the story’s; a channel’s is made from it, the channel, and the change that gave the address', async () => {
  const key = messageKey('AC-1', 'guidance-check', '2026-11-24T02:00Z/1', 1);
  const keys = await world.rows(
    `SELECT intent_key($1, 'sms', NULL) AS sms, intent_key($1, 'email', NULL) AS email, intent_key($1, 'sms', $2) AS changed`,
    key,
    'f'.repeat(64),
  );
  expect(keys).toEqual([{ sms: key, email: `${key}/email`, changed: `${key}/${'f'.repeat(16)}` }]);
});
