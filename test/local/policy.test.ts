import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { MockActivityEnvironment } from '@temporalio/testing';
import { caseRecords } from '../../activities/case-records';
import type { Step, StepWritten } from '../../domain/cases/step';
import type { PolicyFile } from '../../domain/policies/policy-file';
import type { Terms } from '../../domain/policies/terms';
import { openDatabase, type Database } from '../../prisma/database';
import { publishPolicy } from '../../prisma/publish-policy';
import { openLedger, type Ledger } from '../support/ledger';
import { aPolicyFile } from '../support/policy-file';

const run = promisify(execFile);

let ledger: Ledger;
let database: Database;
let folder: string;
beforeEach(async () => {
  ledger = await openLedger();
  database = openDatabase(ledger.url, { connections: 2 });
  folder = mkdtempSync(join(tmpdir(), 'policy-'));
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await database.close();
  await ledger.close();
});

const publish = (changes: Partial<PolicyFile> = {}) => publishPolicy(ledger.pool, aPolicyFile(changes));
const ids = (table: string) =>
  ledger.rows<{ id: string }>(`SELECT id FROM ${table} ORDER BY id`).then((rows) => rows.map(({ id }) => id));
const versions = () =>
  ledger
    .rows<{ version: string }>('SELECT version FROM policies ORDER BY version')
    .then((rows) => rows.map(({ version }) => version));

/** The first step of a case's story, as a worker writes it, and the terms it took. */
async function open(caseNumber: string): Promise<Terms> {
  const { recordStep } = caseRecords(database);
  const first: Step = {
    ...{ caseNumber, opening: 1, ordinal: 1, clock: 3, taken: 100, firstRun: true, at: '2026-11-24T02:00:00.000Z' },
    ...{ status: 'choosing', waitingFor: 'desk', actionsNow: [], priority: 'normal', escalated: false },
    ...{ notes: [], promised: [], outcomes: [], tasks: [], settledMatters: [], leftToDesk: [] },
  };
  const { terms } = (await new MockActivityEnvironment().run(recordStep, first)) as StepWritten;
  return terms!;
}

const termsOf = async (caseNumber: string) =>
  (await ledger.rows<{ terms: Terms }>('SELECT terms FROM cases WHERE case_number = $1', caseNumber))[0]!.terms;

test('a policy is in force at once for new cases, and a case opened before keeps its terms', async () => {
  const before = await ledger.aCase();
  const kept = await open(before);
  const { policy, stores } = aPolicyFile();
  const guidance = { ...policy.guidance, checkAfterHours: 3 };
  const moved = stores.map((store) => ({ ...store, timeZone: 'Asia/Tokyo' }));
  expect(await publish({ policy: { ...policy, guidance }, stores: moved })).toBe('published');

  const after = await ledger.aCase();
  expect(await open(after)).toMatchObject({
    ...{ version: 'next-year', guidance: { checkAfterHours: 3 }, store: { id: 'hz-01', timeZone: 'Asia/Tokyo' } },
  });
  expect(await termsOf(before)).toEqual(kept);
  expect(kept).toMatchObject({
    version: 'china-2026',
    guidance: { checkAfterHours: 2 },
    store: { timeZone: 'Asia/Shanghai' },
  });
});

test('stores, engineers, staff, senders and calendars are those of the file', async () => {
  const { senders } = aPolicyFile();
  const own = { ...senders[0]!, store: 'sh-01', number: '+8613700137000', carriesUrls: true };
  await publish({ senders: [...senders, own] });
  expect(await ids('stores')).toEqual(['hz-01', 'sh-01']);
  expect(await ids('engineers')).toEqual(['engineer-1', 'engineer-2', 'engineer-3']);
  expect(await ids('staff')).toContain('centre-head-1');
  expect(await ledger.rows('SELECT id, version FROM calendars ORDER BY version')).toEqual([
    { id: 'china', version: 'china-2026' },
    { id: 'china', version: 'next-year' },
  ]);
  expect(
    await ledger.rows(`SELECT store, number, carries_urls FROM channels WHERE prefix = '+86' ORDER BY store`),
  ).toEqual([
    { store: '', number: senders[0]!.number, carries_urls: false },
    { store: 'sh-01', number: own.number, carries_urls: true },
  ]);
});

test('a calendar of an earlier version stays as it was published', async () => {
  await publish();
  await publish({ version: 'china-2027', calendars: [{ ...aPolicyFile().calendars[0]!, weekend: ['sunday'] }] });
  const rows = await ledger.rows(`SELECT version, content->'weekend' AS weekend FROM calendars ORDER BY version`);
  expect(rows).toEqual([
    { version: 'china-2026', weekend: ['saturday', 'sunday'] },
    { version: 'china-2027', weekend: ['sunday'] },
    { version: 'next-year', weekend: ['saturday', 'sunday'] },
  ]);
});

