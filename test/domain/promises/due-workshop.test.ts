import fc from 'fast-check';
import type { Calendar } from '../../../domain/calendar/holidays';
import type { OpeningHours } from '../../../domain/calendar/opening-hours';
import { everyDay } from '../../../domain/policies/every-day';
import { dueBy, type DueFacts } from '../../../domain/promises/due';
import type { DueRule } from '../../../domain/promises/kinds';
import { notPublishedYet } from '../../../domain/promises/provisional';
import { calendar, inHangzhou, terms } from '../../support/terms';

const facts: DueFacts = { terms, calendar, customerZone: 'Asia/Shanghai' };
const open = [{ from: '09:00', to: '20:00' }];
const closedOnSunday: OpeningHours = {
  ...everyDay(open),
  week: { ...everyDay(open).week, sunday: 'closed' },
  holidays: 'closed',
};
const withHours = (hours: OpeningHours, more: Partial<DueFacts> = {}): DueFacts => ({
  ...{ ...facts, terms: { ...terms, store: { ...terms.store, hours } } },
  ...more,
});

/** The Spring Festival of next year, as a notice might name it. */
const nextYear: Calendar = {
  ...calendar,
  horizon: '2027-12-31',
  years: [
    ...calendar.years,
    {
      year: 2027,
      source: 'a test',
      holidays: [
        { name: '元旦', from: '2027-01-01', to: '2027-01-03' },
        { name: '春节', from: '2027-02-05', to: '2027-02-11' },
      ],
      makeUpDays: ['2027-01-10'],
    },
  ],
};

// A repair is due at closing of the day, counted from the day on which the product left the customer's hands (TR-10).
test.each<[rule: DueRule, from: string, dueAt: string]>([
  ['repair-due-store', '2026-11-24 00:00:00', '2026-12-01 20:00'],
  ['repair-due-store', '2026-11-24 23:59:59', '2026-12-01 20:00'],
  ['repair-due-store', '2026-11-25 00:00:00', '2026-12-02 20:00'],
  ['repair-due-service-centre', '2026-11-24 09:00:00', '2026-11-26 20:00'],
  ['repair-due-service-centre', '2026-11-26 09:00:00', '2026-11-30 20:00'], // Thursday: Friday and Monday
  ['repair-due-service-centre', '2026-11-28 09:00:00', '2026-12-01 20:00'], // Saturday: Monday and Tuesday
  ['repair-due-service-centre', '2026-02-13 09:00:00', '2026-02-24 20:00'], // the worked Saturday, then after the festival
  ['repair-due-service-centre', '2026-09-30 09:00:00', '2026-10-09 20:00'], // over National Day
  ['repair-due-service-centre', '2026-10-08 09:00:00', '2026-10-10 20:00'], // Friday and the worked Saturday
  ['repair-due-factory', '2026-11-01 09:00:00', '2026-12-01 20:00'],
  ['repair-due', '2026-12-03 08:00:00', '2026-12-03 20:00'],
])('%s counted from %s is due %s (D-02, TR-10)', (rule, from, dueAt) => {
  const due = dueBy(rule, inHangzhou(from), facts);
  expect([due.dueAt, due.provisional]).toEqual([inHangzhou(dueAt), undefined]);
});

test('where the store is closed on that day, a repair is due at closing of the next open one', () => {
  const sunday = dueBy('repair-due-store', inHangzhou('2026-11-22 10:00'), withHours(closedOnSunday));
  expect(sunday.dueAt).toBe(inHangzhou('2026-11-30 20:00'));
  expect(dueBy('repair-due-store', inHangzhou('2026-09-26 10:00'), withHours(closedOnSunday)).dueAt).toBe(
    inHangzhou('2026-10-08 20:00'),
  );
});

// Asked the working day before while the store is open; told 2 h before the time that was promised (S-26).
test.each([
  ['a Tuesday', '2026-12-01 20:00', '2026-11-30 09:00', '2026-11-30 20:00'],
  ['a Monday', '2026-11-30 20:00', '2026-11-27 09:00', '2026-11-27 20:00'],
  ['a Sunday', '2026-11-29 20:00', '2026-11-27 09:00', '2026-11-27 20:00'],
  ['the day after the festival', '2026-02-24 20:00', '2026-02-14 09:00', '2026-02-14 20:00'],
])('of what is due on %s the workshop is asked the working day before', (_, due, opens, closes) => {
  const { notBefore, dueAt } = dueBy('workshop-asked', inHangzhou(due), facts);
  expect([notBefore, dueAt]).toEqual([inHangzhou(opens), inHangzhou(closes)]);
});

