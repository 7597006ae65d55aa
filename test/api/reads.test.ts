import { randomUUID } from 'node:crypto';
import { notPublishedYet } from '../../domain/promises/provisional';
import { aPhone, aRepair, openDoor, type Door } from './a-door';

let door: Door;
beforeAll(async () => void (door = await openDoor()));
afterAll(() => door.close());

const open = async (more: Parameters<typeof aRepair>[0] = {}): Promise<string> =>
  (await door.post('/v1/cases', aRepair(more))).body.caseNumber;
const numbers = ({ body }: { body: { items: { caseNumber: string }[] } }) =>
  body.items.map(({ caseNumber }) => caseNumber);

test('a list is read to its end, page by page, the newest first, nothing twice', async () => {
  const externalReference = randomUUID();
  const opened: string[] = [];
  for (let n = 0; n < 5; n += 1) opened.unshift(await open({ externalReference }));
  const seen: string[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const page = await door.get(
      `/v1/cases?externalReference=${externalReference}&limit=2${cursor && `&cursor=${cursor}`}`,
    );
    seen.push(...numbers(page));
    cursor = page.body.nextCursor;
  }
  expect(seen).toEqual(opened);
});

test('a customer is found by number, mail, name and product, and all that is given must fit', async () => {
  const [phone, serial] = [aPhone(), randomUUID()];
  const caseNumber = await open({ customer: { phone, email: `${serial}@example.com` }, product: { serial } });
  for (const wanted of [{ phone }, { email: `${serial}@example.com` }, { serial }, { phone, name: '李伟' }])
    expect(numbers(await door.post('/v1/cases/search', wanted))).toEqual([caseNumber]);
  expect(numbers(await door.post('/v1/cases/search', { phone, name: '王芳' }))).toEqual([]);
  expect((await door.post('/v1/cases/search', {})).status).toBe(422);
  expect((await door.post('/v1/cases/search', { phone: '138' })).body.errors[0].pointer).toBe('/phone');
});

test('filters choose by what a case waits for', async () => {
  const externalReference = randomUUID();
  const caseNumber = await open({ externalReference, product: { boughtOn: undefined } });
  const asked = async (filter: string) =>
    numbers(await door.get(`/v1/cases?externalReference=${externalReference}&${filter}`));
  expect(await asked('status=needs-details&kind=repair&waitingFor=terms&store=hz-01')).toEqual([caseNumber]);
  expect(await asked('status=guided')).toEqual([]);
  expect(await asked('overdue=true')).toEqual([]);
  await owe(caseNumber, '2026-01-01T00:00:00Z');
  expect(await asked('overdue=true')).toEqual([caseNumber]);
  expect(await asked('overdue=false')).toEqual([]);
  expect(await asked('dueBefore=2026-01-01T00:00:01Z')).toEqual([caseNumber]);
  expect(await asked('dueBefore=2026-01-01T00:00:00Z')).toEqual([]);
});

test.each(['kind', 'status', 'waitingFor', 'store'])(
  'a filter by %s with a word that no case can have is a mistake that is named, not an empty list',
  async (filter) => {
    const { status, body } = await door.get(`/v1/cases?${filter}=nonsense`);
    expect([status, body.errors.map(({ parameter }: { parameter: string }) => parameter)]).toEqual([422, [filter]]);
  },
);

test('a store that a key may not see is unknown to its filters', async () => {
  const key = await door.newKey({ stores: ['sh-01'] });
  expect((await door.get('/v1/cases?store=sh-01', key)).status).toBe(200);
  expect((await door.get('/v1/cases?store=hz-01', key)).status).toBe(422);
});

const owe = (caseNumber: string, dueAt: string) =>
  door.database.pool.query(
    `INSERT INTO promises (case_number, opening, step, promise, kind, matter, keeper, made_at, due_at, because)
     VALUES ($1, 1, 1, 'guidance-check/1', 'guidance-check', 'guidance', 'system', now(), $2, '["2 h after the guidance (H-05)"]')`,
    [caseNumber, dueAt],
  );

test('open promises stand in the case with their reasons', async () => {
  const caseNumber = await open();
  await owe(caseNumber, '2030-01-01T00:00:00Z');
  const { body } = await door.get(`/v1/cases/${caseNumber}`);
  expect(body.promises).toMatchObject([
    {
      kind: 'guidance-check',
      dueAt: '2030-01-01T00:00:00.000Z',
      because: ['2 h after the guidance (H-05)'],
      outcome: null,
    },
  ]);
  const { body: all } = await door.get(`/v1/cases/${caseNumber}/promises`);
  expect(all).toMatchObject({
    items: [{ id: 'guidance-check/1', dueAt: '2030-01-01T00:00:00.000Z' }],
    nextCursor: null,
  });
});

