import type { OpeningHours } from '../../../domain/calendar/opening-hours';
import { everyDay } from '../../../domain/policies/every-day';
import { dueBy, type DueFacts } from '../../../domain/promises/due';
import type { DueRule } from '../../../domain/promises/kinds';
import { calendar, inHangzhou, terms } from '../../support/terms';

const open = [{ from: '09:00', to: '20:00' }];
const hours: OpeningHours = {
  ...everyDay(open),
  week: { ...everyDay(open).week, sunday: 'closed' },
  holidays: 'closed',
};
const facts: DueFacts = {
  terms: { ...terms, store: { ...terms.store, hours } },
  calendar,
  customerZone: 'Asia/Shanghai',
};

test.each<[rule: DueRule, from: string, dueAt: string]>([
  ['complaint-contact', '2026-11-24 10:00:00', '2026-11-24 10:30:00'],
  ['complaint-contact', '2026-11-24 20:45:00', '2026-11-25 08:15:00'],
  ['complaint-answer', '2026-11-24 17:59:59', '2026-11-24 21:00:00'],
  ['complaint-answer', '2026-11-24 18:00:00', '2026-11-25 12:00:00'],
  ['complaint-answer', '2026-11-24 23:59:59', '2026-11-25 12:00:00'],
  ['complaint-answer', '2026-11-25 00:00:00', '2026-11-25 21:00:00'],
  ['estimate-expires', '2026-11-24 10:00:00', '2026-12-01 20:00:00'],
  ['estimate-expires', '2026-11-22 10:00:00', '2026-11-30 20:00:00'], // a Sunday: on Monday
  ['stock-answer', '2026-11-24 10:00:00', '2026-12-01 18:00:00'],
  ['stock-held', '2026-11-24 10:00:00', '2026-11-27 20:00:00'],
  ['stock-held', '2026-11-27 10:00:00', '2026-12-01 20:00:00'], // Saturday, Monday, Tuesday
  ['stock-held', '2026-09-29 10:00:00', '2026-10-09 20:00:00'], // over National Day
])('%s counted from %s is due %s (C-15, S-30, S-35, S-36)', (rule, from, dueAt) => {
  const due = dueBy(rule, inHangzhou(from), facts);
  expect([due.dueAt, due.provisional]).toEqual([inHangzhou(dueAt), undefined]);
  expect(due.because.join()).not.toBe('');
});

test('what is kept over the turn of a year that nobody has published is provisional', () => {
  expect(dueBy('stock-held', inHangzhou('2026-12-30 10:00'), facts).provisional).toBe(true);
});