test.each([
  ['2026-12-01 20:00', '2026-12-01 18:00', 'Asia/Shanghai'],
  ['2026-12-01 23:00', '2026-12-01 20:45', 'Asia/Shanghai'],
  ['2026-12-01 09:59', '2026-11-30 20:45', 'Asia/Shanghai'],
  ['2026-12-01 10:00', '2026-12-01 08:00', 'Asia/Shanghai'],
  ['2026-12-01 15:00', '2026-12-01 03:45', 'Europe/Berlin'], // 20:45 of the evening before there
])(
  'that a repair due %s will be late is told %s, never after it and never at night (%s)',
  (due, told, customerZone) => {
    expect(dueBy('repair-late-told', inHangzhou(due), { ...facts, customerZone }).dueAt).toBe(inHangzhou(told));
  },
);

test('a firm date follows within a working day, and an unsuited one is talked about within the hour', () => {
  expect(dueBy('repair-news', inHangzhou('2026-11-27 18:00'), facts).dueAt).toBe(inHangzhou('2026-11-30 20:00'));
  expect(dueBy('unsuited-date-call', inHangzhou('2026-11-27 20:30'), facts).dueAt).toBe(inHangzhou('2026-11-28 08:30'));
});

test('beyond the horizon of the calendar a due time is provisional and says so; once the year is published it is firm', () => {
  const from = inHangzhou('2026-12-30 15:00');
  const before = dueBy('repair-due-service-centre', from, facts);
  expect(before).toMatchObject({ dueAt: inHangzhou('2027-01-01 20:00'), provisional: true });
  expect(before.because.at(-1)).toBe(notPublishedYet);

  const after = dueBy('repair-due-service-centre', from, { ...facts, calendar: nextYear });
  expect(after).toMatchObject({ dueAt: inHangzhou('2027-01-04 20:00') });
  expect([after.provisional, after.because.includes(notPublishedYet)]).toEqual([undefined, false]);
});

test('over New Year a worked Sunday counts, and days off do not', () => {
  const due = (from: string) => dueBy('repair-due-service-centre', inHangzhou(from), { ...facts, calendar: nextYear });
  expect(due('2026-12-31 10:00').dueAt).toBe(inHangzhou('2027-01-05 20:00'));
  expect(due('2027-01-08 10:00').dueAt).toBe(inHangzhou('2027-01-11 20:00')); // Sunday the 10th is worked
  const old = dueBy('repair-due-service-centre', inHangzhou('2025-12-31 10:00'), facts);
  expect(old).toMatchObject({ dueAt: inHangzhou('2026-01-05 20:00'), provisional: true }); // of 2025 nothing is known
});

test('at a store that is closed on holidays, days past the horizon are provisional; at one that never closes they are not', () => {
  const from = inHangzhou('2026-12-28 10:00');
  expect(dueBy('repair-due-store', from, withHours(closedOnSunday)).provisional).toBe(true);
  expect(dueBy('repair-due-store', from, facts).provisional).toBeUndefined();
});

test('a calendar that was never published makes no time wrong, only provisional', () => {
  const unknown: Calendar = { id: 'unknown', weekend: ['saturday', 'sunday'], horizon: '0001-01-01', years: [] };
  const due = dueBy('repair-due-service-centre', inHangzhou('2026-11-24 09:00'), { ...facts, calendar: unknown });
  expect(due).toMatchObject({ dueAt: inHangzhou('2026-11-26 20:00'), provisional: true });
});

test.each([
  ['forward', 'Europe/Berlin', '2026-03-27T11:00:00.000Z', '2026-04-03T18:00:00.000Z'],
  ['back', 'Europe/Berlin', '2026-10-23T11:00:00.000Z', '2026-10-30T19:00:00.000Z'],
])('over the night the clocks go %s a repair is due at the same closing time (%s)', (_, timeZone, from, dueAt) => {
  const there = { ...facts, terms: { ...terms, store: { ...terms.store, timeZone } } };
  expect(dueBy('repair-due-store', from, there).dueAt).toBe(dueAt);
});

const instants = fc
  .date({ min: new Date('2026-01-01'), max: new Date('2027-06-30'), noInvalidDate: true })
  .map((date) => date.toISOString());
const zones = fc.constantFrom('Asia/Shanghai', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe');

test('the customer hears of a delay before the time that was promised, the workshop is asked before that', () => {
  fc.assert(
    fc.property(instants, zones, (due, customerZone) => {
      const there = withHours(closedOnSunday, { customerZone });
      const told = dueBy('repair-late-told', due, there);
      const asked = dueBy('workshop-asked', due, there);
      expect(Date.parse(due) - Date.parse(told.dueAt)).toBeGreaterThanOrEqual(2 * 3_600_000);
      expect(Date.parse(due) - Date.parse(asked.dueAt)).toBeGreaterThanOrEqual(2 * 3_600_000);
      expect(asked.notBefore <= asked.dueAt).toBe(true);
    }),
  );
});
