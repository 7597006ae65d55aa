import { randomBytes } from 'node:crypto';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { Client } from '@temporalio/client';
import pino from 'pino';
import { relay, relayConnection, runRelay } from '../../worker/relay';
import type { Opening } from '../../workflows/start-case';
import { openWorld, type World } from '../activities/message-world';
import { eventually } from '../support/repair';

const address = process.env.TEMPORAL_ADDRESS ?? '127.0.0.1:7233';
const namespace = process.env.TEMPORAL_NAMESPACE ?? 'aftercare';
/** Nobody works on it: what is started stays as it was started, and what is said to it stands in its history. */
const taskQueue = `relay-${randomBytes(4).toString('hex')}`;

let world: World;
let client: Client;
const cases: string[] = [];

beforeAll(async () => {
  world = await openWorld();
  client = new Client({ connection: relayConnection(address), namespace });
}, 30_000);

afterAll(async () => {
  await Promise.all(
    cases.map((one) =>
      client.workflow
        .getHandle(one)
        .terminate()
        .catch(() => undefined),
    ),
  );
  await client.connection.close();
  await world.close();
});

const parts = () => ({ database: world.database, client, taskQueue });
const aCase = async () => {
  const { caseNumber } = await world.aCase();
  cases.push(caseNumber);
  return caseNumber;
};
const put = (caseNumber: string, kind: string, payload: object) =>
  world.rows('INSERT INTO outbox (case_number, kind, payload) VALUES ($1, $2, $3)', caseNumber, kind, payload);
const start = (caseNumber: string) => put(caseNumber, 'start', { ...opening });
const reply = (caseNumber: string, replyId: string) => put(caseNumber, 'reply', { replyId });
const close = (caseNumber: string) =>
  world.rows(`UPDATE cases SET ending = 'satisfied' WHERE case_number = $1`, caseNumber);
const waiting = (caseNumber: string) =>
  world.rows<{ kind: string; tries: number }>(
    'SELECT kind, tries FROM outbox WHERE case_number = $1 AND done_at IS NULL ORDER BY id',
    caseNumber,
  );
const dueNow = (caseNumber: string) =>
  world.rows('UPDATE outbox SET next_try_at = now() WHERE case_number = $1', caseNumber);

const opening: Opening = {
  kind: 'repair',
  opening: 1,
  missing: [],
  priority: 'normal',
  openedAt: '2026-11-24T02:00:00.000Z',
  store: 'hz-01',
  category: 'air conditioner',
  city: 'Hangzhou',
};

/** What a story was told, in the order of its history. */
async function toldTo(caseNumber: string): Promise<string[]> {
  const { events } = await client.workflow.getHandle(caseNumber).fetchHistory();
  return (events ?? []).flatMap(({ workflowExecutionSignaledEventAttributes: signal }) => {
    const data = signal?.input?.payloads?.[0]?.data;
    return signal
      ? [data ? (JSON.parse(Buffer.from(data).toString()) as { replyId: string }).replyId : `${signal.signalName}`]
      : [];
  });
}

const runsOf = async (caseNumber: string) => {
  const handle = client.workflow.getHandle(caseNumber);
  const { runId, status } = await handle.describe();
  const { events } = await handle.fetchHistory();
  return {
    runId,
    status: status.name,
    first: events?.[0]?.workflowExecutionStartedEventAttributes?.originalExecutionRunId,
  };
};

/** A door before Temporal that can be shut. */
async function aDoor() {
  const [host = '', port = ''] = address.split(':');
  const sockets = new Set<Socket>();
  const server = createServer((inside) => {
    const outside = connect(Number(port), host);
    for (const [one, other] of [
      [inside, outside],
      [outside, inside],
    ] as const) {
      sockets.add(one);
      one
        .on('error', () => other.destroy())
        .on('close', () => (sockets.delete(one), other.destroy()))
        .pipe(other);
    }
  });
  const listen = (at: number) => new Promise<void>((resolve) => server.listen(at, '127.0.0.1', resolve));
  await listen(0);
  const at = (server.address() as AddressInfo).port;
  const shut = async () => {
    const ended = new Promise((resolve) => server.close(resolve));
    sockets.forEach((socket) => socket.destroy());
    await ended;
  };
  return { address: `127.0.0.1:${at}`, shut, open: () => listen(at) };
}

test('a case opened while Temporal is away starts once, within 5 s of its return, and two relays say each once that it was away', async () => {
  const door = await aDoor();
  const behind = new Client({ connection: relayConnection(door.address), namespace });
  await behind.withDeadline(Date.now() + 5000, () => behind.workflowService.getSystemInfo({}));
  await door.shut();

  const said: string[] = [];
  const log = pino({ base: null }, { write: (line: string) => said.push((JSON.parse(line) as { msg: string }).msg) });
  const isAway = (words: string) => words.includes('does not answer');
  const isBack = (words: string) => words.includes('is back');
  const stopping = new AbortController();
  const one = { ...parts(), client: behind, log, signal: stopping.signal };
  const relays = [runRelay(one), runRelay(one)];
  const caseNumber = await aCase();
  let backAfterMs: number;
  try {
    await start(caseNumber);
    await eventually(async () => ((await waiting(caseNumber))[0]?.tries ?? 0) >= 3, 20_000);
    await door.open();
    const back = Date.now();
    await eventually(async () => (await waiting(caseNumber)).length === 0, 20_000);
    backAfterMs = Date.now() - back;
    await eventually(() => said.filter(isBack).length === said.filter(isAway).length, 5_000);
  } finally {
    stopping.abort();
    await Promise.all(relays);
    await behind.connection.close();
    await door.shut();
  }

  const { runId, status, first } = await runsOf(caseNumber);
  expect(status).toBe('RUNNING');
  expect(first).toBe(runId);
  expect(said.filter(isAway).length).toBeLessThanOrEqual(2);
  expect(backAfterMs).toBeLessThan(5000);
}, 40_000);

