import type { Priority } from '../../../domain/cases/case';
import { everyDay } from '../../../domain/policies/every-day';
import type { TaskTerms } from '../../../domain/policies/terms';
import { dueBy } from '../../../domain/promises/due';
import type { Role } from '../../../domain/promises/kinds';
import { climbsAt } from '../../../domain/promises/task-times';
import { calendar, inHangzhou, terms } from '../../support/terms';

/** Open 09:00–12:00 and 13:00–20:00; the desk is there from 08:00 to 21:00. */
const hours = everyDay([
  { from: '09:00', to: '12:00' },
  { from: '13:00', to: '20:00' },
]);
const at = (decide: Partial<TaskTerms>, role: Role, priority: Priority = 'normal') => ({
  terms: {
    ...terms,
    store: { ...terms.store, hours },
    tasks: { ...terms.tasks, 'decide-unreached': { ...terms.tasks['decide-unreached'], ...decide, role } },
  },
  calendar,
  customerZone: 'Asia/Shanghai',
  priority,
});
const call = { dueInMinutes: 30, climbEveryMinutes: 30 };
const approval = { dueInMinutes: 240, climbEveryMinutes: 240, whenHigh: { dueInMinutes: 60, climbEveryMinutes: 60 } };
const report: Partial<TaskTerms> = { dueInMinutes: 'next-day', climbEveryMinutes: 'next-day' };

test.each<[of: string, terms: Partial<TaskTerms>, role: Role, priority: Priority, from: string, due: string]>([
  ['a call', call, 'desk', 'normal', '11-24 11:45', '11-24 12:15'],
  ['a call', call, 'desk', 'normal', '11-24 20:45', '11-25 08:15'],
  ['a call', call, 'desk', 'normal', '11-24 02:30', '11-24 08:30'],
  ['a call', call, 'clerk', 'normal', '11-24 11:45', '11-24 13:15'],
  ['a call', call, 'clerk', 'normal', '11-24 11:30', '11-24 12:00'],
  ['a call', call, 'clerk', 'normal', '11-24 19:45', '11-25 09:15'],
  ['a call', call, 'clerk', 'normal', '11-24 02:30', '11-24 09:30'],
  ['an approval', approval, 'supervisor', 'normal', '11-24 18:00', '11-25 11:00'],
  ['an approval', approval, 'supervisor', 'high', '11-24 18:00', '11-24 19:00'],
  ['an approval', approval, 'supervisor', 'urgent', '11-24 19:30', '11-25 09:30'],
  ['an approval', approval, 'service-manager', 'normal', '11-24 18:00', '11-25 09:00'],
  ['an approval', approval, 'service-manager', 'high', '11-24 18:00', '11-24 19:00'],
  ['a report', report, 'clerk', 'normal', '11-24 10:00', '11-25 20:00'],
  ['a report', report, 'engineer', 'normal', '11-24 10:00', '11-25 21:00'],
])('%s (%j) of the %s, priority %s, given at %s is due %s, and as long after it climbs', (...row) => {
  const [, times, role, priority, from, due] = row;
  const facts = at(times, role, priority);
  const [start, end] = [inHangzhou(`2026-${from}`), inHangzhou(`2026-${due}`)];
  expect(dueBy('decide-unreached', start, facts).dueAt).toBe(end);
  expect(climbsAt({ kind: 'decide-unreached', role }, start, facts)).toBe(end);
});

test.each<[Role, string, string]>([
  ['headquarters', '11-24 20:40', '11-25 20:40'],
  ['headquarters', '11-24 22:10', '11-25 08:00'],
  ['marketing-director', '11-24 19:59', '11-25 19:59'],
])('at the top, the %s is reminded daily: after %s, %s', (role, from, next) => {
  expect(climbsAt({ kind: 'decide-unreached', role }, inHangzhou(`2026-${from}`), at(approval, role))).toBe(
    inHangzhou(`2026-${next}`),
  );
});

test('a task outside the hours of its role says why it is due only then', () => {
  const because = (role: Role) => dueBy('decide-unreached', inHangzhou('2026-11-24 20:30'), at(call, role)).because;
  expect(because('desk')).toEqual(['30 min: the service manager decides (H-05)']);
  expect(because('clerk')).toEqual(['30 min: the service manager decides (H-05)', 'while the store is open']);
});

test.each([
  ['forward', '2026-03-28T08:30:00.000Z', '2026-03-29T07:30:00.000Z'],
  ['back', '2026-10-24T07:30:00.000Z', '2026-10-25T08:30:00.000Z'],
])('over the night the clocks go %s, the daily reminder comes at the same time of day', (_, from, next) => {
  const facts = at(approval, 'headquarters');
  const inBerlin = { ...facts, terms: { ...facts.terms, store: { ...facts.terms.store, timeZone: 'Europe/Berlin' } } };
  expect(climbsAt({ kind: 'decide-unreached', role: 'headquarters' }, from, inBerlin)).toBe(next);
});
