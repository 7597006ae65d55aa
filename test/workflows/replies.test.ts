import { pino } from 'pino';
import { pollInbound } from '../../worker/poll-inbound';
import { openCompany, type Company } from '../support/company';
import {
  askNow,
  asked,
  called,
  deskTasksAbout,
  dueNow,
  inText,
  noted,
  textsOfOurs,
  whyNotTold,
  writes,
} from '../support/conversation';
import { aMobile, aRepair, eventually, type Repair } from '../support/repair';

let company: Company;
beforeAll(async () => {
  company = await openCompany();
}, 60_000);
afterAll(() => company.close());
afterEach(() => company.phone.people('DELETE', '/faults'));

const closedSatisfied = ['closed', 'satisfied'];
const nextStepPromised = (repair: Repair) =>
  eventually(async () => (await repair.outcomes()).includes('agree-next-step null'));

describe('who wants no texts', () => {
  test.each(['STOP', 'T', '退订'])('and says %s before the question gets none: he is phoned at once', async (word) => {
    const repair = await aRepair(company);
    await writes(company, repair.phone, word);
    await askNow(repair);
    expect(await textsOfOurs(repair)).toEqual([]);
    const call = await repair.task('guidance-call');
    expect(call?.notBefore.getTime()).toBeLessThanOrEqual(Date.parse((await repair.look()).now));
    const [check] = await repair.promises();
    expect([check?.outcome, check?.reason]).toEqual(['escalated', called]);
    expect((await repair.called('works')).ending).toBe('satisfied');
    expect(await repair.outcomes()).toEqual(['guidance-check escalated', 'guidance-call kept']);
  });

  test('and says so after the question is still phoned; the next question is a call; START brings texts back', async () => {
    const repair = await asked(company);
    await writes(company, repair.phone, 'STOP');
    await repair.called('does-not-work');
    await askNow(repair);
    expect(await textsOfOurs(repair)).toHaveLength(1);
    await repair.called('does-not-work');
    await writes(company, repair.phone, 'START');
    await askNow(repair);
    expect(await textsOfOurs(repair)).toHaveLength(2);
    const agreed = ['guidance-call kept', 'agree-next-step kept'];
    expect(await repair.outcomes()).toEqual([
      ...['guidance-check kept', ...agreed],
      ...['guidance-check escalated', ...agreed],
      ...['guidance-check kept', 'guidance-call null'],
    ]);
  });

  test('or wants them again is seen in every open case of his: in the timeline once, and among the messages', async () => {
    const first = await asked(company);
    const second = await aRepair(company, { phone: first.phone });
    for (const word of ['STOP', '退订', 'START']) await writes(company, first.phone, word);
    for (const repair of [first, second]) {
      await eventually(async () => (await noted(repair, 'opted-in')) === 1);
      expect(await noted(repair, 'opted-out')).toBe(1);
      const { body } = await company.ask('GET', `/v1/cases/${repair.caseNumber}/messages`);
      const { items } = body as { items: { direction: string; state: string; text: string }[] };
      expect(items.filter(({ direction }) => direction === 'inbound')).toMatchObject([
        { state: 'stop', text: 'STOP' },
        { state: 'start', text: 'START' },
      ]);
    }
  });

  test('and then writes YES opts in with it, and only the next YES is an answer', async () => {
    const repair = await asked(company);
    await writes(company, repair.phone, 'STOP');
    await writes(company, repair.phone, 'YES');
    expect((await repair.look()).status).toBe('guided');
    expect(await noted(repair, 'customer-replied')).toBe(0);
    await writes(company, repair.phone, 'YES');
    await eventually(async () => (await repair.look()).ending === 'satisfied');
    expect(await repair.outcomes()).toEqual(['guidance-check kept', 'guidance-call cancelled']);
  });
});

test.each(['１', '一', '能用', 'yes'])('%s is a yes', async (word) => {
  const repair = await asked(company);
  await repair.replies(word);
  const { status, ending } = await repair.look();
  expect([status, ending]).toEqual(closedSatisfied);
  expect(await repair.outcomes()).toEqual(['guidance-check kept', 'guidance-call cancelled']);
});

test('a yes that comes after a no is still heard: the question is open until the case closes', async () => {
  const repair = await asked(company);
  await repair.replies('2');
  await nextStepPromised(repair);
  await repair.replies('1');
  const { status, ending } = await repair.look();
  expect([status, ending]).toEqual(closedSatisfied);
  expect(await repair.outcomes()).toEqual([
    'guidance-check kept',
    'guidance-call cancelled',
    'agree-next-step cancelled',
  ]);
});

