import { clockWords, dateWords, dayWords, periodWords } from '../../../domain/calendar/words';

test.each([
  ['zh-CN', 'Asia/Shanghai', '2026-11-24T06:00:00.000Z', '11月24日 周二 14:00'],
  ['en', 'Asia/Shanghai', '2026-11-24T06:00:00.000Z', 'Tue 24 Nov 14:00'],
  ['zh-CN', 'Asia/Shanghai', '2026-12-31T16:00:00.000Z', '1月1日 周五 00:00'],
  ['zh-CN', 'Asia/Urumqi', '2026-11-24T06:00:00.000Z', '11月24日 周二 12:00 GMT+6'],
  ['en', 'Asia/Singapore', '2026-11-24T06:00:00.000Z', 'Tue 24 Nov 14:00'],
  ['en', 'America/Vancouver', '2026-07-01T06:00:00.000Z', 'Tue 30 Jun 23:00 GMT-7'],
  ['en', 'Asia/Kathmandu', '2026-11-24T06:00:00.000Z', 'Tue 24 Nov 11:45 GMT+5:45'],
  ['en', 'Europe/London', '2026-11-24T06:00:00.000Z', 'Tue 24 Nov 06:00 GMT'],
] as const)('in %s, %s: the zone is named when its clocks differ from the store’s', (language, zone, at, words) => {
  expect(dateWords(at, language, zone, 'Asia/Shanghai')).toBe(words);
});

test.each([
  ['zh-CN', 'Asia/Shanghai', '11月24日 周二 14:00-16:00'],
  ['en', 'Asia/Shanghai', 'Tue 24 Nov 14:00-16:00'],
  ['en', 'America/Vancouver', 'Mon 23 Nov 22:00-00:00 GMT-8'],
] as const)('in %s, %s: a period is one day and two times', (language, zone, words) => {
  const period: [string, string] = ['2026-11-24T06:00:00.000Z', '2026-11-24T08:00:00.000Z'];
  expect(periodWords(period, language, zone, 'Asia/Shanghai')).toBe(words);
});

test('a period without length is one time', () => {
  const at = '2026-11-24T06:00:00.000Z';
  expect(periodWords([at, at], 'en', 'Asia/Shanghai', 'Asia/Shanghai')).toBe('Tue 24 Nov 14:00');
});

test('a day is the same in every zone, and a time of day is the customer’s', () => {
  expect(dayWords('2026-11-24', 'zh-CN')).toBe('11月24日 周二');
  expect(dayWords('2026-11-24', 'en')).toBe('Tue 24 Nov');
  expect(clockWords('2026-11-24T06:00:00.000Z', 'en', 'Asia/Urumqi')).toBe('12:00');
});
