import fc from 'fast-check';
import { isWithin } from '../../../domain/calendar/hours';
import { sendingTime } from '../../../domain/promises/counting';
import { dueBy } from '../../../domain/promises/due';
import type { DueRule } from '../../../domain/promises/kinds';
import { calendar, inHangzhou, terms } from '../../support/terms';

const facts = { terms, calendar, customerZone: 'Asia/Shanghai' };
const day = '2026-11-24 ';
const next = '2026-11-25 ';

const table: [rule: DueRule, from: string, notBefore: string, dueAt: string][] = [
  ['guidance-check', day + '09:00:00', day + '11:00:00', day + '11:00:00'],
  ['guidance-check', day + '05:59:59', day + '07:59:59', day + '08:00:00'],
  ['guidance-check', day + '06:00:00', day + '08:00:00', day + '08:00:00'],
  ['guidance-check', day + '18:59:59', day + '20:59:59', day + '20:59:59'],
  ['guidance-check', day + '19:00:00', day + '21:00:00', next + '08:00:00'],
  ['guidance-check', day + '20:30:00', day + '22:30:00', next + '08:00:00'],
  ['guidance-call', day + '11:00:00', day + '11:30:00', day + '12:00:00'],
  ['guidance-call', day + '08:00:00', day + '08:30:00', day + '09:00:00'],
  ['guidance-call', day + '20:00:00', day + '20:30:00', day + '21:00:00'],
  ['guidance-call', day + '20:15:00', day + '20:45:00', next + '08:15:00'],
  ['guidance-call', day + '20:29:59', day + '20:59:59', next + '08:29:59'],
  ['guidance-call', day + '20:30:00', next + '08:00:00', next + '08:30:00'],
  ['guidance-call', day + '20:59:59', next + '08:00:00', next + '08:30:00'],
  ['call-one-way', day + '11:00:00', day + '11:10:00', day + '11:40:00'],
  ['call-one-way', day + '20:50:00', next + '08:00:00', next + '08:30:00'],
  ['call-at-once', day + '11:00:00', day + '11:00:00', day + '12:00:00'],
  ['call-again', day + '11:00:00', day + '13:00:00', day + '14:00:00'],
  ['call-again', day + '18:59:59', day + '20:59:59', next + '08:59:59'],
  ['call-again', day + '19:00:00', next + '08:00:00', next + '09:00:00'],
  ['call-last', day + '19:00:00', next + '08:00:00', next + '09:00:00'],
  ['call-last', day + '23:59:00', next + '08:00:00', next + '09:00:00'],
  ['call-agreed', day + '15:00:00', day + '15:00:00', day + '15:30:00'],
  ['agree-next-step', day + '11:00:00', day + '11:00:00', day + '11:30:00'],
  ['agree-next-step', day + '20:45:00', day + '20:45:00', next + '08:15:00'],
  ['reply-answered', day + '21:00:00', next + '08:00:00', next + '08:30:00'],
  ['decide-unreached', day + '18:00:00', day + '18:00:00', next + '09:00:00'],
  ['next-step-carried-out', day + '11:00:00', day + '11:00:00', next + '21:00:00'],
];

test.each(table)('%s counted from %s opens %s and is due %s', (rule, from, notBefore, dueAt) => {
  const due = dueBy(rule, inHangzhou(from), facts);
  expect([due.notBefore, due.dueAt]).toEqual([inHangzhou(notBefore), inHangzhou(dueAt)]);
  expect(due.because.join()).not.toBe('');
});

test('a check that sending hours move says so', () => {
  expect(dueBy('guidance-check', inHangzhou('2026-11-24 20:30:00'), facts).because).toEqual([
    '2 h after the guidance (H-05)',
    'outside sending hours 08:00–21:00: 08:00 the next morning',
  ]);
});

test('texts go by the hours of the customer, calls by those of the desk', () => {
  const inBerlin = { terms, calendar, customerZone: 'Europe/Berlin' };
  const due = dueBy('guidance-check', inHangzhou('2026-11-24 10:00:00'), inBerlin); // 05:00 in Berlin at the check
  expect(due.dueAt).toBe('2026-11-24T07:00:00.000Z');
  expect(dueBy('guidance-call', due.dueAt, inBerlin).dueAt).toBe(inHangzhou('2026-11-24 16:00:00'));
});

test.each([
  ['forward, the hour that is not there', '2026-03-29T00:30:00.000Z', '2026-03-29T06:00:00.000Z'],
  ['back, the hour that is there twice', '2026-10-25T00:30:00.000Z', '2026-10-25T07:00:00.000Z'],
])('on the night the clocks go %s, texts still wait for 08:00', (_, at, morning) => {
  expect(sendingTime(at, terms, 'Europe/Berlin')).toBe(morning);
});

test('nobody is phoned in his own night, wherever the desk sits', () => {
  const inBerlin = { terms, calendar, customerZone: 'Europe/Berlin' };
  const { notBefore, dueAt } = dueBy('call-last', inHangzhou('2026-11-24 20:30'), inBerlin);
  expect([notBefore, dueAt]).toEqual([inHangzhou('2026-11-25 15:00'), inHangzhou('2026-11-25 16:00')]); // 08:00 in Berlin
});

const zones = ['Asia/Shanghai', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu'];
const instants = fc
  .date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString());
const somewhere = fc.constantFrom(...zones).map((customerZone) => ({ terms, calendar, customerZone }));

test('a check never comes before the asked moment, never outside sending hours, and never later than a night away', () => {
  fc.assert(
    fc.property(instants, somewhere, (from, where) => {
      const asked = Date.parse(from) + 2 * 3_600_000;
      const { dueAt } = dueBy('guidance-check', from, where);
      expect(Date.parse(dueAt)).toBeGreaterThanOrEqual(asked);
      expect(Date.parse(dueAt)).toBeLessThanOrEqual(asked + 12.5 * 3_600_000);
      expect(isWithin(dueAt, terms.sendingHours, where.customerZone)).toBe(true);
    }),
  );
});

test.each<DueRule>(['guidance-check', 'guidance-call', 'call-one-way', 'agree-next-step', 'decide-unreached'])(
  '%s is monotone: who comes later is not served earlier',
  (rule) => {
    fc.assert(
      fc.property(instants, fc.integer({ min: 0, max: 48 * 3600 }), somewhere, (from, seconds, where) => {
        const later = new Date(Date.parse(from) + seconds * 1000).toISOString();
        expect(dueBy(rule, later, where).dueAt >= dueBy(rule, from, where).dueAt).toBe(true);
      }),
    );
  },
);

test('nobody is phoned outside desk hours', () => {
  fc.assert(
    fc.property(instants, fc.constantFrom<DueRule>('guidance-call', 'call-again', 'call-last'), (from, rule) => {
      const { notBefore, dueAt } = dueBy(rule, from, facts);
      expect(isWithin(notBefore, terms.deskHours, terms.store.timeZone)).toBe(true);
      expect(notBefore >= from && dueAt > notBefore).toBe(true);
    }),
  );
});
