import { readFileSync } from 'node:fs';
import { checkPolicy, WrongPolicy } from '../../../prisma/check-policy';
import { usualPolicy } from '../../../domain/policies/usual';

const today = '2026-11-24';
const written = readFileSync('policies/china-2026.json', 'utf8');

test('the policy for China can be published, and says what is usual', () => {
  const { policy, ladders } = checkPolicy(JSON.parse(written), today);
  expect({ ...policy, ladders }).toEqual({ ...usualPolicy, brand: policy.brand, phone: policy.phone });
});

test('a store by other hours each weekday, with holidays, make-up days and exceptions, can be published', () => {
  const file = changed('/stores/0/hours', {
    week: {
      monday: 'closed',
      tuesday: [{ from: '09:00', to: '24:00' }],
      wednesday: [
        { from: '13:00', to: '20:00' },
        { from: '09:00', to: '12:00' },
      ],
      thursday: [{ from: '00:00', to: '24:00' }],
      friday: 'closed',
      saturday: 'closed',
      sunday: 'closed',
    },
    holidays: 'closed',
    makeUpDays: [{ from: '10:00', to: '16:00' }],
    exceptions: { '2026-12-24': 'closed', '2026-12-25': [{ from: '10:00', to: '11:00' }] },
  });
  expect(checkPolicy(file, today).version).toBe('china-2026');
});

const morning = { from: '09:00', to: '12:00' };
const gone = undefined;

/** Pointer of the change, what is put there, pointer of the mistake, words in its message. */
const mistakes: [at: string, value: unknown, pointer: string, message: string][] = [
  // gaps
  ['/stores/0/hours/week/monday', gone, '/stores/0/hours/week/monday', 'closed'],
  ['/stores/0/hours/week/monday', [], '/stores/0/hours/week/monday', 'said as "closed"'],
  ['/stores/0/hours/holidays', gone, '/stores/0/hours/holidays', 'as-usual'],
  ['/stores/0/hours/holidays', [], '/stores/0/hours/holidays', 'said as "closed"'],
  ['/stores/0/hours/makeUpDays', [], '/stores/0/hours/makeUpDays', 'said as "closed"'],
  ['/stores/0/hours/exceptions', { '2026-12-24': [] }, '/stores/0/hours/exceptions/2026-12-24', 'said as "closed"'],
  ['/ladders/field', [['desk']], '/policy/tasks/decide-unreached/role', 'service-manager is on no ladder'],
  ['/staff/0/also', ['clerk', 'wizard'], '/staff/0/also/1', 'wizard is on no ladder'],
  ['/staff/0/role', 'wizard', '/staff/0/role', 'wizard is on no ladder'],
  ['/staff/3', { id: 'manager-1', role: 'desk' }, '/policy/tasks/decide-unreached/role', 'Nobody of the staff'],
  ['/calendars/0/years', [], '/calendars/0/years', 'at least one year'],
  ['/calendars/0/horizon', '2027-06-30', '/calendars/0/horizon', 'Nothing is said about the year'],
  ['/calendars/0/years/1', aYear(2028), '/calendars/0/years/1/year', 'After 2026 comes 2027'],
  ['/policy/visit', gone, '/policy/visit', 'missing'],
  ['/policy/pickup/everyDays', gone, '/policy/pickup/everyDays', 'missing'],
  ['/policy/tasks/read-reply', gone, '/policy/tasks/read-reply', 'missing'],
  // overlaps
  ['/policy/visit/missedAfterMinutes', 45, '/policy/visit/missedAfterMinutes', 'more than dispatcherLooksAfterMinutes'],
  ['/stores/0/hours/week/friday/1/from', '11:00', '/stores/0/hours/week/friday/1', 'Overlaps 09:00–12:00'],
  ['/stores/0/hours/exceptions', { '2026-12-24': [morning, morning] }, '/stores/0/hours/exceptions/2026-12-24/1', 'Ov'],
  ['/calendars/0/years/0/holidays/1/from', '2026-01-03', '/calendars/0/years/0/holidays/1', 'Overlaps 元旦'],
  ['/calendars/0/years/0/makeUpDays/0', '2026-01-03', '/calendars/0/years/0/makeUpDays/0', 'both worked and a holiday'],
  ['/calendars/0/years/0/makeUpDays/0', '2026-02-14', '/calendars/0/years/0/makeUpDays/1', 'said twice'],
  ['/calendars/0/years/0/makeUpDays/0', '2026-01-05', '/calendars/0/years/0/makeUpDays/0', 'worked anyway'],
  ['/calendars/0/years/0/holidays/0/to', '2025-12-31', '/calendars/0/years/0/holidays/0', 'before it begins'],
  ['/calendars/0/years/0/holidays/6/to', '2027-10-07', '/calendars/0/years/0/holidays/6/to', 'not of 2026'],
  ['/calendars/0/years/0/makeUpDays/0', '2025-11-29', '/calendars/0/years/0/makeUpDays/0', 'not of 2026'],
  ['/stores/1/id', 'hz-01', '/stores/1/id', 'there twice'],
  ['/staff/1/id', 'desk-1', '/staff/1/id', 'there twice'],
  ['/engineers/1/id', 'engineer-1', '/engineers/1/id', 'there twice'],
  ['/senders/1/prefix', '+86', '/senders/1/prefix', 'has a sender already'],
  [
    '/ladders/technical',
    [['engineer'], ['centre-head']],
    '/ladders/technical',
    'climbs to nobody here, to headquarters on field',
  ],
  ['/ladders/field/3/0', 'desk', '/ladders/field', 'desk is on this ladder twice'],
  // times
  ['/stores/0/hours/week/monday/0/to', '24:30', '/stores/0/hours/week/monday/0/to', 'from 00:00 to 24:00'],
  ['/stores/0/hours/week/monday/0/from', '-1:00', '/stores/0/hours/week/monday/0/from', 'from 00:00 to 24:00'],
  ['/stores/0/hours/week/monday/0/to', '09:00', '/stores/0/hours/week/monday/0', 'not after it begins'],
  ['/stores/0/hours/week/monday', 'noon', '/stores/0/hours/week/monday', 'Say "closed"'],
  [
    '/stores/0/hours/exceptions',
    { '2026-02-30': 'closed' },
    '/stores/0/hours/exceptions/2026-02-30',
    'one that exists',
  ],
  ['/policy/sendingHours', { from: '21:00', to: '08:00' }, '/policy/sendingHours', 'not after it begins'],
  ['/policy/deskHours/to', '8pm', '/policy/deskHours/to', 'HH:mm'],
  ['/calendars/0/horizon', '2026-11-23', '/calendars/0/horizon', 'ended on 2026-11-23'],
  ['/policy/guidance/checkAfterHours', 0, '/policy/guidance/checkAfterHours', 'more than 0'],
  ['/policy/tasks/read-reply/dueInMinutes', -30, '/policy/tasks/read-reply/dueInMinutes', 'more than 0'],
  ['/policy/tasks/read-reply/climbEveryMinutes', 1.5, '/policy/tasks/read-reply/climbEveryMinutes', 'whole number'],
  ['/policy/tasks/read-reply/dueInMinutes', 'soon', '/policy/tasks/read-reply/dueInMinutes', 'next-day'],
  ['/policy/textsPerDay', 0, '/policy/textsPerDay', 'more than 0'],
  ['/policy/guidance/callWithinMinutes', 30, '/policy/guidance/callWithinMinutes', 'due before it opens'],
  ['/policy/guidance/oneWayCallWithinMinutes', 5, '/policy/guidance/oneWayCallWithinMinutes', 'due before it opens'],
  // zones and references
  ['/stores/0/timeZone', 'Asia/Hangzhou', '/stores/0/timeZone', 'IANA'],
  ['/stores/0/timeZone', 'UTC+8', '/stores/0/timeZone', 'IANA'],
  ['/stores/0/calendar', 'moon', '/stores/0/calendar', 'no calendar moon'],
  ['/engineers/0/store', 'bj-01', '/engineers/0/store', 'no store bj-01'],
  ['/engineers/0/id', 'nobody', '/engineers/0/id', 'Nobody of the staff'],
  ['/senders/0/store', 'bj-01', '/senders/0/store', 'no store bj-01'],
  ['/policy/tasks/read-reply/role', 'manager', '/policy/tasks/read-reply/role', 'service-manager'],
  // words and numbers
  ['/policy/brand/en', ' ', '/policy/brand/en', 'empty'],
  ['/policy/brand/zh-CN', gone, '/policy/brand/zh-CN', 'missing'],
  ['/policy/phone', 'call us', '/policy/phone', 'no phone number'],
  ['/senders/0/number', '+861380013', '/senders/0/number', 'E.164'],
  ['/senders/0/number', 'ANXIN', '/senders/0/twoWay', 'Nobody can reply'],
  ['/senders/0/prefix', '86', '/senders/0/prefix', 'first digits'],
  // form
  ['/version', 'Version 2', '/version', 'a-z'],
  ['/policy/tasks/read-reply', gone, '/policy/tasks/read-reply', 'missing'],
  ['/policy/textsPerDay', gone, '/policy/textsPerDay', 'missing'],
  ['/policy/guidence', {}, '/policy/guidence', 'unknown'],
  ['/stores/0/hours/week/mon~day', 'closed', '/stores/0/hours/week/mon~0day', 'unknown'],
  ['', [], '', ''],
];

