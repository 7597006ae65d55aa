import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { createKey, listKeys, revokeKey, rotateKey } from '../../api/keys';
import { aRepair, openDoor, type Door } from './a-door';

const run = promisify(execFile);

let door: Door;
beforeAll(async () => void (door = await openDoor()));
afterAll(() => door.close());

const idOf = (key: string) => key.split('_')[1]!;

test('a key is 256 bits, shown once, and kept as a hash', async () => {
  const key = await door.newKey();
  expect(key).toMatch(/^ack_[a-z0-9]{8}_[A-Za-z0-9_-]{43}$/);
  const { rows } = await door.database.pool.query('SELECT * FROM api_keys WHERE id = $1', [idOf(key)]);
  expect(JSON.stringify(rows)).not.toContain(key.slice(13));
  const listed = (await listKeys(door.database.pool)).find(({ id }) => id === idOf(key));
  expect(JSON.stringify(listed)).not.toContain(key.slice(13));
});

test('unknown, malformed, revoked and expired keys get one and the same answer', async () => {
  const revoked = await door.newKey();
  await revokeKey(door.database.pool, idOf(revoked));
  const expired = await door.newKey({ expiresAt: new Date(Date.now() - 1000) });
  const unknown = `ack_aaaaaaaa_${'A'.repeat(43)}`;
  const guessed = `${door.key.slice(0, 13)}${'A'.repeat(43)}`;
  const answers = await Promise.all(
    [revoked, expired, unknown, guessed, 'nonsense', ''].map((key) => door.get('/v1/cases', key)),
  );
  const told = answers.map(({ status, body: { traceId: _traceId, ...rest } }) => JSON.stringify({ status, rest }));
  expect(new Set(told).size).toBe(1);
  expect(answers[0]).toMatchObject({ status: 401, body: { code: 'unauthorized' } });
});

test('after a rotation both keys are good, until the overlap is over', async () => {
  const old = await createKey(door.database.pool, { name: 'rotating', scopes: ['cases:read'], stores: ['hz-01'] });
  const fresh = await rotateKey(door.database.pool, idOf(old), 1);
  expect((await door.get('/v1/cases', old)).status).toBe(200);
  expect((await door.get('/v1/cases', fresh)).status).toBe(200);
  const rights = (await listKeys(door.database.pool)).filter(({ id }) => [idOf(old), idOf(fresh)].includes(id));
  expect(rights.map(({ scopes, stores }) => ({ scopes, stores }))).toEqual(
    Array(2).fill({ scopes: ['cases:read'], stores: ['hz-01'] }),
  );
  await door.database.pool.query(`UPDATE api_keys SET expires_at = expires_at - interval '1 hour' WHERE id = $1`, [
    idOf(old),
  ]);
  expect((await door.get('/v1/cases', old)).status).toBe(401);
  await expect(rotateKey(door.database.pool, idOf(old), 1)).rejects.toThrow('No valid key');
});

test('a key without the scope of a route is told which one it lacks', async () => {
  const reader = await door.newKey({ scopes: ['cases:read'] });
  const { status, body } = await door.post('/v1/cases', aRepair(), {}, reader);
  expect(status).toBe(403);
  expect(body).toMatchObject({ code: 'forbidden', detail: expect.stringContaining('cases:write') });
});

test('a key that may only read is offered no actions', async () => {
  const { body } = await door.post('/v1/cases', aRepair());
  expect(body.actionsNow.map(({ name }: { name: string }) => name)).toContain('record-guidance');
  const reader = await door.newKey({ scopes: ['cases:read'] });
  expect((await door.get(`/v1/cases/${body.caseNumber}`, reader)).body.actionsNow).toEqual([]);
});

test('without cases:personal nobody learns a name, number, address or word', async () => {
  const customer = { phone: '+8613800008000', email: 'li.wei@example.com' };
  const { body } = await door.post(
    '/v1/cases',
    aRepair({ customer, wish: 'in the morning', product: { serial: 'SN-77' } }),
  );
  const blind = await door.newKey({ scopes: ['cases:read', 'cases:write'] });
  const { body: seen } = await door.get(`/v1/cases/${body.caseNumber}`, blind);
  expect(seen).toMatchObject({
    shortCode: '***',
    customer: { name: '李**', phone: '+86*******8000', email: 'l***@example.com', address: '***' },
    product: { serial: '***', model: 'KFR-35GW' },
    fault: { description: '***' },
    wish: '***',
  });
});