describe('two open cases on one number', () => {
  test('have digits of their own: each digit answers the right one', async () => {
    const first = await asked(company);
    const second = await asked(company, { phone: first.phone });
    expect(await textsOfOurs(second)).toEqual([
      expect.stringContaining('能用回1，不能用回2'),
      expect.stringContaining('能用回3，不能用回4'),
    ]);
    await second.replies('3');
    expect([(await first.look()).status, (await second.look()).ending]).toEqual(['guided', 'satisfied']);
    await first.replies('2');
    await nextStepPromised(first);
    expect((await first.look()).status).toBe('choosing');
    expect(await first.outcomes()).toEqual(['guidance-check kept', 'guidance-call null', 'agree-next-step null']);
    expect(await second.outcomes()).toEqual(['guidance-check kept', 'guidance-call cancelled']);
  });

  test('and a word that fits both: nothing is guessed, the customer is asked for a digit, once', async () => {
    const first = await asked(company);
    const second = await asked(company, { phone: first.phone });
    await first.replies('能用');
    await eventually(async () => (await textsOfOurs(first)).length === 3);
    expect((await textsOfOurs(first))[2]).toContain('1=能用，2=不能用');
    await writes(company, first.phone, '好了');
    expect(await deskTasksAbout(company, first.phone)).toMatchObject([{ kind: 'read-reply', role: 'desk' }]);
    await second.replies('3');
    expect([(await first.look()).status, (await second.look()).ending]).toEqual(['guided', 'satisfied']);
    expect(await textsOfOurs(first)).toHaveLength(3);
    expect(await first.outcomes()).toEqual(['guidance-check kept', 'guidance-call null', 'reply-answered null']);
  });
});

describe('what no machine understands', () => {
  test('is read by a person, and the customer is told by when somebody will contact him: a promise', async () => {
    const repair = await asked(company);
    await repair.replies('修完以后还是有点响');
    await eventually(async () => (await textsOfOurs(repair)).length === 2);
    await eventually(async () => (await repair.outcomes()).includes('reply-answered null'));
    expect((await textsOfOurs(repair))[1]).toContain(`${await inText(repair, 'reply-answered')}前会有人联系您`);
    expect((await repair.task('read-reply'))?.role).toBe('desk');
    await repair.replies('1');
    expect((await repair.look()).status).toBe('confirming');
    expect((await repair.completed('read-reply', 'contacted', 'desk-1')).status).toBe(200);
    const { status, ending } = await repair.look();
    expect([status, ending]).toEqual(closedSatisfied);
    expect(await repair.outcomes()).toEqual(['guidance-check kept', 'guidance-call cancelled', 'reply-answered kept']);
  });

  test('is answered once a day, and read every time', async () => {
    const repair = await asked(company);
    const reads = async (text: string) => {
      await repair.replies(text);
      await eventually(async () => (await repair.task('read-reply')) !== undefined);
      await repair.forward({ minutes: 1 });
      await repair.completed('read-reply', 'contacted', 'desk-1');
      return (await textsOfOurs(repair)).length;
    };
    expect(await reads('还是有点响')).toBe(2);
    expect(await reads('声音更大了')).toBe(2);
    await repair.forward({ hours: 25 });
    expect(await reads('怎么没人来')).toBe(3);
    expect((await repair.outcomes()).slice(2)).toEqual(['reply-answered kept', 'reply-answered kept']);
  });

  test('is answered once a day to one customer, however many of his cases he writes about', async () => {
    const first = await asked(company);
    await first.replies('还是有点响');
    await eventually(async () => (await first.outcomes()).includes('reply-answered null'));
    const second = await asked(company, { phone: first.phone });
    await second.replies('第二台也响');
    await eventually(async () => (await whyNotTold(company, second)).includes('said-today'));
    expect((await second.task('read-reply'))?.role).toBe('desk');
    expect(await second.outcomes()).toEqual(['guidance-check kept', 'guidance-call null']);
    expect((await textsOfOurs(first)).filter((text) => text.includes('未能识别'))).toHaveLength(1);
  });

  test('and a reply of 5,000 emoji, harms nothing', async () => {
    const repair = await asked(company);
    await repair.replies('😀'.repeat(5000));
    await eventually(async () => (await repair.outcomes()).includes('reply-answered null'));
    expect((await repair.completed('read-reply', 'nothing-to-do', 'desk-1')).status).toBe(200);
    await repair.replies('1');
    expect((await repair.look()).ending).toBe('satisfied');
    expect((await repair.outcomes()).at(-1)).toBe('reply-answered cancelled');
  });
});

