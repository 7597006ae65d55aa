import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { accountSid, authToken } from '../local/phone-fixture';
import { openCompany, type Company } from '../support/company';
import { attemptsOf, dueNow, inText, stateOfText, textsOfOurs } from '../support/conversation';
import type { Orders, StopAt } from '../support/dying-worker';
import { aRepair, eventually, type Repair } from '../support/repair';

let company: Company;
beforeAll(async () => {
  company = await openCompany({ patience: { looks: [0.3] } });
  await company.stopWorkers();
}, 60_000);
afterAll(() => company.close());

/** A worker as a process of its own; it hears where to stop, and says when it has. */
async function startDyingWorker(): Promise<ChildProcess> {
  const orders: Orders = {
    databaseUrl: company.directUrl,
    apiUrl: company.phone.url,
    publicUrl: company.url,
    accountSid,
    authToken,
    address: process.env.TEMPORAL_ADDRESS ?? '127.0.0.1:7233',
    namespace: company.namespace,
    taskQueue: company.taskQueue,
    stories: process.env.STORIES ?? '',
  };
  const worker = fork(join(__dirname, '../support/dying-worker.ts'), [JSON.stringify(orders)], {
    cwd: join(__dirname, '../..'),
    execArgv: ['--import', 'tsx'],
  });
  await once(worker, 'message');
  return worker;
}

interface Moment {
  repair: Repair;
  /** What stood in the ledger when the worker died, and what became of each attempt. */
  then: string;
  attempts: string[];
}

let moments: Record<'before' | 'during' | 'after' | 'recorded', Moment>;

/** Four texts are on their way when the worker is killed, each at another moment; then the next worker goes on. */
beforeAll(async () => {
  const worker = await startDyingWorker();
  const reached = new Set<unknown>();
  worker.on('message', (number) => reached.add(number));
  const stopped = async (stopAt?: StopAt): Promise<Repair> => {
    const repair = await aRepair(company);
    if (stopAt) worker.send([repair.phone, stopAt]);
    else await company.phone.people('PUT', '/faults', { to: repair.phone, hang: 1, callbacksLost: 1 });
    await dueNow(repair);
    await eventually(async () => (stopAt ? reached.has(repair.phone) : (await repair.texts()).length === 1));
    return repair;
  };
  const before = await stopped('before-the-carrier');
  const during = await stopped();
  const after = await stopped('after-the-carrier');
  const recorded = await stopped('after-the-ledger');
  await company.phone.quiet();

  const gone = once(worker, 'exit');
  worker.kill('SIGKILL');
  await gone;
  const at = async (repair: Repair, attempts: string[]): Promise<Moment> => ({
    repair,
    then: (await stateOfText(company, repair)) ?? '',
    attempts,
  });
  moments = {
    before: await at(before, ['lost', 'delivered']),
    during: await at(during, ['delivered']),
    after: await at(after, ['delivered']),
    recorded: await at(recorded, ['delivered']),
  };
  await company.startWorker();
}, 60_000);

test.each([
  ['before it handed a text to the carrier', 'before', 'submitting'],
  ['while the carrier had the text and had not answered', 'during', 'submitting'],
  ['after the carrier answered, before that was recorded', 'after', 'delivered'],
  ['after that was recorded, before the story heard it', 'recorded', 'delivered'],
] as const)(
  'a worker killed %s: one text on the phone, and the next worker goes on',
  async (_when, moment, then) => {
    const { repair, attempts, ...was } = moments[moment];
    expect(was.then).toBe(then);
    await eventually(async () => (await repair.task('guidance-call')) !== undefined, 60_000);
    await company.phone.quiet();
    expect((await attemptsOf(company, repair)).map(({ state }) => state)).toEqual(attempts);
    expect(await textsOfOurs(repair)).toEqual([
      expect.stringContaining(`${await inText(repair, 'guidance-call')}前致电您`),
    ]);
    expect(await repair.outcomes()).toEqual(['guidance-check kept', 'guidance-call null']);
    await repair.replies('1');
    expect((await repair.look()).ending).toBe('satisfied');
    expect(await repair.outcomes()).toEqual(['guidance-check kept', 'guidance-call cancelled']);
  },
  90_000,
);
