import fc from 'fast-check';
import type { Calendar } from '../../../domain/calendar/holidays';
import { dateIn } from '../../../domain/calendar/hours';
import {
  closingOf,
  isOpen,
  nextOpenDay,
  nextOpening,
  plusOpenMinutes,
  timeOnOpenDay,
  type DayHours,
  type OpeningHours,
  type Place,
} from '../../../domain/calendar/opening-hours';

const twice: DayHours = [
  { from: '09:00', to: '12:00' },
  { from: '13:00', to: '20:00' },
];
const calendar: Calendar = {
  id: 'test',
  weekend: ['saturday', 'sunday'],
  horizon: '2026-12-31',
  years: [
    {
      year: 2026,
      source: 'this test',
      holidays: [{ name: 'Week of rest', from: '2026-10-01', to: '2026-10-07' }],
      makeUpDays: ['2026-10-10'],
    },
  ],
};

function aPlace(changes: Partial<OpeningHours> = {}, timeZone = 'Asia/Shanghai'): Place {
  const week = { monday: twice, tuesday: twice, wednesday: twice, thursday: twice, friday: twice };
  const usual = { week: { ...week, saturday: [{ from: '10:00', to: '16:00' }], sunday: 'closed' as const } };
  return { timeZone, calendar, hours: { ...usual, holidays: 'closed', makeUpDays: twice, exceptions: {}, ...changes } };
}

const here = (time: string) => new Date(`${time.replace(' ', 'T')}+08:00`).toISOString();

test.each([
  ['2026-11-24 08:59:59.999', false],
  ['2026-11-24 09:00:00.000', true],
  ['2026-11-24 11:59:59.999', true],
  ['2026-11-24 12:00:00.000', false],
  ['2026-11-24 13:00:00.000', true],
  ['2026-11-24 20:00:00.000', false],
  ['2026-11-28 09:30:00.000', false],
  ['2026-11-29 10:30:00.000', false],
  ['2026-10-05 10:00:00.000', false],
  ['2026-10-10 09:30:00.000', true],
  ['2026-10-17 09:30:00.000', false],
])('at %s the store is open: %s', (time, open) => {
  expect(isOpen(here(time), aPlace())).toEqual({ open, provisional: false });
});

test.each([
  ['2026-11-24 10:15', '2026-11-24 10:15'],
  ['2026-11-24 12:00', '2026-11-24 13:00'],
  ['2026-11-24 20:00', '2026-11-25 09:00'],
  ['2026-11-28 16:00', '2026-11-30 09:00'],
  ['2026-09-30 20:00', '2026-10-08 09:00'],
])('after %s it opens at %s', (time, opens) => {
  expect(nextOpening(here(time), aPlace())).toEqual({ at: here(opens), provisional: false });
});

test.each([
  ['2026-11-24 11:30', 30, '2026-11-24 12:00'],
  ['2026-11-24 11:30', 31, '2026-11-24 13:01'],
  ['2026-11-24 12:30', 60, '2026-11-24 14:00'],
  ['2026-09-30 19:00', 120, '2026-10-08 10:00'],
])('%s and %i open minutes is %s', (time, minutes, due) => {
  expect(plusOpenMinutes(here(time), minutes, aPlace()).at).toBe(here(due));
});

test('an exception comes before weekday, holiday and make-up day', () => {
  const place = aPlace({ exceptions: { '2026-10-03': [{ from: '10:00', to: '12:00' }], '2026-11-24': 'closed' } });
  expect(nextOpening(here('2026-09-30 20:00'), place).at).toBe(here('2026-10-03 10:00'));
  expect(nextOpenDay('2026-11-24', place).date).toBe('2026-11-25');
});

test('a store that opens as usual on holidays does', () => {
  expect(nextOpenDay('2026-10-02', aPlace({ holidays: 'as-usual' })).date).toBe('2026-10-02');
  expect(nextOpenDay('2026-10-02', aPlace()).date).toBe('2026-10-08');
});

test('the closing of a day is that of its last period, and of a closed day that of the next open one', () => {
  expect(closingOf('2026-11-24', aPlace())).toEqual({ at: here('2026-11-24 20:00'), provisional: false });
  expect(closingOf('2026-11-29', aPlace())).toEqual({ at: here('2026-11-30 20:00'), provisional: false });
});

test('past the horizon every answer is provisional', () => {
  const place = aPlace();
  expect(nextOpening(here('2026-12-31 19:00'), place).provisional).toBe(false);
  expect(nextOpening(here('2026-12-31 20:00'), place)).toEqual({ at: here('2027-01-01 09:00'), provisional: true });
  expect(plusOpenMinutes(here('2026-12-31 19:00'), 61, place).provisional).toBe(true);
  expect(nextOpenDay('2027-01-04', place).provisional).toBe(true);
  expect(closingOf('2027-01-04', place).provisional).toBe(true);
  expect(isOpen(here('2027-01-04 10:00'), place)).toEqual({ open: true, provisional: true });
});

test('a place that opens on every day alike asks no calendar, and neither does a date with hours of its own', () => {
  const alike = aPlace({ holidays: 'as-usual', makeUpDays: 'as-usual' });
  expect(nextOpening(here('2027-02-06 20:00'), alike).provisional).toBe(false);
  const said = aPlace({ exceptions: { '2027-01-04': twice } });
  expect(closingOf('2027-01-04', said)).toEqual({ at: here('2027-01-04 20:00'), provisional: false });
});

