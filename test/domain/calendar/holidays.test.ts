import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { minusWorkingDays, plusCalendarDays, plusWorkingDays } from '../../../domain/calendar/business-days';
import { isKnown, isWorkingDay, type Calendar } from '../../../domain/calendar/holidays';
import { addDays } from '../../../domain/calendar/local-time';
import type { PolicyFile } from '../../../domain/policies/policy-file';

const [china] = (JSON.parse(readFileSync('policies/china-2026.json', 'utf8')) as PolicyFile).calendars as [Calendar];

test.each([
  ['2026-01-02', false, 'a Friday of New Year'],
  ['2026-01-04', true, 'a Sunday worked for it'],
  ['2026-02-14', true, 'a Saturday worked for Spring Festival'],
  ['2026-02-15', false, 'its first day'],
  ['2026-02-23', false, 'its last day'],
  ['2026-02-24', true, 'the day after'],
  ['2026-10-08', true, 'the day after National Day'],
  ['2026-10-10', true, 'a Saturday worked for it'],
  ['2026-10-11', false, 'the Sunday after'],
])('in China %s is worked: %s, %s', (date, worked) => {
  expect(isWorkingDay(date, china)).toBe(worked);
});

test.each([
  ['2026-11-24', 2, '2026-11-26', false],
  ['2026-11-27', 1, '2026-11-30', false],
  ['2026-11-28', 0, '2026-11-30', false],
  ['2026-11-28', 1, '2026-11-30', false],
  ['2026-02-13', 2, '2026-02-24', false],
  ['2026-09-30', 1, '2026-10-08', false],
  ['2026-10-09', 1, '2026-10-10', false],
  ['2026-12-30', 1, '2026-12-31', false],
  ['2026-12-30', 2, '2027-01-01', true],
  ['2025-12-31', 1, '2026-01-04', true],
])('%s and %i working days is %s; provisional: %s', (date, days, expected, provisional) => {
  expect(plusWorkingDays(date, days, china)).toEqual({ date: expected, provisional });
});

test.each([
  ['2026-11-26', 2, '2026-11-24', false],
  ['2026-11-30', 1, '2026-11-27', false],
  ['2026-11-29', 0, '2026-11-27', false],
  ['2026-11-29', 1, '2026-11-27', false],
  ['2026-02-24', 1, '2026-02-14', false],
  ['2026-10-08', 1, '2026-09-30', false],
  ['2026-01-04', 1, '2025-12-31', true],
  ['2027-01-04', 1, '2027-01-01', true],
])('%s, and %i working days before it', (date, days, expected, provisional) => {
  expect(minusWorkingDays(date, days, china)).toEqual({ date: expected, provisional });
});

const dates = fc.integer({ min: -60, max: 500 }).map((n) => addDays('2026-01-01', n));
const few = fc.integer({ min: 0, max: 40 });

test('working days never end before they begin, end on a working day, and are as many as asked', () => {
  fc.assert(
    fc.property(dates, few, (from, days) => {
      const { date } = plusWorkingDays(from, days, china);
      expect(date >= from && isWorkingDay(date, china)).toBe(true);
      let counted = 0;
      for (let day = from; day < date; day = addDays(day, 1)) if (isWorkingDay(addDays(day, 1), china)) counted += 1;
      expect(counted).toBe(days === 0 && !isWorkingDay(from, china) ? 1 : days);
    }),
  );
});

test('so many working days on and so many back is where one began, on a working day', () => {
  fc.assert(
    fc.property(dates, few, (from, days) => {
      const start = plusWorkingDays(from, 0, china).date;
      expect(minusWorkingDays(plusWorkingDays(start, days, china).date, days, china).date).toBe(start);
    }),
  );
});

test('who begins later or is given more working days never ends earlier', () => {
  fc.assert(
    fc.property(dates, few, few, few, (from, later, days, more) => {
      const { date } = plusWorkingDays(from, days, china);
      expect(plusWorkingDays(addDays(from, later), days, china).date >= date).toBe(true);
      expect(plusWorkingDays(from, days + more, china).date >= date).toBe(true);
    }),
  );
});

test('what rests on a day past the horizon is provisional, and nothing else is', () => {
  fc.assert(
    fc.property(dates, few, (from, days) => {
      const { date, provisional } = plusWorkingDays(from, days, china);
      expect(provisional).toBe(!(isKnown(from, china) && isKnown(date, china)));
    }),
  );
});

test.each([
  ['over the lost hour', 'Europe/Berlin', '2026-03-28T01:30:00.000Z', 1, '2026-03-29T01:00:00.000Z'],
  ['to the day after the lost hour', 'Europe/Berlin', '2026-03-28T01:30:00.000Z', 2, '2026-03-30T00:30:00.000Z'],
  ['to the first of two equal times', 'Europe/Berlin', '2026-10-24T00:30:00.000Z', 1, '2026-10-25T00:30:00.000Z'],
  ['over the lost hour', 'America/New_York', '2026-03-07T07:30:00.000Z', 1, '2026-03-08T07:00:00.000Z'],
  ['to the first of two equal times', 'America/New_York', '2026-10-31T05:30:00.000Z', 1, '2026-11-01T05:30:00.000Z'],
  ['over the lost half hour', 'Australia/Lord_Howe', '2026-10-02T15:45:00.000Z', 1, '2026-10-03T15:30:00.000Z'],
  ['to the first of two equal times', 'Australia/Lord_Howe', '2026-04-03T14:45:00.000Z', 1, '2026-04-04T14:45:00.000Z'],
  ['without any change', 'Asia/Shanghai', '2026-11-24T06:10:23.456Z', 3, '2026-11-27T06:10:23.456Z'],
])('the same clock time days later, %s (%s)', (_, zone, at, days, expected) => {
  expect(plusCalendarDays(at, days, zone)).toEqual({ at: expected, provisional: false });
});
