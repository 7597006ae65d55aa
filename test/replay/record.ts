import { temporal } from '@temporalio/proto';
import type { RepairState } from '../../domain/cases/repair-facts';
import { openCompany, type Company } from '../support/company';
import { dueNow, stateOfText } from '../support/conversation';
import { pastDue, ready } from '../support/pickup';
import { aRepair, eventually, hour, minute, type Repair } from '../support/repair';
import { anEngineer, at, aVisit, slot } from '../support/visit';
import { behind, doorToPostgres, type TcpDoor } from '../support/tcp-door';
import { bundleWithEar, replayed } from './compare';
import { keep } from './corpus';

/**
 * Lives some cases and keeps their histories for replay.test.ts. Not a test: it runs when it is asked to
 * (docs/how-to/change-a-story.md), and its files are looked at before they are committed.
 */
let door: TcpDoor;
let company: Company;
let ear: Awaited<ReturnType<typeof bundleWithEar>>;
beforeAll(async () => {
  ear = await bundleWithEar();
  door = await doorToPostgres();
  company = await openCompany({
    through: (databaseUrl) => behind(door, databaseUrl),
    patience: { looks: [1, 2] },
  });
}, 60_000);
afterAll(async () => {
  await company.close();
  await door.close();
});

async function record(name: string, live: (repair: Repair) => Promise<void>, said = {}): Promise<void> {
  const repair = await aRepair(company, said);
  await live(repair);
  await keepLife(name, repair);
}

/** As it stands now, and what its steps wrote. */
async function keepLife(name: string, repair: Repair): Promise<void> {
  await eventually(async () => isQuiet(await repair.handle.describe()));
  const history = await repair.handle.fetchHistory();
  const steps = (await replayed(ear, history)).filter(({ kind }) => kind === 'step');
  keep(name, history, steps);
}

type Description = Awaited<ReturnType<Repair['handle']['describe']>>;
const isQuiet = ({ raw }: Description) => !raw.pendingWorkflowTask && !raw.pendingActivities?.length;

/** Asked two hours after the guidance. */
async function ask(repair: Repair): Promise<void> {
  const { due } = await repair.guided();
  await repair.forward({ until: new Date(due + 2000).toISOString() });
}

test('guided, works', () =>
  record('guided-yes', async (repair) => {
    await ask(repair);
    await repair.replies('1');
  }));

test('guided, does not work, a visit, satisfied', () =>
  record('guided-no-visit-satisfied', async (repair) => {
    await ask(repair);
    await repair.replies('2');
    await repair.does('choose-service-way', { faultClass: 'hardware', way: 'visit' });
    await eventually(async () => (await repair.tasks()).length === 1);
    await repair.completed('agree-next-step', 'customer-satisfied', 'desk-1');
  }));

test('nobody answers three calls, closed unconfirmed', () =>
  record('three-tries-unconfirmed', async (repair) => {
    await ask(repair);
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      const task = await repair.task('guidance-call');
      await repair.forward({ until: new Date(task!.notBefore.getTime() + minute).toISOString() });
      await repair.called('no-answer');
      await eventually(async () => (await repair.tasks()).length === 1);
    }
    await repair.completed('decide-unreached', 'close-unconfirmed');
  }));

test('a call task that nobody does climbs', () =>
  record('call-climbs', async (repair) => {
    await ask(repair);
    await repair.forward({ hours: 3 });
    await repair.called('works');
  }));

test('a free text is read by a person', () =>
  record('free-text-read', async (repair) => {
    await ask(repair);
    await repair.replies('师傅什么时候来');
    await eventually(
      async () => (await repair.texts()).length === 2 && (await repair.task('read-reply')) !== undefined,
    );
    await eventually(async () => (await repair.promises()).some(({ kind }) => kind === 'reply-answered'));
    await repair.completed('read-reply', 'contacted', 'desk-1');
    await repair.called('works');
  }));

test('the carrier does not say whether it has a text, then it surely has not', () =>
  record('carrier-unknown-settled', async (repair) => {
    await company.phone.people('PUT', '/faults', { to: repair.phone, down: 1 });
    await dueNow(repair);
    await eventually(async () => (await stateOfText(company, repair)) === 'unknown');
    await company.phone.people('DELETE', '/faults');
    await eventually(async () => (await repair.task('guidance-call')) !== undefined);
    await repair.called('works');
  }));

