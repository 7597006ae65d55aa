import { openCompany, type Company } from '../support/company';
import { asked, deskTasksAbout, dueNow, textsOfOurs, writes } from '../support/conversation';
import { aMobile, aRepair, eventually, hour, minute, type Repair } from '../support/repair';

let company: Company;
beforeAll(async () => {
  company = await openCompany({ carrierTimeoutMs: 1500 });
}, 60_000);
afterAll(() => company.close());
afterEach(() => company.phone.people('DELETE', '/faults'));

const faults = (repair: Repair, set: object) => company.phone.people('PUT', '/faults', { to: repair.phone, ...set });
const claim = (repair: Repair, task: string, by: string) =>
  company.ask('POST', `/v1/tasks/${repair.caseNumber}~${task.replace('/', '~')}/actions/claim`, { by });

test('a yes and a thank-you in one breath: the case closes, the thank-you is the desk’s, other cases go on', async () => {
  const repair = await asked(company);
  await company.stopWorkers();
  await writes(company, repair.phone, '1');
  await writes(company, repair.phone, '谢谢');
  await eventually(async () => {
    const waiting = await company.rows(
      'SELECT FROM outbox WHERE case_number = $1 AND done_at IS NULL',
      repair.caseNumber,
    );
    return waiting.length === 0;
  });
  await company.startWorker();
  await eventually(async () => (await repair.look()).ending === 'satisfied');
  await eventually(async () => (await deskTasksAbout(company, repair.phone)).length === 1);
  expect((await repair.handle.describe()).status.name).toBe('COMPLETED');
  expect((await (await aRepair(company)).look()).status).toBe('choosing');
});

test('what comes in while the desk reads a reply is read as well: the case stays until then', async () => {
  const repair = await asked(company);
  await repair.replies('还是有点响');
  await eventually(async () => (await repair.task('read-reply')) !== undefined);
  await repair.replies('漏水了，快来');
  expect((await repair.completed('read-reply', 'contacted', 'desk-1')).status).toBe(200);
  await eventually(async () => (await repair.task('read-reply')) !== undefined);
  const next = await repair.task('read-reply');
  await claim(repair, next!.task, 'desk-1');
  expect((await repair.completed('read-reply', 'contacted', 'desk-1')).status).toBe(200);
  expect(await repair.task('read-reply')).toBeUndefined();
});

test.each(['record-guidance', 'choose-service-way', 'record-contact'])(
  'a case whose end was decided goes on with %s, when the reply that was read says otherwise',
  async (action) => {
    const repair = await asked(company);
    await repair.replies('修完以后还是有点响');
    await eventually(async () => (await repair.task('read-reply')) !== undefined);
    await repair.replies('1');
    const { now, status } = await repair.look();
    expect(status).toBe('confirming');
    await repair.does(
      action,
      {
        'record-guidance': { endedAt: now, what: '再次指导' },
        'choose-service-way': { faultClass: 'hardware', way: 'visit' },
        'record-contact': { about: 'does-not-work', what: '还是响' },
      }[action],
    );
    await repair.completed('read-reply', 'contacted', 'desk-1');
    const seen = await repair.look();
    expect(seen.ending).toBeNull();
    expect(seen.status).toBe(action === 'record-guidance' ? 'guided' : 'choosing');
    await eventually(async () => (await repair.promises()).length + (await repair.tasks()).length > 0);
  },
);

test('two guidances that ended in the same minute are two: the second is asked about as well', async () => {
  const repair = await aRepair(company);
  const { now: endedAt } = await repair.look();
  await repair.does('record-guidance', { endedAt, what: '一' });
  await repair.does('record-contact', { about: 'does-not-work', what: '没好' });
  await repair.does('record-guidance', { endedAt, what: '二' });
  await repair.forward({ until: new Date(Date.parse(endedAt) + 2 * hour + 2000).toISOString() });
  expect(await textsOfOurs(repair)).toHaveLength(1);
  expect((await repair.outcomes()).slice(-2)).toEqual(['guidance-check kept', 'guidance-call null']);
});

