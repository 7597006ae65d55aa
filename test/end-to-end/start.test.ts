import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freeRow } from '../../local/ports';
import { identify, isAlive, readIdentity, type Identity } from '../../local/processes';
import { readRun, type Run } from '../../local/run-file';
import { temporalAnswers } from '../../local/temporal-namespace';

// A start takes 8 s on a quiet machine, several times that when all its processors are busy.
jest.setTimeout(480_000);

const root = join(__dirname, '../..');
const dataFolder = mkdtempSync(join(tmpdir(), 'aftercare-start-'));
// PostgreSQL runs under another user where the tests run as root.
chmodSync(dataFolder, 0o755);

let ports: Record<string, string>;
const started: Start[] = [];

beforeAll(async () => {
  const first = await freeRow(27_250, 15);
  ports = {
    TEMPORAL_PORT: String(first),
    POSTGRES_PORT: String(first + 9),
    TEMPORAL_UI_PORT: String(first + 10),
    API_PORT: String(first + 11),
    PHONE_PORT: String(first + 12),
    INBOX_PORT: String(first + 13),
    SMTP_PORT: String(first + 14),
  };
});

afterEach(async () => {
  for (const start of started.splice(0)) await start.stop();
});

afterAll(() => rmSync(dataFolder, { recursive: true, force: true }));

test('the addresses it ends with are those of a product that takes a case', async () => {
  const run = await start().ready();
  const caseNumber = await openCase(run);
  expect(await statusOf(`${run.api}/v1/cases/${caseNumber}`, run)).toBe(200);
  for (const address of [run.docs, run.temporalUi, `${run.phone}/phones`, `${run.inbox}/inboxes`])
    expect(await statusOf(address, run)).toBe(200);
});

test('after Ctrl-C, even pressed twice, nothing is left running, and the next start has the case and the key', async () => {
  const first = start();
  const run = await first.ready();
  const caseNumber = await openCase(run);
  const everything = running();
  expect(everything.length).toBeGreaterThan(5);

  first.signal('SIGINT');
  first.signal('SIGINT');
  await first.ended;
  expect(everything.filter(isAlive)).toEqual([]);
  expect(readRun(dataFolder)).toBeUndefined();

  const again = await start().ready();
  expect(again.apiKey).toBe(run.apiKey);
  expect(await statusOf(`${again.api}/v1/cases/${caseNumber}`, again)).toBe(200);
});

test('a second start beside the first says where the first one is', async () => {
  const run = await start().ready();
  const second = start();
  expect(await second.ended).toBe(1);
  expect(second.output()).toContain(`already running here`);
  expect(second.output()).toContain(run.api);
});

test('when everything was killed with kill -9, the next start recovers', async () => {
  const first = start();
  const run = await first.ready();
  const caseNumber = await openCase(run);
  for (const { pid } of [...running(), ...first.processes()]) kill(pid);
  await first.ended;

  const again = await start().ready();
  expect(await statusOf(`${again.api}/v1/cases/${caseNumber}`, again)).toBe(200);
});

test('when only the start was killed, the next one ends what it left and begins anew', async () => {
  const first = start();
  await first.ready();
  const left = running().filter(({ name }) => name !== 'postgres');
  for (const { pid } of first.processes()) kill(pid);
  await first.ended;

  await start().ready();
  expect(left.filter(isAlive)).toEqual([]);
});

test('a part that is killed comes back by itself', async () => {
  const run = await start().ready();
  const killed = running();
  for (const { pid } of killed) kill(pid);
  const isBack = ({ name }: Part) => running().some((part) => part.name === name && isAlive(part));
  await until(
    async () => killed.every((part) => !isAlive(part) && isBack(part)) && (await temporalAnswers(run.temporalAddress)),
  );
  await until(async () => (await statusOf(`${run.api}/readyz`, run)) === 200);
});

