import { MockActivityEnvironment } from '@temporalio/testing';
import { caseRecords } from '../../activities/case-records';
import type { CalendarYear } from '../../domain/calendar/holidays';
import type { Promised, Step, StepWritten } from '../../domain/cases/step';
import { everyDay } from '../../domain/policies/every-day';
import { openDatabase, type Database } from '../../prisma/database';
import { publishPolicy } from '../../prisma/publish-policy';
import { openLedger, type Ledger } from '../support/ledger';
import { aPolicyFile } from '../support/policy-file';
import { inHangzhou } from '../support/terms';

let ledger: Ledger;
let database: Database;
beforeEach(async () => {
  ledger = await openLedger();
  database = openDatabase(ledger.url, { connections: 2 });
});
afterEach(async () => {
  await database.close();
  await ledger.close();
});

/** A step of a case's story, as a worker writes it. */
async function record(caseNumber: string, ordinal: number, promised: Promised[] = []): Promise<StepWritten> {
  const step: Step = {
    ...{ caseNumber, opening: 1, ordinal, clock: ordinal, taken: ordinal, firstRun: true },
    ...{ at: inHangzhou('2026-12-30 15:00'), status: 'in-workshop', waitingFor: 'workshop', actionsNow: [] },
    ...{ priority: 'normal', escalated: false, notes: [{ note: 'opened' }], promised, outcomes: [], tasks: [] },
    ...{ settledMatters: [], leftToDesk: [] },
  };
  return (await new MockActivityEnvironment().run(caseRecords(database).recordStep, step)) as StepWritten;
}

const twoWorkingDays = (id: string): Promised => ({
  ...{ id, kind: 'agree-next-step', matter: 'workshop', keeper: 'desk' },
  ...{ from: inHangzhou('2026-12-30 15:00'), rule: 'repair-due-service-centre' },
});

const newYear = (year: number): CalendarYear => ({
  year,
  source: 'a test',
  holidays: [{ name: '元旦', from: `${year}-01-01`, to: `${year}-01-03` }],
  makeUpDays: [],
});
/** The calendar of 2026 with that of the next year, as it is published in the autumn before. */
const withNextYear = [
  {
    ...aPolicyFile({}, 2026).calendars[0]!,
    horizon: '2027-12-31',
    years: [{ ...newYear(2026), makeUpDays: ['2026-01-04'] }, newYear(2027)],
  },
];

test('over the horizon a promise is provisional in the ledger; counted again after the year was published, it is firm', async () => {
  const caseNumber = await ledger.aCase();
  await record(caseNumber, 1);
  const before = await record(caseNumber, 2, [twoWorkingDays('repair/1')]);
  expect(before.promised['repair/1']).toMatchObject({ dueAt: inHangzhou('2027-01-01 20:00'), provisional: true });

  await publishPolicy(ledger.pool, aPolicyFile({ calendars: withNextYear }));
  const after = await record(caseNumber, 3, [twoWorkingDays('repair/2')]);
  expect(after.promised['repair/2']).toMatchObject({ dueAt: inHangzhou('2027-01-04 20:00') });
  expect(
    await ledger.rows(
      'SELECT promise, provisional FROM promises_now WHERE case_number = $1 ORDER BY promise',
      caseNumber,
    ),
  ).toEqual([
    { promise: 'repair/1', provisional: true },
    { promise: 'repair/2', provisional: false },
  ]);
});

test('a case keeps the hours of its store from the day it opened, a new case has those of today', async () => {
  const { stores } = aPolicyFile();
  const [old, young] = [await ledger.aCase(), await ledger.aCase()];
  await record(old, 1);
  const early = stores.map((store) => ({ ...store, hours: everyDay([{ from: '08:00', to: '17:00' }]) }));
  await publishPolicy(ledger.pool, aPolicyFile({ stores: early, calendars: withNextYear }));
  await ledger.rows('UPDATE cases SET opened_at = now() WHERE case_number = $1', young);
  await record(young, 1);

  const due = async (caseNumber: string) =>
    (await record(caseNumber, 2, [twoWorkingDays('repair/1')])).promised['repair/1']?.dueAt;
  expect(await due(old)).toBe(inHangzhou('2027-01-04 20:00'));
  expect(await due(young)).toBe(inHangzhou('2027-01-04 17:00'));
});

test('the terms of a case hold no calendar, only its name', async () => {
  const { terms } = await record(await ledger.aCase(), 1);
  expect(terms?.store.calendar).toBe('china');
  expect(JSON.stringify(terms)).not.toContain('makeUpDays":["');
});

test('a case of before stores had hours by weekday goes on, with a calendar that is that of its store', async () => {
  const caseNumber = await ledger.aCase();
  const { terms } = await record(caseNumber, 1);
  const { hours: _hours, calendar: _calendar, ...store } = terms!.store;
  const old = { version: terms!.version, store: { ...store, openingHours: [{ from: '09:00', to: '18:00' }] } };
  await ledger.rows('UPDATE cases SET terms = $2 WHERE case_number = $1', caseNumber, old);
  const { promised } = await record(caseNumber, 2, [
    { ...twoWorkingDays('repair/1'), from: inHangzhou('2026-11-27 15:00') },
  ]);
  expect(promised['repair/1']).toMatchObject({ dueAt: inHangzhou('2026-12-01 18:00') });
  expect(promised['repair/1']?.provisional).toBeUndefined();
});
