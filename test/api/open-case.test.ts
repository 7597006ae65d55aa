import { randomUUID } from 'node:crypto';
import { readConfig } from '../../config';
import { openDatabase } from '../../prisma/database';
import { aRepair, openDoor, type Door } from './a-door';

let door: Door;
beforeAll(async () => void (door = await openDoor()));
afterAll(() => door.close());

test('a case is there at once, with its number, its place and its version', async () => {
  const externalReference = randomUUID();
  const { status, headers, body } = await door.post('/v1/cases', aRepair({ externalReference }));
  expect(status).toBe(201);
  expect(body.caseNumber).toMatch(/^AC-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
  expect(headers.get('Location')).toBe(`/v1/cases/${body.caseNumber}`);
  expect(headers.get('ETag')).toBe('"1"');
  expect(body).toMatchObject({
    status: 'choosing',
    waitingFor: 'terms',
    terms: null,
    promises: [],
    timeZone: 'Asia/Shanghai',
    externalReference,
    customer: { name: '李伟', phone: '+8613800000001' },
    links: { self: `/v1/cases/${body.caseNumber}`, temporalUi: expect.stringContaining(body.caseNumber) },
  });
  expect((await door.get(body.links.self)).body).toMatchObject({ caseNumber: body.caseNumber, externalReference });
});

test('a case without address or date of purchase opens, and needs details', async () => {
  const { body } = await door.post('/v1/cases', aRepair({ product: { boughtOn: undefined } }));
  expect(body.status).toBe('needs-details');
});

test('a case opened while Temporal is away is stored, and waits in the outbox', async () => {
  const alone = await openDoor({ temporalAddress: '127.0.0.1:1' });
  try {
    const { status, body } = await alone.post('/v1/cases', aRepair());
    expect(status).toBe(201);
    const { rows } = await alone.database.pool.query('SELECT kind, done_at FROM outbox WHERE case_number = $1', [
      body.caseNumber,
    ]);
    expect(rows).toEqual([{ kind: 'start', done_at: null }]);
    expect((await alone.get('/readyz')).body).toEqual({ status: 'degraded', temporal: 'away', stoppedStories: 0 });
    const {
      status: acted,
      body: told,
      headers,
    } = await alone.act(body.caseNumber, 'cancel-case', { reason: 'not needed' });
    expect({ acted, code: told.code, after: headers.get('Retry-After') }).toEqual({
      acted: 503,
      code: 'outcome-unknown',
      after: '5',
    });
  } finally {
    await alone.close();
  }
});

test('while the database is away the door says so, and when to come again', async () => {
  const { databaseUrl } = readConfig();
  const away = new URL(databaseUrl);
  away.port = '1';
  const alone = await openDoor({ database: openDatabase(away.href) }, door.key);
  try {
    for (const answer of [await alone.post('/v1/cases', aRepair()), await alone.get('/readyz')]) {
      expect(answer).toMatchObject({ status: 503, body: { code: 'database-unavailable' } });
      expect(answer.headers.get('Retry-After')).toBe('5');
    }
    expect((await alone.get('/healthz')).status).toBe(200);
  } finally {
    await alone.close();
  }
});

const tomorrow = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
const wrong: [what: string, body: object, pointer: string, says: RegExp][] = [
  ['an unknown field', aRepair({ colour: 'red' }), '/colour', /unknown/],
  ['an unknown field of the customer', aRepair({ customer: { nick: 'x' } }), '/customer/nick', /unknown/],
  [
    'a name of nothing to be seen',
    aRepair({ customer: { name: '\u200b\u2060\u00ad' } }),
    '/customer/name',
    /shows nothing/,
  ],
  ['a name of fillers', aRepair({ customer: { name: '\u3164\u2800\uffa0' } }), '/customer/name', /shows nothing/],
  [
    'a fault in zero-width words',
    aRepair({ fault: { description: '\ufe0f\u200d' } }),
    '/fault/description',
    /shows nothing/,
  ],
  ['a landline', aRepair({ customer: { phone: '+8657187654321' } }), '/customer/phone', /landline gets no SMS/i],
  [
    'a number that is too long',
    aRepair({ customer: { phone: '+86138000000011' } }),
    '/customer/phone',
    /no such phone/,
  ],
  ['full-width digits', aRepair({ customer: { phone: '+８６１３８００００００１' } }), '/customer/phone', /ASCII/],
  [
    'a country code written twice',
    aRepair({ customer: { phone: '+86 8613800000001' } }),
    '/customer/phone',
    /no such phone/,
  ],
  ['a number without its country', aRepair({ customer: { phone: '13800000001' } }), '/customer/phone', /E\.164/],
  [
    'two mail addresses',
    aRepair({ customer: { email: 'a@example.com,b@example.com' } }),
    '/customer/email',
    /one e-mail/,
  ],
  [
    'a mail address with a line break',
    aRepair({ customer: { email: 'a@example.com\nBcc: b@example.com' } }),
    '/customer/email',
    /one e-mail/,
  ],
  [
    'a mail address that ends in a line break',
    aRepair({ customer: { email: 'a@example.com\n' } }),
    '/customer/email',
    /one e-mail/,
  ],
  [
    'neither phone nor mail',
    aRepair({ customer: { phone: undefined } }),
    '/customer/phone',
    /phone number or an e-mail/,
  ],
  ['a purchase in the future', aRepair({ product: { boughtOn: tomorrow } }), '/product/boughtOn', /future/],
  ['a day that does not exist', aRepair({ product: { boughtOn: '2026-02-30' } }), '/product/boughtOn', /exists/],
  ['a day of the year 0000', aRepair({ product: { boughtOn: '0000-01-01' } }), '/product/boughtOn', /time/],
  ['an unknown store', aRepair({ store: 'bj-99' }), '/store', /store/],
  ['an unknown time zone', aRepair({ customer: { timeZone: 'Asia/Hangzhou' } }), '/customer/timeZone', /time zone/],
  ['an offset for a time zone', aRepair({ customer: { timeZone: '+08:00' } }), '/customer/timeZone', /time zone/],
  ['an unknown language', aRepair({ customer: { language: 'fr' } }), '/customer/language', /./],
  ['an unknown kind', aRepair({ kind: 'party' }), '/kind', /./],
  ['a name of two lines', aRepair({ customer: { name: 'Li\nWei' } }), '/customer/name', /one line/],
  ['a NUL in a text', aRepair({ fault: { description: 'a\u0000b' } }), '/fault/description', /printed/],
  ['half an emoji', aRepair({ fault: { description: 'a\ud83d' } }), '/fault/description', /printed/],
  ['a novel', aRepair({ fault: { description: 'x'.repeat(2001) } }), '/fault/description', /2000/],
  ['no name', aRepair({ customer: { name: '  ' } }), '/customer/name', /./],
  ['a body that is a list', [], '', /object/],
];

test.each(wrong)('%s is refused and named', async (_what, body, pointer, says) => {
  const { status, headers, body: told } = await door.post('/v1/cases', body);
  expect(status).toBe(422);
  expect(headers.get('Content-Type')).toMatch(/^application\/problem\+json/);
  expect(told.code).toBe('invalid-request');
  expect(told.errors).toContainEqual({ pointer, detail: expect.stringMatching(says) });
});

test('a purchase of today in the zone of the store is no future, whatever day it is in UTC', async () => {
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(new Date());
  expect((await door.post('/v1/cases', aRepair({ product: { boughtOn: today } }))).status).toBe(201);
});

test('a number grouped by spaces is kept in E.164', async () => {
  const { body } = await door.post('/v1/cases', aRepair({ customer: { phone: '+86 138-0000 0001' } }));
  expect(body.customer.phone).toBe('+8613800000001');
});