test.each(mistakes)('with %s as %j the mistake is at %s: %s', (at, value, pointer, message) => {
  expect(mistakesOf(changed(at, value))).toContainEqual({ pointer, message: expect.stringContaining(message) });
});

test('two mistakes are both named', () => {
  const file = changed('/stores/0/calendar', 'moon', changed('/calendars/0/horizon', '2026-01-01'));
  expect(mistakesOf(file).map(({ pointer }) => pointer)).toEqual(['/calendars/0/horizon', '/stores/0/calendar']);
});

test('a calendar is good on the day of its horizon, and not on the next', () => {
  expect(() => checkPolicy(JSON.parse(written), '2026-12-31')).not.toThrow();
  expect(() => checkPolicy(JSON.parse(written), '2027-01-01')).toThrow('/calendars/0/horizon: The calendar ended');
});

function aYear(year: number) {
  return { year, source: 'a test', holidays: [], makeUpDays: [] };
}

type Tree = Record<string, unknown>;

/** The file for China with one value put somewhere, or taken away. */
function changed(pointer: string, value: unknown, from: unknown = JSON.parse(written)): unknown {
  if (pointer === '') return value;
  const path = pointer.slice(1).split('/');
  const last = path.pop()!;
  const parent = path.reduce((node, step) => node[step] as Tree, from as Tree);
  if (value === undefined) delete parent[last];
  else Object.assign(parent, { [last]: value });
  return from;
}

function mistakesOf(file: unknown) {
  try {
    checkPolicy(file, today);
    return [];
  } catch (error) {
    if (error instanceof WrongPolicy) return error.mistakes;
    throw error;
  }
}