test('PostgreSQL goes away and comes back', () =>
  record('postgres-away', async (repair) => {
    await repair.guided();
    door.shut();
    const cancelled = repair.handle.executeUpdate('cancelCase', {
      args: [{ entryId: repair.caseNumber, by: 'desk-1' }],
    });
    await eventually(async () => isWaitingForLedger(await repair.handle.describe()));
    door.open();
    await cancelled;
  }));

const isWaitingForLedger = ({ raw }: Description) =>
  raw.pendingActivities?.some(
    ({ state }) => state === temporal.api.enums.v1.PendingActivityState.PENDING_ACTIVITY_STATE_SCHEDULED,
  ) ?? false;

test('cancelled', () =>
  record('cancelled', async (repair) => {
    await repair.guided();
    await repair.does('cancel-case', { reason: '客户自行处理' });
  }));

test('details are asked for', () =>
  record(
    'needs-details',
    async (repair) => {
      await repair.does('add-details', { address: '文三路 2 号' });
      await repair.does('choose-service-way', { faultClass: 'hardware', way: 'visit' });
      await eventually(async () => (await repair.handle.query<RepairState>('viewCase')).tasks.length === 1);
      await repair.does('cancel-case', { reason: '客户自行处理' });
    },
    { address: null },
  ));

test('the end of a guidance is corrected; the case goes on', () =>
  record('corrected-entry', async (repair) => {
    const { due } = await repair.guided();
    const endedAt = new Date(due - 2 * hour - 20 * minute).toISOString();
    await repair.does('correct-entry', { entryId: await repair.entry('guided-by-phone'), reason: 'typo', endedAt });
    await repair.forward({ until: new Date(due - 20 * minute + 2000).toISOString() });
  }));

test('a visit is moved, the engineer comes late and is not certain; another one comes, and all is well', async () => {
  const repair = await aVisit(company);
  const from = repair.from + hour;
  await repair.does('move-visit', slot(from));
  await repair.forward({ until: at(from + 20 * minute) });
  await repair.does('report-arrival');
  await repair.does('finish-visit', { outcome: 'repaired', trialRun: true, certain: false, what: '更换电容' });
  await pastDue(repair, 'revisit-check');
  await repair.does('record-contact', { about: 'does-not-work', what: '又坏了' });
  const again = Date.parse((await repair.look()).now) + 20 * hour;
  const other = await anEngineer(company);
  await repair.does('book-visit', { ...slot(again), engineerId: other, work: 'repair' });
  await repair.forward({ until: at(again) });
  await repair.does('report-arrival');
  await repair.does('finish-visit', {
    outcome: 'repaired',
    trialRun: true,
    certain: true,
    cause: '电容损坏',
    what: '更换电容',
  });
  await pastDue(repair, 'satisfaction');
  await repair.does('record-contact', { about: 'satisfied', what: '来电说好了' });
  await keepLife('visits-until-satisfied', repair);
});

test('a customer is told twice that his product is ready, names a day, and collects it', async () => {
  const { repair, code } = await ready(company);
  await pastDue(repair, 'pickup-notice');
  const date = new Date(Date.parse((await repair.look()).now) + 26 * hour).toISOString().slice(0, 10);
  await repair.does('name-pickup-day', { date });
  await repair.does('record-collection', { code });
  await pastDue(repair, 'satisfaction');
  await repair.does('record-contact', { about: 'satisfied', what: '来电说好了' });
  await keepLife('ready-named-collected', repair);
});

test('nobody collects it: three notices, headquarters, and home by parcel', async () => {
  const { repair } = await ready(company);
  await pastDue(repair, 'pickup-notice');
  await pastDue(repair, 'pickup-notice');
  await pastDue(repair, 'headquarters-informed');
  await repair.does('record-parcel-sent', { carrier: '顺丰', tracking: 'SF1234567890' });
  await repair.does('record-parcel-delivered');
  await pastDue(repair, 'satisfaction');
  await repair.does('record-contact', { about: 'satisfied', what: '来电说好了' });
  await keepLife('three-notices-parcel-home', repair);
});
