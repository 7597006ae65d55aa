import pino from 'pino';
import { receiveText } from '../../api/webhooks/receive-text';
import type { Inbound } from '../../domain/messages/understand';
import { pollInbound, runPollInbound } from '../../worker/poll-inbound';
import { openWorld, type World } from '../activities/message-world';
import { twoWay, until } from '../local/phone-fixture';
import { aMobile } from '../support/repair';

let world: World;
beforeAll(async () => void (world = await openWorld()), 30_000);
afterAll(() => world.close());
afterEach(() => world.phone.people('DELETE', '/faults'));

const silent = pino({ level: 'silent' });
const poll = () => pollInbound({ ...world, log: silent });
const storedOf = (number: string) =>
  world.rows<{ kind: string; source: string }>(
    'SELECT kind, source FROM inbound_messages WHERE sender = $1 ORDER BY received_at, sid',
    number,
  );
const write = (number: string, text: string) =>
  world.phone.people('POST', `/phones/${number}/replies`, { text, to: twoWay });

test('a text whose webhook was lost is found in the list of the carrier, once', async () => {
  const number = aMobile();
  await world.faults({ inboundLost: 1, to: number });
  await write(number, '退订');
  expect(await poll()).toBe(1);
  expect(await poll()).toBe(0);
  expect(await storedOf(number)).toEqual([{ kind: 'stop', source: 'poll' }]);
});

test('a text that came by webhook is not taken in again', async () => {
  const number = aMobile();
  await write(number, '您好');
  await world.phone.quiet();
  expect(await poll()).toBe(0);
  expect(await storedOf(number)).toEqual([{ kind: 'unknown-number', source: 'webhook' }]);
});

test('what came while neither we nor the list was up is found when both are', async () => {
  await poll();
  const number = aMobile();
  await world.faults({ inboundLost: 1, to: number });
  await world.faults({ listDown: 1 });
  await write(number, '您好');
  await expect(poll()).rejects.toThrow();
  await world.phone.people('DELETE', '/faults');
  await world.rows(`UPDATE carrier_readings SET complete_to = complete_to - interval '3 days'`);
  expect(await poll()).toBe(1);
});

test('the next reading begins ten minutes before the last complete one, whatever failed between', async () => {
  const asked: Date[] = [];
  const begun = Date.now();
  let fails = false;
  const sms = {
    received(since: Date): Promise<Inbound[]> {
      asked.push(since);
      return fails ? Promise.reject(new Error('the list was cut')) : Promise.resolve([]);
    },
  };
  await pollInbound({ ...world, sms, log: silent });
  fails = true;
  await expect(pollInbound({ ...world, sms, log: silent })).rejects.toThrow();
  await expect(pollInbound({ ...world, sms, log: silent })).rejects.toThrow();
  const [, second, third] = asked.map((since) => since.getTime() + 10 * 60_000 - begun);
  expect(second).toBeGreaterThanOrEqual(0);
  expect(second).toBeLessThan(5_000);
  expect(third).toBe(second);
});

test('a list that is down is said once, and once more when it is read again', async () => {
  const said: string[] = [];
  const log = pino({ base: null }, { write: (line: string) => said.push((JSON.parse(line) as { msg: string }).msg) });
  const stopping = new AbortController();
  let readings = 0;
  const sms = {
    async received(): Promise<Inbound[]> {
      readings += 1;
      if (readings < 4) throw new Error('down');
      if (readings > 5) stopping.abort();
      return Promise.resolve([]);
    },
  };
  await runPollInbound({ ...world, sms, log, everyMs: 1, signal: stopping.signal });
  expect(said).toEqual([
    "the carrier's list of incoming texts cannot be read",
    "the carrier's list of incoming texts is read again",
  ]);
});

test('a STOP that is found late does not undo the START that was said after it', async () => {
  const number = aMobile();
  const at = new Date(Date.now() - 60_000).toISOString();
  await write(number, 'START');
  await until(async () => (await storedOf(number)).length === 1);
  await receiveText(world.database, { sid: `SM${'a'.repeat(32)}`, from: number, to: twoWay, body: 'STOP', at }, 'poll');
  expect(await storedOf(number)).toMatchObject([{ kind: 'stop' }, { kind: 'start' }]);
  expect(await world.rows('SELECT FROM opt_outs WHERE number = $1 AND ended_at IS NULL', number)).toEqual([]);
});
