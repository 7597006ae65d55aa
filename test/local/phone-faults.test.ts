import { startPhone, type StartedPhone } from './phone-fixture';

let phone: StartedPhone;
beforeAll(async () => {
  phone = await startPhone();
});
afterAll(() => phone.stop());
afterEach(() => phone.people('DELETE', '/faults'));

const number = '+8613933330001';
const other = '+8613933330002';
const setFaults = (faults: object) => phone.people('PUT', '/faults', faults);
const sendsWithin = (ms: number, to: string, body: string) =>
  phone.client(undefined, ms).messages.create({ to, from: '+8613800138000', body });

test('accepted, then the connection drops: the sender learns nothing, the phone has the text', async () => {
  await setFaults({ to: number, acceptThenDrop: 1 });
  await expect(phone.send(number, 'dropped')).rejects.toMatchObject({ code: 'ECONNRESET' });
  expect(await phone.textsOn(number)).toContain('dropped');
});

test('accepted, then 500: the phone has the text', async () => {
  await setFaults({ to: number, acceptThen500: 1 });
  await expect(phone.send(number, 'five hundred')).rejects.toMatchObject({ status: 500, code: 20500 });
  expect(await phone.textsOn(number)).toContain('five hundred');
});

test('accepted, then no answer: the phone has the text', async () => {
  await setFaults({ to: number, hang: 1 });
  await expect(sendsWithin(200, number, 'hanging')).rejects.toMatchObject({ code: 'ECONNABORTED' });
  expect(await phone.textsOn(number)).toContain('hanging');
});

test.each([
  ['429', { tooMany: 1 }, { status: 429, code: 20429 }],
  ['a code of the carrier', { refuseWith: 30610 }, { status: 400, code: 30610 }],
  ['a connection reset', { down: 1 }, { code: 'ECONNRESET' }],
])('refused with %s: the phone does not have the text', async (_name, faults, error) => {
  await setFaults({ to: number, ...faults });
  await expect(phone.send(number, 'refused')).rejects.toMatchObject(error);
  expect(await phone.textsOn(number)).not.toContain('refused');
});

test('the list can be down, cut after its first page, or behind', async () => {
  for (const body of ['1', '2', '3']) await phone.send(other, body);
  const list = () => phone.client().messages.list({ to: other, pageSize: 2 });
  await setFaults({ to: other, listDown: 1 });
  await expect(list()).rejects.toMatchObject({ status: 503 });
  await setFaults({ to: other, listCut: 1 });
  await expect(list()).rejects.toMatchObject({ status: 503 });
  await setFaults({ to: other, listLagSeconds: 60 });
  expect(await list()).toEqual([]);
  await phone.people('DELETE', `/faults?to=${encodeURIComponent(other)}`);
  expect(await list()).toHaveLength(3);
});

test('faults for one number leave the others alone, and go before the common ones', async () => {
  await setFaults({ tooMany: 1 });
  await setFaults({ to: number, tooMany: 0 });
  await expect(phone.send(number, 'passes')).resolves.toBeDefined();
  await expect(phone.send(other, 'does not')).rejects.toMatchObject({ status: 429 });
  expect((await phone.people('GET', '/faults')).body.items).toEqual([
    { tooMany: 1, seed: 1 },
    { to: number, tooMany: 0, seed: 1 },
  ]);
});

test('a share falls on about that many, and on the same ones for the same seed', async () => {
  const draws = async (seed: number) => {
    await setFaults({ to: number, seed, tooMany: 0.5 });
    const outcomes: boolean[] = [];
    for (let index = 0; index < 40; index += 1)
      outcomes.push(
        await phone.send(number, 'maybe').then(
          () => true,
          () => false,
        ),
      );
    return outcomes;
  };
  const first = await draws(7);
  expect(first.filter(Boolean).length).toBeGreaterThan(8);
  expect(first.filter(Boolean).length).toBeLessThan(32);
  expect(await draws(7)).toEqual(first);
});

test('an unknown fault or a share above 1 is refused and named, and nothing changes', async () => {
  const unknown = await setFaults({ callbackLost: 1, hangs: 1 });
  expect(unknown.status).toBe(422);
  expect(unknown.body.errors.map(({ pointer }) => pointer)).toEqual(['/callbackLost', '/hangs']);
  const tooLarge = await setFaults({ hang: 2 });
  expect(tooLarge.status).toBe(422);
  expect(tooLarge.body.errors[0]?.pointer).toBe('/hang');
  expect((await phone.people('GET', '/faults')).body.items).toEqual([]);
});
