import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Message } from '../../domain/messages/message';
import { accountSid, authToken } from '../local/phone-fixture';
import type { Orders } from './dying-sender';
import { openWorld, until, type World } from './message-world';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());
afterEach(() => world.phone.people('DELETE', '/faults'));

/** A process of its own hands it over, and is killed in the middle of it. */
async function handOverAndDie(message: Message, stopAt: Orders['stopAt']): Promise<void> {
  const { databaseUrl, phone, parts } = world;
  const orders: Orders = {
    databaseUrl,
    apiUrl: phone.url,
    publicUrl: parts.publicUrl,
    accountSid,
    authToken,
    message,
    stopAt,
  };
  const sender = spawn(
    process.execPath,
    ['--import', 'tsx', join(__dirname, 'dying-sender.ts'), JSON.stringify(orders)],
    { cwd: join(__dirname, '../..'), stdio: ['ignore', 'pipe', 'inherit'] },
  );
  await once(sender.stdout, 'data');
  const gone = once(sender, 'exit');
  sender.kill('SIGKILL');
  await gone;
  expect(await world.stateOf(message)).toMatch(/submitting|accepted|sent|delivered/);
}

test('killed after the commit, before the carrier: nothing is handed over until the carrier surely does not have it, then one text', async () => {
  const message = await world.aCase();
  await handOverAndDie(message, 'before-the-carrier');
  expect(await world.send(message)).toEqual({ state: 'unknown' });
  await world.ago(message, 300);
  await world.reconcile();
  expect(await world.send(message)).toEqual({ state: 'unknown' });
  expect(await world.textsOn(message.phone)).toEqual([]);
  await world.ago(message, 305);
  await world.reconcile();
  expect((await world.send(message)).state).toBe('accepted');
  expect(await world.textsOn(message.phone)).toHaveLength(1);
});

test('killed after the carrier took it: one text, known by its callback', async () => {
  const message = await world.aCase();
  await handOverAndDie(message, 'after-the-carrier');
  await until(async () => (await world.stateOf(message)) === 'delivered');
  expect((await world.send(message)).state).toBe('accepted');
  expect(await world.textsOn(message.phone)).toHaveLength(1);
});

test('killed after the carrier took it, all callbacks lost: one text, found in the carrier’s list', async () => {
  const message = await world.aCase();
  await world.faults({ to: message.phone, callbacksLost: 1 });
  await handOverAndDie(message, 'after-the-carrier');
  expect(await world.send(message)).toEqual({ state: 'unknown' });
  await world.ago(message, 16);
  await world.reconcile();
  expect(await world.newsOf(message)).toEqual(['accepted']);
  expect((await world.send(message)).state).toBe('accepted');
  expect(await world.textsOn(message.phone)).toHaveLength(1);
});