test('a case outside the stores of a key is like one that does not exist', async () => {
  const { body } = await door.post('/v1/cases', aRepair({ store: 'hz-01' }));
  const shanghai = await door.newKey({ stores: ['sh-01'] });
  const nowhere = await door.get('/v1/cases/AC-0000-0000', shanghai);
  for (const path of ['', '/promises', '/messages', '/timeline']) {
    const { status, body: told } = await door.get(`/v1/cases/${body.caseNumber}${path}`, shanghai);
    expect({ ...told, status, traceId: '' }).toEqual({ ...nowhere.body, status: 404, traceId: '' });
  }
  const cancelled = await door.post(
    `/v1/cases/${body.caseNumber}/actions/cancel-case`,
    { by: 'desk-1', reason: 'x' },
    {},
    shanghai,
  );
  expect(cancelled.status).toBe(404);
  expect((await door.get('/v1/cases?store=hz-01', shanghai)).status).toBe(422);
  const { items } = (await door.get('/v1/cases', shanghai)).body as { items: { store: string }[] };
  expect(items.filter(({ store }) => store !== 'sh-01')).toEqual([]);
  expect((await door.post('/v1/cases/search', { phone: '+8613800000001' }, {}, shanghai)).body.items).toEqual([]);
  expect((await door.post('/v1/cases', aRepair({ store: 'hz-01' }), {}, shanghai)).body.errors[0].pointer).toBe(
    '/store',
  );
});

test('on the command line a key is made, listed, rotated and revoked', async () => {
  const keys = async (...parameters: string[]) =>
    (await run(process.execPath, ['--import', 'tsx', 'local/keys.ts', ...parameters])).stdout.trim();
  const made = await keys('create', '--name', 'shop', '--scope', 'cases:read', 'cases:write', '--store', 'hz-01');
  expect((await door.get('/v1/cases?store=hz-01', made)).status).toBe(200);
  expect((await door.get('/v1/cases?store=sh-01', made)).status).toBe(422);
  const second = await keys('rotate', idOf(made));
  expect(await keys('list')).toContain(idOf(second));
  await keys('revoke', idOf(second));
  expect((await door.get('/v1/cases', second)).status).toBe(401);
  await expect(keys('create', '--name', 'shop', '--scope', 'everything')).rejects.toThrow('cases:read');
});

test.each([
  [['create', '--store', 'hz-01', '--store', 'hz-99'], 'There is no store hz-99.'],
  [['create', '--expires', '2020-01-01'], 'That has passed'],
  [['create', '--expires', 'soon'], 'That is no date'],
  [['rotate', 'aaaaaaaa', '--overlap-hours', 'many'], 'That is not 0 to 8760 hours'],
  [['rotate', 'aaaaaaaa', '--overlap-hours', '-1'], 'That is not 0 to 8760 hours'],
  [['rotate', 'aaaaaaaa', '--overlap-hours', '1e300'], 'That is not 0 to 8760 hours'],
  [['rotate', 'aaaaaaaa'], 'No valid key has the id aaaaaaaa.'],
  [['revoke', 'aaaaaaaa'], 'No valid key has the id aaaaaaaa.'],
])('on the command line %j is refused with a sentence, and no key is made', async ([what, ...more], sentence) => {
  const rights = what === 'create' ? ['--name', 'refused', '--scope', 'cases:read'] : [];
  const refused = run(process.execPath, ['--import', 'tsx', 'local/keys.ts', what!, ...rights, ...more]);
  const { code, stderr } = (await refused.catch((error: { code: number; stderr: string }) => error)) as {
    code: number;
    stderr: string;
  };
  expect(code).toBe(1);
  expect(stderr).toContain(sentence);
  expect(stderr).not.toMatch(/\n +at |syntax|interval/);
  expect((await listKeys(door.database.pool)).map(({ name }) => name)).not.toContain('refused');
});