test('a second answer to the first question is no answer to the second', async () => {
  const repair = await asked(company);
  await repair.replies('2');
  const { due } = await repair.guided();
  await repair.replies('2');
  expect((await repair.look()).status).toBe('guided');
  await repair.forward({ until: new Date(due + 2000).toISOString() });
  expect((await textsOfOurs(repair)).filter((text) => text.includes('能正常使用了吗'))).toHaveLength(2);
});

test('words answer the question that is open, not one that is settled', async () => {
  const repair = await asked(company);
  await repair.replies('2');
  const { due } = await repair.guided();
  await repair.forward({ until: new Date(due + 2000).toISOString() });
  await repair.replies('能用了');
  expect((await repair.look()).ending).toBe('satisfied');
});

test('a check that is moved while the carrier is away is not asked before its new time', async () => {
  const repair = await aRepair(company);
  const { endedAt, due } = await repair.guided();
  await faults(repair, { tooMany: 1 });
  await repair.forward({ until: new Date(due + 5 * minute).toISOString() });
  await eventually(async () => (await repair.look()).waitingFor === 'carrier');
  const entryId = await repair.entry('guided-by-phone');
  await repair.does('correct-entry', { entryId, reason: '记错', endedAt: new Date(endedAt + hour).toISOString() });
  await company.phone.people('DELETE', '/faults');
  await repair.forward({ minutes: 40 });
  expect(await textsOfOurs(repair)).toEqual([]);
  await repair.forward({ until: new Date(due + hour + 2000).toISOString() });
  expect(await textsOfOurs(repair)).toHaveLength(1);
});

test('who answers was asked: the check is kept, also where the carrier’s word is still out', async () => {
  const repair = await aRepair(company);
  await faults(repair, { acceptThen500: 1, callbacksLost: 1, listDown: 1 });
  await dueNow(repair);
  await eventually(async () => (await textsOfOurs(repair)).length === 1);
  await eventually(async () => (await repair.look()).waitingFor === 'carrier');
  await repair.replies('1');
  expect(await repair.outcomes()).toEqual(['guidance-check kept']);
});

test('another way chosen while the carrier’s word is out: the case waits for the desk, not for the carrier', async () => {
  const repair = await aRepair(company);
  await faults(repair, { acceptThen500: 1, callbacksLost: 1, listDown: 1 });
  await dueNow(repair);
  await eventually(async () => (await repair.look()).waitingFor === 'carrier');
  const { waitingFor } = await repair.does('choose-service-way', { faultClass: 'hardware', way: 'visit' });
  expect(waitingFor).toBe('desk');
});

test('two people never ring one customer: one of two claims wins, and a reminder takes no lease away', async () => {
  const repair = await asked(company);
  const { task, dueAt } = (await repair.task('guidance-call'))!;
  await repair.forward({ until: new Date(dueAt.getTime() - minute).toISOString() });
  const both = await Promise.all(['desk-1', 'desk-2'].map((by) => claim(repair, task, by)));
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  await repair.forward({ minutes: 2 });
  expect(await repair.notes()).toContain('task-reminded');
  expect((await claim(repair, task, 'manager-1')).body).toMatchObject({ code: 'claimed-by-other' });
});

test('a stranger who has the customer’s old number answers for nobody', async () => {
  const repair = await asked(company);
  await repair.does('change-contact', { phone: aMobile() });
  await repair.reply('1');
  await eventually(async () => {
    const heard = await company.rows('SELECT FROM inbound_messages WHERE sender = $1', repair.phone);
    return heard.length === 1;
  });
  expect((await repair.look()).ending).toBeNull();
});

test('a case keeps the policy of the moment it was opened, however late the engine comes', async () => {
  await company.stopWorkers();
  const opening = aRepair(company);
  await eventually(async () => (await company.rows(`SELECT FROM cases WHERE waiting_for = 'terms'`)).length === 1);
  await company.rows(
    `INSERT INTO policies (version, content) SELECT 'test-9', content FROM policies WHERE version = 'test-1'`,
  );
  try {
    await company.startWorker();
    expect((await (await opening).look()).terms?.policyVersion).toBe('test-1');
  } finally {
    await company.rows(`DELETE FROM policies WHERE version = 'test-9'`);
  }
});
