import { everyDay } from '../../../domain/policies/every-day';
import { dueBy, type DueFacts } from '../../../domain/promises/due';
import type { DueRule } from '../../../domain/promises/kinds';
import { calendar, inHangzhou, terms } from '../../support/terms';

const open = everyDay([{ from: '09:00', to: '20:00' }]);
const facts: DueFacts = { terms, calendar, customerZone: 'Asia/Shanghai' };
const shut: DueFacts = {
  ...facts,
  terms: { ...terms, store: { ...terms.store, hours: { ...open, week: { ...open.week, sunday: 'closed' } } } },
};
const at = (time: string) => (time.includes(' ') ? inHangzhou(time) : time);

// 2026-11-24 is a Tuesday.
test.each<[string, DueRule, string, string, DueFacts]>([
  ['three days later at the same clock time', 'pickup-notice', '2026-11-24 11:00', '2026-11-27 11:00', facts],
  ['seconds before the evening', 'pickup-notice', '2026-11-24 20:59', '2026-11-27 20:59', facts],
  ['told at night by a person: in the morning', 'pickup-notice', '2026-11-24 22:30', '2026-11-28 08:00', facts],
  ['told before dawn by a person: the same day', 'pickup-notice', '2026-11-24 05:00', '2026-11-27 08:00', facts],
  ['never on a day on which the store is shut', 'pickup-notice', '2026-11-26 11:00', '2026-11-30 11:00', shut],
  ['nor in the night before one', 'pickup-notice', '2026-11-25 22:30', '2026-11-30 08:00', shut],
  ['told at once', 'pickup-notice-at-once', '2026-11-24 11:00', '2026-11-24 11:00', facts],
  ['but not at night', 'pickup-notice-at-once', '2026-11-24 21:00', '2026-11-25 08:00', facts],
  ['10:00 of the day after the named one', 'after-named-day', '2026-11-27', '2026-11-28 10:00', facts],
  ['10:00 of the next open day', 'after-named-day', '2026-11-28', '2026-11-30 10:00', shut],
  [
    'headquarters three days after the last notice',
    'headquarters-informed',
    '2026-11-26 11:00',
    '2026-11-29 11:00',
    shut,
  ],
  ['and a day after the call', 'day-after-named-day', '2026-11-27', '2026-11-29 10:00', facts],
  ['the store calls on its next day', 'pickup-call-next-day', '2026-11-24 20:59', '2026-11-25 13:00', facts],
  ['which is not the day on which it is shut', 'pickup-call-next-day', '2026-11-28 11:00', '2026-11-30 13:00', shut],
  ['a parcel by closing of the next working day', 'parcel-sent', '2026-11-24 11:00', '2026-11-25 20:00', facts],
  ['no weekend is one', 'parcel-sent', '2026-11-27 11:00', '2026-11-30 20:00', facts],
  ['asked three days after it was sent', 'parcel-check', '2026-11-24 11:00', '2026-11-27 11:00', facts],
])('%s: %s', (_name, rule, from, due, known) => {
  expect(dueBy(rule, at(from), known).dueAt).toBe(inHangzhou(due));
});

test('a customer in another zone is reminded in his own day, and not called at his night', () => {
  const abroad = { ...facts, customerZone: 'America/Los_Angeles' };
  const localHour = (time: string) =>
    Number(
      new Intl.DateTimeFormat('en', { hour: 'numeric', hourCycle: 'h23', timeZone: abroad.customerZone }).format(
        new Date(time),
      ),
    );
  for (const rule of ['pickup-notice', 'pickup-call-next-day'] as const) {
    const { notBefore } = dueBy(rule, inHangzhou('2026-11-24 17:00'), abroad);
    expect(localHour(notBefore)).toBeGreaterThanOrEqual(8);
    expect(localHour(notBefore)).toBeLessThan(21);
  }
});

test('in the night in which the clocks change a notice keeps its clock time', () => {
  const store = { ...terms.store, timeZone: 'Europe/Berlin' };
  const berlin = { ...facts, terms: { ...terms, store }, customerZone: 'Europe/Berlin' };
  expect(dueBy('pickup-notice', '2026-10-23T09:00:00.000Z', berlin).dueAt).toBe('2026-10-26T10:00:00.000Z');
  const nights = { ...berlin, terms: { ...berlin.terms, sendingHours: { from: '00:00', to: '24:00' } } };
  expect(dueBy('pickup-notice', '2026-03-26T01:30:00.000Z', nights).dueAt).toBe('2026-03-29T01:00:00.000Z'); // 02:30 does not exist
});