test('a version with other content is refused, and with the same content changes nothing', async () => {
  await publish();
  expect(await publish()).toBe('unchanged');
  const { policy } = aPolicyFile();
  await expect(publish({ policy: { ...policy, textsPerDay: 5 } })).rejects.toMatchObject({
    mistakes: [{ pointer: '/version', message: expect.stringContaining('published with other content') }],
  });
  await expect(publish({ version: 'china-2026' })).rejects.toMatchObject({ mistakes: [{ pointer: '/version' }] });
  expect(await ledger.rows(`SELECT content->'textsPerDay' AS n FROM policies`)).toEqual([{ n: 6 }, { n: 6 }]);
});

test('the same policy published by two at once is published once', async () => {
  const verdicts = await Promise.all([publish(), publish(), publish()]);
  expect(verdicts.sort()).toEqual(['published', 'unchanged', 'unchanged']);
});

test('a store that an open case is at is not dropped; once the case is closed it is retired, and comes back with a later version', async () => {
  const caseNumber = await ledger.aCase();
  const { stores, engineers } = aPolicyFile();
  const without = {
    stores: stores.filter(({ id }) => id !== 'hz-01'),
    engineers: engineers.filter(({ store }) => store !== 'hz-01'),
  };
  await expect(publish(without)).rejects.toMatchObject({
    mistakes: [{ pointer: '/stores', message: `hz-01 is missing, but open cases need it: ${caseNumber}.` }],
  });
  expect(await versions()).toEqual(['china-2026']);

  await ledger.rows(`UPDATE cases SET ending = 'satisfied' WHERE case_number = $1`, caseNumber);
  expect(await publish(without)).toBe('published');
  const retired = 'SELECT id FROM stores WHERE retired_at IS NOT NULL';
  expect(await ledger.rows(retired)).toEqual([{ id: 'hz-01' }]);

  await publish({ version: 'next-year.1' });
  expect(await ledger.rows(retired)).toEqual([]);
});

test('an engineer or a person who holds a task of an open case is not dropped', async () => {
  await publish();
  const caseNumber = await ledger.aCase();
  const tasks = { visit: { holder: 'engineer-1' }, call: { holder: 'desk-2' } };
  await ledger.write(caseNumber, 'run-1', [3, 100, 1], { tasks });
  const { staff, engineers } = aPolicyFile();
  const fewer = {
    version: 'next-year.1',
    staff: staff.filter(({ id }) => id !== 'desk-2'),
    engineers: engineers.filter(({ id }) => id !== 'engineer-1'),
  };
  await expect(publish(fewer)).rejects.toMatchObject({
    mistakes: [
      { pointer: '/engineers', message: `engineer-1 is missing, but open cases need it: ${caseNumber}.` },
      { pointer: '/staff', message: `desk-2 is missing, but open cases need it: ${caseNumber}.` },
    ],
  });
});

test('a publication that fails half-way leaves everything as it was', async () => {
  await ledger.rows('ALTER TABLE channels ADD CHECK (false) NOT VALID');
  const staff = await ids('staff');
  await expect(publish({ engineers: [] })).rejects.toThrow('violates check constraint');
  expect(await versions()).toEqual(['china-2026']);
  expect(await ids('engineers')).toEqual(['engineer-1', 'engineer-2', 'engineer-3']);
  expect(await ids('staff')).toEqual(staff);
});

test('on the command line a file is checked, published once, listed and shown', async () => {
  const path = join(folder, 'policy.json');
  const env = { ...process.env, DATABASE_URL: ledger.url };
  const policy = (...parameters: string[]) =>
    run(process.execPath, ['--import', 'tsx', 'local/policy.ts', ...parameters], { env }).then(({ stdout }) => stdout);
  writeFileSync(path, JSON.stringify(aPolicyFile()));
  expect(await policy('check', path)).toContain('can be published');
  expect(await versions()).toEqual(['china-2026']);
  expect(await policy('publish', path)).toContain('next-year is in force');
  expect(await policy('publish', path)).toContain('nothing changes');
  expect(await policy('list')).toMatch(/next-year.*true[^]*china-2026.*false/);
  expect(JSON.parse(await policy('show', 'next-year'))).toEqual(aPolicyFile());
  await expect(policy('show', 'moon')).rejects.toMatchObject({ code: 1, stderr: 'There is no version moon.\n' });

  writeFileSync(path, JSON.stringify(aPolicyFile({ staff: [{ id: 'desk-1', role: 'wizard' }], engineers: [] })));
  await expect(policy('publish', path)).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('/staff/0/role: The role wizard is on no ladder.'),
  });
  writeFileSync(path, '{ "version": ');
  await expect(policy('check', path)).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('is not JSON'),
  });
});
