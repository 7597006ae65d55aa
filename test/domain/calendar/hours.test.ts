import { isWithin, lastWithin, nextWithin, plusMinutesWithin, timeOnDay } from '../../../domain/calendar/hours';

const day = { from: '08:00', to: '21:00' };
const night = { from: '02:30', to: '06:00' };
const iso = (time: string) => new Date(time).toISOString();

test.each([
  ['2026-11-24T07:59:59.999+08:00', false],
  ['2026-11-24T08:00:00.000+08:00', true],
  ['2026-11-24T20:59:59.999+08:00', true],
  ['2026-11-24T21:00:00.000+08:00', false],
])('%s is within 08:00 and 21:00 in Shanghai: %s', (at, within) => {
  expect(isWithin(at, day, 'Asia/Shanghai')).toBe(within);
});

test.each([
  [
    'a beginning that is skipped is the first moment after the gap',
    'Europe/Berlin',
    '2026-03-29T00:00Z',
    '2026-03-29T01:00Z',
  ],
  ['a beginning that comes twice is the first', 'Europe/Berlin', '2026-10-25T00:00Z', '2026-10-25T00:30Z'],
  ['between the two equal times it lasts', 'Europe/Berlin', '2026-10-25T01:10Z', '2026-10-25T01:10Z'],
  ['in New York too', 'America/New_York', '2026-03-08T05:00Z', '2026-03-08T07:00Z'],
  ['also where clocks change by half an hour', 'Australia/Lord_Howe', '2026-10-03T15:00Z', '2026-10-03T15:30Z'],
])('on the night clocks change, %s (%s)', (_, zone, at, next) => {
  expect(nextWithin(iso(at), night, zone)).toBe(iso(next));
});

test('a period that is skipped altogether begins on the next day', () => {
  const lost = { from: '02:10', to: '02:50' };
  expect(isWithin(iso('2026-03-29T01:00Z'), lost, 'Europe/Berlin')).toBe(false);
  expect(nextWithin(iso('2026-03-29T00:00Z'), lost, 'Europe/Berlin')).toBe(iso('2026-03-30T00:10Z'));
  expect(plusMinutesWithin(iso('2026-03-28T01:20Z'), 60, lost, 'Europe/Berlin')).toBe(iso('2026-03-30T00:40Z'));
});

test.each([
  ['shorter by the lost hour', '2026-03-29T00:00Z', 180, '2026-03-29T04:00Z'],
  ['longer by the hour that comes twice', '2026-10-25T00:00Z', 270, '2026-10-25T05:00Z'],
])('the night is %s', (_, at, minutes, due) => {
  expect(plusMinutesWithin(iso(at), minutes, night, 'Europe/Berlin')).toBe(iso(due));
});

test.each([
  ['2026-11-24T12:00+08:00', '2026-11-24T12:00+08:00'],
  ['2026-11-24T21:00+08:00', '2026-11-24T20:45+08:00'],
  ['2026-11-25T07:59+08:00', '2026-11-24T20:45+08:00'],
  ['2026-11-25T08:00+08:00', '2026-11-25T08:00+08:00'],
])('the last time within the period that is not after %s is %s', (at, last) => {
  expect(lastWithin(iso(at), day, 'Asia/Shanghai', 15)).toBe(iso(last));
});

test.each([
  ['is skipped', '2026-03-28T12:00Z', '02:30', '2026-03-29T01:00Z'],
  ['comes twice', '2026-10-24T12:00Z', '02:30', '2026-10-25T00:30Z'],
  ['is the end of the day', '2026-10-24T12:00Z', '24:00', '2026-10-25T23:00Z'],
])('a time of the next day that %s', (_, at, time, found) => {
  expect(timeOnDay(iso(at), time, 'Europe/Berlin', 1)).toBe(iso(found));
});