test('what was said to a case reaches its story in that order and once, also through two relays at once', async () => {
  const several = await Promise.all([aCase(), aCase(), aCase()]);
  for (const one of several) await start(one);
  const ids = Array.from({ length: 12 }, (_, i) => `SM-${i}`);
  for (const id of ids) for (const one of several) await reply(one, id);
  const passes = await Promise.all([relay(parts()), relay(parts())]);
  expect(passes[0].handedOver + passes[1].handedOver).toBe(39);
  for (const one of several) expect(await toldTo(one)).toEqual(ids);
}, 30_000);

test('nothing overtakes what could not be handed over yet', async () => {
  const [stuck, other] = [await aCase(), await aCase()];
  await reply(stuck, 'SM-first');
  await reply(stuck, 'SM-second');
  await start(other);
  expect(await relay(parts())).toEqual({ handedOver: 1, away: false });
  expect(await waiting(stuck)).toEqual([
    { kind: 'reply', tries: 1 },
    { kind: 'reply', tries: 0 },
  ]);

  await client.workflow.start('repairCase', { workflowId: stuck, taskQueue, args: [] });
  await dueNow(stuck);
  expect(await relay(parts())).toEqual({ handedOver: 2, away: false });
  expect(await toldTo(stuck)).toEqual(['SM-first', 'SM-second']);
});

test('a case that is opened again starts though a reply of before still waits, and its story hears it', async () => {
  const caseNumber = await aCase();
  await reply(caseNumber, 'SM-before');
  expect(await relay(parts())).toEqual({ handedOver: 0, away: false });
  await start(caseNumber);
  await dueNow(caseNumber);
  await relay(parts());
  await dueNow(caseNumber);
  await relay(parts());
  expect(await waiting(caseNumber)).toEqual([]);
  expect(await toldTo(caseNumber)).toEqual(['SM-before']);
});

test('a reply to a case that has ended meanwhile becomes a task of the desk, news of a message ends there', async () => {
  const caseNumber = await aCase();
  await close(caseNumber);
  await reply(caseNumber, 'SM-late');
  await put(caseNumber, 'settled', { key: 'a-key', state: 'accepted' });
  await put(caseNumber, 'opted-out', { replyId: 'SM-stop' });
  await put(caseNumber, 'run-changed', {});
  expect(await relay(parts())).toEqual({ handedOver: 4, away: false });
  expect(await waiting(caseNumber)).toEqual([]);
  expect(
    await world.rows('SELECT kind, inbound_sid AS sid FROM desk_tasks WHERE case_number = $1', caseNumber),
  ).toEqual([{ kind: 'reply-to-closed', sid: 'SM-late' }]);
});

test('every kind of news is told by its own signal', async () => {
  const caseNumber = await aCase();
  await start(caseNumber);
  await put(caseNumber, 'settled', { key: 'a-key', state: 'accepted' });
  await put(caseNumber, 'opted-out', { replyId: 'SM-stop' });
  await put(caseNumber, 'opted-in', { replyId: 'SM-start' });
  await put(caseNumber, 'run-changed', {});
  await relay(parts());
  const { events } = await client.workflow.getHandle(caseNumber).fetchHistory();
  const names = events
    ?.map(({ workflowExecutionSignaledEventAttributes: signal }) => signal?.signalName)
    .filter(Boolean);
  expect(names).toEqual(['messageSettled', 'customerOptedOut', 'customerOptedIn', 'runChanged']);
});

test('an opening that runs or has ended is not started again', async () => {
  const caseNumber = await aCase();
  await start(caseNumber);
  await relay(parts());
  const { runId } = await runsOf(caseNumber);
  await start(caseNumber);
  await relay(parts());
  expect(await runsOf(caseNumber)).toMatchObject({ runId, status: 'RUNNING' });

  await client.workflow.getHandle(caseNumber).terminate();
  await start(caseNumber);
  await relay(parts());
  expect(await waiting(caseNumber)).toEqual([]);
  expect(await runsOf(caseNumber)).toMatchObject({ runId, status: 'TERMINATED' });
});

test('a relay that died with a row in hand gives it back within 5 s', async () => {
  const caseNumber = await aCase();
  await start(caseNumber);
  const dying = { ...parts(), database: dyingAfterTheLease() };
  await expect(relay(dying)).rejects.toThrow('died');
  expect(await relay(parts())).toEqual({ handedOver: 0, away: false });
  await eventually(async () => (await relay(parts())).handedOver === 1, 6_000);
  expect(await runsOf(caseNumber)).toMatchObject({ status: 'RUNNING' });
}, 15_000);

/** PostgreSQL answers the first statement and is gone afterwards. */
function dyingAfterTheLease() {
  let statements = 0;
  const query = (sql: string, values: unknown[]) =>
    (statements += 1) > 4 ? Promise.reject(new Error('died')) : world.database.pool.query(sql, values);
  return { ...world.database, pool: { query } } as unknown as World['database'];
}