test('a time that rests on holidays nobody has published yet is shown as provisional, others are not', async () => {
  const [firm, provisional] = [await open(), await open()];
  await owe(firm, '2027-01-08T12:00:00Z');
  await owe(provisional, '2027-01-08T12:00:00Z');
  await door.database.pool.query(`UPDATE promises SET because = because || to_jsonb($2::text) WHERE case_number = $1`, [
    provisional,
    notPublishedYet,
  ]);
  const shown = async (caseNumber: string) => [
    (await door.get(`/v1/cases/${caseNumber}`)).body.promises[0].provisional,
    (await door.get(`/v1/cases/${caseNumber}/promises`)).body.items[0].provisional,
  ];
  expect(await shown(firm)).toEqual([false, false]);
  expect(await shown(provisional)).toEqual([true, true]);
});

const note = (caseNumber: string, name: string, { superseded = false, entryId = null as string | null } = {}) => ({
  text: `INSERT INTO timeline (case_number, opening, run_id, clock, taken, step, at, note, superseded, entry_id)
           VALUES ($1, 1, 'run', 1, 1, 1, now(), $2, $3, $4)`,
  values: [caseNumber, name, superseded, entryId],
});
const notes = ({ body }: { body: { items: { note: string }[] } }) => body.items.map(({ note }) => note);

test('the timeline leaves out what was taken back', async () => {
  const caseNumber = await open();
  await door.database.pool.query(note(caseNumber, 'opened'));
  await door.database.pool.query(note(caseNumber, 'told', { superseded: true }));
  expect(notes(await door.get(`/v1/cases/${caseNumber}/timeline`))).toEqual(['opened']);
});

test('what was said stands in the timeline for those who may read it', async () => {
  const caseNumber = await open();
  const entryId = randomUUID();
  await door.database.pool.query(
    `INSERT INTO entries (id, case_number, kind, by, words) VALUES ($1, $2, 'recordGuidance', 'desk-1', '{"what":"reset it"}')`,
    [entryId, caseNumber],
  );
  await door.database.pool.query(note(caseNumber, 'guided-by-phone', { entryId }));
  const path = `/v1/cases/${caseNumber}/timeline`;
  expect((await door.get(path)).body.items).toMatchObject([{ entryId, by: 'desk-1', words: { what: 'reset it' } }]);
  const blind = await door.newKey({ scopes: ['cases:read'] });
  expect((await door.get(path, blind)).body.items).toMatchObject([{ by: 'desk-1', words: { what: '***' } }]);
});

test('the feed never skips a row whose transaction commits late', async () => {
  const store = `feed-${randomUUID().slice(0, 8)}`;
  await door.database.pool.query(
    `INSERT INTO stores SELECT $1, name, city, time_zone, calendar, hours FROM stores WHERE id = 'hz-01'`,
    [store],
  );
  const key = await door.newKey({ stores: [store] });
  const { body: opened } = await door.post('/v1/cases', aRepair({ store }), {}, key);
  const after = (await door.get('/v1/events', key)).body.nextCursor;

  const late = await door.database.pool.connect();
  try {
    await late.query('BEGIN');
    await late.query(note(opened.caseNumber, 'written-first'));
    await door.database.pool.query(note(opened.caseNumber, 'committed-first'));
    const meanwhile = await door.get(`/v1/events?after=${after}`, key);
    expect(notes(meanwhile)).toEqual([]);
    await late.query('COMMIT');
    const path = `/v1/events?after=${meanwhile.body.nextCursor}`;
    const { body } = await until(
      () => door.get(path, key),
      ({ body }) => body.items.length === 2,
    );
    expect(notes({ body })).toEqual(['written-first', 'committed-first']);
    expect(notes(await door.get(`/v1/events?after=${body.nextCursor}`, key))).toEqual([]);
  } finally {
    late.release();
  }
});

/** Other tests' transactions may still be open beside these. */
async function until<Value>(ask: () => Promise<Value>, isSo: (value: Value) => boolean): Promise<Value> {
  for (const stopAt = Date.now() + 10_000; ;) {
    const value = await ask();
    if (isSo(value) || Date.now() > stopAt) return value;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
