import { dateWords } from '../../../domain/calendar/words';

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
