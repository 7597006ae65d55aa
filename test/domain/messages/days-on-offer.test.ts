import { dayOnOffer, daysOnOffer } from '../../../domain/messages/days-on-offer';
import { everyDay } from '../../../domain/policies/every-day';
import { calendar, inHangzhou, terms } from '../../support/terms';

const usual = everyDay([
  { from: '13:00', to: '20:00' },
  { from: '09:00', to: '12:00' },
]);
/** Closed on Sundays and on holidays. */
const hours = { ...usual, week: { ...usual.week, sunday: 'closed' as const }, holidays: 'closed' as const };
const facts = { terms: { ...terms, store: { ...terms.store, hours } }, calendar };

/** A Tuesday, a week before China's national holidays. */
const tuesday = inHangzhou('2026-09-22 14:00');

test('those on which the store opens, today included, as far ahead as the policy lets one name a day', () => {
  const days = daysOnOffer(tuesday, facts);
  expect([days[0], days.at(-1)]).toEqual(['2026-09-22', '2026-10-22']);
  for (const closed of ['2026-09-27', '2026-10-01', '2026-10-03']) expect(days).not.toContain(closed);
  const ofTheWeek = { ...facts.terms, pickup: { ...terms.pickup, nameableDays: 3 } };
  expect(daysOnOffer(tuesday, { ...facts, terms: ofTheWeek })).toEqual(
    ['22', '23', '24'].map((day) => `2026-09-${day}`),
  );
});

test.each([
  ['2026-09-22 18:59', '2026-09-22'],
  ['2026-09-22 19:00', '2026-09-23'],
  ['2026-09-26 19:30', '2026-09-28'],
  ['2026-09-27 10:00', '2026-09-28'],
])('at %s the first is %s: today until an hour before the store closes', (at, first) => {
  expect(daysOnOffer(inHangzhou(at), facts)[0]).toBe(first);
});

test.each([
  ['周三', '2026-09-23'],
  ['今天', '2026-09-22'],
  ['周日', undefined],
  ['10月1日', undefined],
  ['周日来取', undefined],
])('%s names %s: a day on which the store is closed is talked about with a person', (text, day) => {
  expect(dayOnOffer(text, tuesday, facts)).toBe(day);
});

test('today is that of the store, whatever the clock of the machine shows', () => {
  expect(dayOnOffer('明天', '2026-09-22T15:59:00Z', facts)).toBe('2026-09-23');
  expect(dayOnOffer('明天', '2026-09-22T16:00:00Z', facts)).toBe('2026-09-24');
});

test('on the night the clocks change a day is a day', () => {
  const berlin = { ...facts, terms: { ...terms, store: { ...terms.store, timeZone: 'Europe/Berlin' } } };
  for (const at of ['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z'])
    expect(dayOnOffer('tomorrow', at, berlin)).toBe('2026-10-26');
  expect(dayOnOffer('today', '2026-03-29T01:30:00Z', berlin)).toBe('2026-03-29');
});
