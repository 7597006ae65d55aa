import type { OpeningHours } from '../../../domain/calendar/opening-hours';
import { hoursInWords } from '../../../domain/messages/hours-in-words';
import { render } from '../../../domain/messages/render';
import { everyDay } from '../../../domain/policies/every-day';
import { calendar, inHangzhou, terms } from '../../support/terms';
import { example, waysOf } from './examples';

const long = [
  { from: '09:00', to: '12:00' },
  { from: '13:00', to: '20:00' },
];
const short = [{ from: '10:00', to: '16:00' }];
const weekdaysOnly: OpeningHours = {
  ...everyDay(long),
  week: { ...everyDay(long).week, saturday: short, sunday: 'closed' },
  holidays: 'closed',
};
const tuesday = inHangzhou('2026-11-24 14:00');
const said = (hours: OpeningHours, at = tuesday) =>
  (['zh-CN', 'en'] as const).map((language) => hoursInWords({ ...terms.store, hours }, calendar, at, language));

test('a store that opens alike every day says so in one line', () => {
  expect(said(everyDay(long))).toEqual([['9:00-12:00、13:00-20:00'], ['9:00-12:00, 13:00-20:00']]);
});

test('days that differ are said by weekdays, or shortly only the next open day', () => {
  expect(said(weekdaysOnly)).toEqual([
    ['周一至周五9:00-12:00、13:00-20:00；周六10:00-16:00；周日休息', '周二9:00-12:00、13:00-20:00'],
    ['Mon-Fri 9:00-12:00, 13:00-20:00; Sat 10:00-16:00; Sun closed', 'Tue 9:00-12:00, 13:00-20:00'],
  ]);
  expect(said(weekdaysOnly, inHangzhou('2026-11-29 10:00')).map(([, next]) => next)).toEqual([
    '周一9:00-12:00、13:00-20:00',
    'Mon 9:00-12:00, 13:00-20:00',
  ]);
});

test('holidays of the week ahead are said as they are', () => {
  expect(said(weekdaysOnly, inHangzhou('2026-09-30 10:00'))[1]?.[0]).toBe(
    'Mon-Tue closed; Wed 9:00-12:00, 13:00-20:00; Thu-Sun closed',
  );
});

test('it is the day of the store that counts, not that of the customer', () => {
  expect(said(weekdaysOnly, '2026-11-28T16:30:00.000Z')[1]?.[1]).toBe('Mon 9:00-12:00, 13:00-20:00');
});

test.each(['ready-1', 'ready-2', 'stock-arrived', 'named-day-ack'] as const)(
  '%s has room for hours that differ',
  (template) => {
    const store = { ...terms.store, hours: weekdaysOnly };
    for (const language of ['zh-CN', 'en'] as const)
      for (const way of waysOf(template)) {
        const facts = example(way, language);
        expect(render({ ...facts, terms: { ...facts.terms, store } })).toMatch(/Sun closed|周日休息|Tue|周二/);
      }
  },
);