test('a data folder that only its owner may enter has its cases after a restart, and none once it was removed', async () => {
  const closed = mkdtempSync(join(tmpdir(), 'aftercare-closed-'));
  const isKnown = async (caseNumber: string) => {
    const one = start(closed);
    const run = await one.ready();
    const status = await statusOf(`${run.api}/v1/cases/${caseNumber}`, run);
    await one.stop();
    return status === 200;
  };
  try {
    const first = start(closed);
    const caseNumber = await openCase(await first.ready());
    await first.stop();
    expect(await isKnown(caseNumber)).toBe(true);

    rmSync(closed, { recursive: true });
    mkdirSync(closed, { mode: 0o700 });
    expect(await isKnown(caseNumber)).toBe(false);
  } finally {
    const data = join(closed, 'postgres');
    if (existsSync(data)) rmSync(dirname(realpathSync(data)), { recursive: true });
    rmSync(closed, { recursive: true, force: true });
  }
});

test.each([
  ['PHONE_PORT', 'the phones'],
  ['INBOX_PORT', 'the inbox'],
  ['SMTP_PORT', "the inbox's mail server"],
])('a taken port is named, with the setting %s that moves it', async (setting, purpose) => {
  const taker = createServer().listen(Number(ports[setting]), '127.0.0.1');
  try {
    const refused = start();
    expect(await refused.ended).toBe(1);
    expect(refused.output()).toMatch(`Port ${ports[setting]}, meant for ${purpose}, is taken`);
    expect(refused.output()).toContain(`set ${setting}`);
  } finally {
    taker.close();
  }
});

interface Part extends Identity {
  name: string;
}

interface Start {
  ready: () => Promise<Run>;
  /** Its exit code. */
  ended: Promise<number | null>;
  output: () => string;
  signal: (signal: NodeJS.Signals) => void;
  /** What was started by hand, the parts not among it: the script first, then what runs it. */
  processes: () => { pid: number }[];
  stop: () => Promise<void>;
}

/** `npm start` in a folder and on ports of its own, with nothing of what the tests themselves run on. */
function start(folder = dataFolder): Start {
  const { PATH, HOME, XDG_CACHE_HOME, GOCACHE } = process.env;
  const child = spawn(process.execPath, ['local/bootstrap.mjs', 'start'], {
    cwd: root,
    env: { PATH, HOME, XDG_CACHE_HOME, GOCACHE, ...ports, AFTERCARE_DATA: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  const one: Start = {
    ended,
    output: () => output,
    signal: (signal) => void child.kill(signal),
    processes: () => [readIdentity(join(folder, 'start.lock')), { pid: child.pid }].filter(hasPid),
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
    ready: async () => {
      await until(() => hasEnded() || output.includes('aftercare is ready'));
      const run = readRun(folder);
      if (hasEnded() || !run) throw new Error(`It did not start:\n${output}`);
      return run;
    },
  };
  started.push(one);
  return one;
}

const hasPid = (process: { pid?: number | undefined } | undefined): process is { pid: number } =>
  process?.pid !== undefined;

/** The parts that this start, or one before it, has running. */
function running(): Part[] {
  const folder = join(dataFolder, 'processes');
  const recorded = readdirSync(folder).map((file) => ({
    name: file.replace('.json', ''),
    ...readIdentity(join(folder, file)),
  }));
  return [...recorded.filter((part): part is Part => hasPid(part)), ...postgres()];
}

/** While it starts again there is a moment without its file. */
function postgres(): Part[] {
  const file = join(dataFolder, 'postgres', 'postmaster.pid');
  const pid = existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : 0;
  return pid > 0 ? [{ name: 'postgres', ...identify(pid) }] : [];
}

/** What ended because its neighbour was killed needs no killing. */
function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await pause(100);
}

const statusOf = async (address: string, { apiKey }: Run): Promise<number> =>
  await fetch(address, { headers: { authorization: `Bearer ${apiKey}` } }).then(
    ({ status }) => status,
    () => 0,
  );

async function openCase({ api, apiKey }: Run): Promise<string> {
  const answer = await fetch(`${api}/v1/cases`, {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json', 'idempotency-key': randomUUID() },
    body: JSON.stringify({
      kind: 'repair',
      customer: { name: 'Li Wei', phone: '+8613812345678', language: 'en', consents: { sms: true, email: false } },
      product: { category: 'air-conditioner', model: 'KFR-35' },
      fault: { description: 'It does not cool.' },
      store: 'hz-01',
      channel: 'phone',
    }),
  });
  if (answer.status !== 201) throw new Error(`The case was not opened: ${answer.status} ${await answer.text()}`);
  return ((await answer.json()) as { caseNumber: string }).caseNumber;
}