test.each([
  ['2026-11-24', '10:00', '2026-11-24 10:00'],
  ['2026-11-24', '08:59', '2026-11-24 09:00'],
  ['2026-11-24', '12:30', '2026-11-24 13:00'],
  ['2026-11-24', '20:00', '2026-11-24 09:00'],
  ['2026-11-29', '10:00', '2026-11-30 10:00'],
  ['2026-11-28', '09:00', '2026-11-28 10:00'],
  ['2026-10-01', '10:00', '2026-10-08 10:00'],
])('on the open day from %s on, %s is %s', (date, time, at) => {
  expect(timeOnOpenDay(date, time, aPlace())).toEqual({ at: here(at), provisional: false });
});

const nights = (from: string, to: string): Partial<OpeningHours> => {
  const day: DayHours = [{ from, to }];
  const week = { monday: day, tuesday: day, wednesday: day, thursday: day, friday: day, saturday: day, sunday: day };
  return { week, holidays: 'as-usual', makeUpDays: 'as-usual' };
};

test.each([
  ['opens when the lost hour is over', 'Europe/Berlin', '02:30', '06:00', '2026-03-28T23:00Z', '2026-03-29T01:00Z'],
  ['opens at the first of two', 'Europe/Berlin', '02:30', '06:00', '2026-10-24T22:00Z', '2026-10-25T00:30Z'],
  ['opens when the lost hour is over', 'America/New_York', '02:15', '06:00', '2026-03-08T05:00Z', '2026-03-08T07:00Z'],
  ['opens at the first of two', 'America/New_York', '01:30', '06:00', '2026-11-01T04:00Z', '2026-11-01T05:30Z'],
  ['opens after the lost half', 'Australia/Lord_Howe', '02:10', '06:00', '2026-10-03T14:00Z', '2026-10-03T15:30Z'],
  ['skips a period that is lost', 'Europe/Berlin', '02:10', '02:50', '2026-03-28T23:00Z', '2026-03-30T00:10Z'],
])('on the night of a clock change a place %s (%s)', (_, zone, from, to, at, opens) => {
  expect(nextOpening(at, aPlace(nights(from, to), zone)).at).toBe(new Date(opens).toISOString());
});

test.each([
  ['at the end of the lost hour', 'Europe/Berlin', '2026-03-29', '02:30', '2026-03-29T01:00Z'],
  ['at the last of two equal times', 'Europe/Berlin', '2026-10-25', '02:30', '2026-10-25T01:30Z'],
  ['at the last of two equal times', 'America/New_York', '2026-11-01', '01:30', '2026-11-01T06:30Z'],
  ['at the last of two equal times', 'Australia/Lord_Howe', '2026-04-05', '01:45', '2026-04-04T15:15Z'],
  ['at midnight', 'Europe/Berlin', '2026-10-25', '24:00', '2026-10-25T23:00Z'],
])('on the night of a clock change a place closes %s (%s)', (_, zone, date, to, closes) => {
  expect(closingOf(date, aPlace(nights('00:30', to), zone)).at).toBe(new Date(closes).toISOString());
});

const instants = fc
  .date({ min: new Date('2026-01-01'), max: new Date('2026-12-20'), noInvalidDate: true })
  .map((date) => date.toISOString());
const quarters = Array.from({ length: 97 }, (_, n) => {
  const [hours, minutes] = [Math.floor(n / 4), (n % 4) * 15];
  return `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
});
const anyDay = fc.oneof(
  fc.constant<DayHours>('closed'),
  fc.uniqueArray(fc.constantFrom(...quarters), { minLength: 4, maxLength: 4 }).map((times): DayHours => {
    const [a = '', b = '', c = '', d = ''] = times.sort();
    return [
      { from: a, to: b },
      { from: c, to: d },
    ];
  }),
);
const zones = fc.constantFrom('Asia/Shanghai', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe');
const places = fc
  .tuple(anyDay, anyDay, anyDay, anyDay, zones)
  .map(([monday, thursday, saturday, sunday, zone]) =>
    aPlace({ week: { monday, tuesday: twice, wednesday: twice, thursday, friday: twice, saturday, sunday } }, zone),
  );

test('the next opening is never before, always within opening hours, and the instant itself if it lies in them', () => {
  fc.assert(
    fc.property(instants, places, (at, place) => {
      const { at: opens } = nextOpening(at, place);
      expect(opens >= at && isOpen(opens, place).open).toBe(true);
      if (isOpen(at, place).open) expect(opens).toBe(at);
    }),
  );
});

test('who comes later, or is given more open minutes, is never due earlier', () => {
  fc.assert(
    fc.property(instants, places, fc.nat(3000), fc.nat(600), fc.nat(600), (at, place, wait, minutes, more) => {
      const { at: due } = plusOpenMinutes(at, minutes, place);
      const later = new Date(Date.parse(at) + wait * 60_000).toISOString();
      expect(plusOpenMinutes(later, minutes, place).at >= due).toBe(true);
      expect(plusOpenMinutes(at, minutes + more, place).at >= due).toBe(true);
      expect(Date.parse(due) >= Date.parse(at) + minutes * 60_000).toBe(true);
    }),
  );
});

test('the place is open until its closing, and not at it', () => {
  fc.assert(
    fc.property(instants, places, (at, place) => {
      const { date } = nextOpenDay(dateIn(at, place.timeZone), place);
      const closes = closingOf(date, place).at;
      const justBefore = new Date(Date.parse(closes) - 1).toISOString();
      expect(isOpen(justBefore, place).open).toBe(true);
      expect(dateIn(justBefore, place.timeZone)).toBe(date);
    }),
  );
});