describe('a reply that comes too late', () => {
  test('to change anything, since another way was agreed meanwhile, is read by a person', async () => {
    const repair = await asked(company);
    await repair.does('choose-service-way', { faultClass: 'hardware', way: 'visit' });
    await repair.replies('1');
    await eventually(async () => (await repair.task('read-reply')) !== undefined);
    expect((await repair.look()).status).toBe('choosing');
    expect((await repair.outcomes()).slice(0, 2)).toEqual(['guidance-check kept', 'guidance-call cancelled']);
  });

  test.each(['1', '还是不冷'])(
    'for its closed case, %s, is a task of the desk, which can open the case again',
    async (text) => {
      const repair = await asked(company);
      await repair.replies('1');
      await repair.handle.result();
      await writes(company, repair.phone, text);
      const [task] = await deskTasksAbout(company, repair.phone);
      expect(task).toMatchObject({ kind: 'reply-to-closed', role: 'desk', caseNumber: repair.caseNumber });
      expect((await repair.look()).ending).toBe('satisfied');
      expect(await repair.outcomes()).toEqual(['guidance-check kept', 'guidance-call cancelled']);
      expect(task?.actions.map(({ name }) => name)).toContain('reopen-case');
      await repair.does('reopen-case', { reason: '又不制冷了' });
      expect((await repair.look()).ending).toBeNull();
      const [again] = await deskTasksAbout(company, repair.phone);
      expect(again?.actions.map(({ name }) => name)).not.toContain('reopen-case');
      expect((await textsOfOurs(repair)).filter((said) => said.includes('未能识别'))).toEqual([]);
    },
  );

  test('for a case that ended 31 days ago is a task without that offer', async () => {
    const repair = await asked(company);
    await repair.replies('1');
    await repair.handle.result();
    await company.rows(
      `UPDATE timeline SET at = at - interval '31 days' WHERE case_number = $1 AND note = 'closed'`,
      repair.caseNumber,
    );
    await writes(company, repair.phone, '又坏了');
    const [task] = await deskTasksAbout(company, repair.phone);
    expect(task?.kind).toBe('reply-to-closed');
    expect(task?.actions.map(({ name }) => name)).not.toContain('reopen-case');
  });
});

test('a reply from a number that nobody knows is a task of the desk', async () => {
  const stranger = aMobile();
  await writes(company, stranger, '你好');
  expect(await deskTasksAbout(company, stranger)).toMatchObject([
    { kind: 'read-reply', role: 'desk', caseNumber: null },
  ]);
});

describe('one reply counts once', () => {
  const poll = () => pollInbound({ database: company.ledger, sms: company.sms, log: pino({ level: 'silent' }) });

  test('though its webhook comes twice and the list shows it too', async () => {
    const repair = await asked(company);
    await company.phone.people('PUT', '/faults', { to: repair.phone, inboundDoubled: 1 });
    await repair.replies('2');
    await company.phone.quiet();
    await poll();
    await repair.forward({ minutes: 1 });
    expect(await noted(repair, 'customer-replied')).toBe(1);
    expect(await repair.outcomes()).toEqual(['guidance-check kept', 'guidance-call null', 'agree-next-step null']);
  });

  test('though its webhook was lost and the list is read twice', async () => {
    const repair = await asked(company);
    await company.phone.people('PUT', '/faults', { to: repair.phone, inboundLost: 1 });
    await repair.reply('2');
    await company.phone.quiet();
    expect(await noted(repair, 'customer-replied')).toBe(0);
    await poll();
    await poll();
    await nextStepPromised(repair);
    expect(await noted(repair, 'customer-replied')).toBe(1);
    expect(await repair.outcomes()).toEqual(['guidance-check kept', 'guidance-call null', 'agree-next-step null']);
  });
});

test('who writes before he was asked is read, and still asked', async () => {
  const repair = await aRepair(company);
  await writes(company, repair.phone, '什么时候来');
  await eventually(async () => (await repair.task('read-reply')) !== undefined);
  await dueNow(repair);
  await eventually(async () => (await textsOfOurs(repair)).some((text) => text.includes('能正常使用了吗')));
  await eventually(async () => (await repair.outcomes()).includes('guidance-call null'));
  expect((await repair.outcomes()).sort()).toEqual([
    'guidance-call null',
    'guidance-check kept',
    'reply-answered null',
  ]);
});
