import { createHash, randomUUID } from 'node:crypto';
import { prune } from '../../api/http/idempotency';
import { aRepair, openDoor, type Door } from './a-door';

let door: Door;
beforeAll(async () => void (door = await openDoor()));
afterAll(() => door.close());

const open = (key: string, body: object = aRepair()) => door.post('/v1/cases', body, { 'Idempotency-Key': key });

test('the same key and body give the same case, and say so', async () => {
  const key = randomUUID();
  const first = await open(key);
  const again = await open(`"${key}"`);
  expect(first.headers.get('Idempotency-Replayed')).toBeNull();
  expect(again.headers.get('Idempotency-Replayed')).toBe('true');
  expect(again.status).toBe(201);
  expect(again.headers.get('Location')).toBe(first.headers.get('Location'));
});

test('the order of fields does not make another body', async () => {
  const key = randomUUID();
  const first = await open(key);
  const again = await open(key, Object.fromEntries(Object.entries(aRepair()).reverse()));
  expect(again.body.caseNumber).toBe(first.body.caseNumber);
});

test('a key with another body is refused', async () => {
  const key = randomUUID();
  await open(key);
  const { status, body } = await open(key, aRepair({ channel: 'chat' }));
  expect({ status, code: body.code }).toEqual({ status: 422, code: 'idempotency-key-reused' });
});

test('the same request twice in one instant opens one case', async () => {
  const key = randomUUID();
  const externalReference = randomUUID();
  const answers = await Promise.all([1, 2, 3, 4].map(() => open(key, aRepair({ externalReference }))));
  const opened = new Set(answers.filter(({ status }) => status === 201).map(({ body }) => body.caseNumber));
  expect(opened.size).toBe(1);
  for (const { status, body } of answers) if (status !== 201) expect(body.code).toBe('request-in-progress');
  const { body: found } = await door.get(`/v1/cases?externalReference=${externalReference}`);
  expect(found.items).toHaveLength(1);
});

test('a refusal is not remembered: the key may be tried again, with a better body', async () => {
  const key = randomUUID();
  expect((await open(key, aRepair({ store: 'bj-99' }))).status).toBe(422);
  expect((await open(key)).status).toBe(201);
});

/** As if a process had begun with it and died. */
const begun = async (key: string, body: object, secondsAgo: number) => {
  const [, apiKeyId] = door.key.split('_');
  await open(key, body);
  await door.database.pool.query(
    `UPDATE idempotency SET done_at = NULL, status = NULL, reference = NULL, started_at = now() - $3 * interval '1 second'
     WHERE api_key_id = $1 AND key = $2`,
    [apiKeyId, key, secondsAgo],
  );
  return createHash('sha256').update([apiKeyId, 'POST /v1/cases', key].join('\n')).digest('hex');
};

test.each([
  ['when its answer must have come', 0, 6],
  ['when it can be taken over, if nobody answered', 20, 40],
])('a request in progress is not begun a second time, and its repetition is told %s', async (_when, ago, seconds) => {
  const key = randomUUID();
  await begun(key, aRepair(), ago);
  const { status, body, headers } = await open(key);
  expect({ status, code: body.code }).toEqual({ status: 409, code: 'request-in-progress' });
  const after = Number(headers.get('Retry-After'));
  expect([seconds - 1, seconds]).toContain(after);
});

test('a request whose process died is taken over after 60 s, as the same request', async () => {
  const key = randomUUID();
  const updateId = await begun(key, aRepair(), 61);
  await door.database.pool.query('UPDATE entries SET id = $2 WHERE id = $1', [updateId, randomUUID()]);
  expect((await open(key)).status).toBe(201);
  const { rows } = await door.database.pool.query(`SELECT kind FROM entries WHERE id = $1`, [updateId]);
  expect(rows).toEqual([{ kind: 'intake' }]);
});

test.each([
  ['none', undefined],
  ['an empty one', '""'],
  ['one of 256 characters', 'x'.repeat(256)],
  ['one with a space', 'a b'],
])('%s as Idempotency-Key is a malformed request', async (_what, key) => {
  const headers = { 'Content-Type': 'application/json', ...(key !== undefined && { 'Idempotency-Key': key }) };
  const { status, body } = await door.send('/v1/cases', { method: 'POST', body: JSON.stringify(aRepair()), headers });
  expect({ status, code: body.code }).toEqual({ status: 400, code: 'malformed-request' });
});

test('keys are remembered for seven days, and per API key', async () => {
  const key = randomUUID();
  const first = await open(key);
  const other = await door.post('/v1/cases', aRepair(), { 'Idempotency-Key': key }, await door.newKey());
  expect(other.body.caseNumber).not.toBe(first.body.caseNumber);
  const [, apiKeyId] = door.key.split('_');
  const age = (days: number) =>
    door.database.pool.query(
      `UPDATE idempotency SET started_at = now() - $3 * interval '1 day' WHERE api_key_id = $1 AND key = $2`,
      [apiKeyId, key, days],
    );
  await age(6.9);
  await prune(door.database.pool);
  expect((await open(key)).body.caseNumber).toBe(first.body.caseNumber);
  await age(7.1);
  await prune(door.database.pool);
  expect((await open(key)).body.caseNumber).not.toBe(first.body.caseNumber);
});
