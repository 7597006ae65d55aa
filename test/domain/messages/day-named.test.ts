import fc from 'fast-check';
import { dayNamed, type Today } from '../../../domain/messages/day-named';

/** A Tuesday. */
const tuesday: Today = {
  date: '2026-11-24',
  time: '14:00',
  closesAt: '20:00',
  untilMinutesBeforeClosing: 60,
  daysAhead: 30,
};
const friday: Today = { ...tuesday, date: '2026-11-27' };

test.each([
  ['周五', '2026-11-27'],
  ['星期五', '2026-11-27'],
  ['礼拜天', '2026-11-29'],
  ['周6', '2026-11-28'],
  ['这周五', '2026-11-27'],
  ['本周日', '2026-11-29'],
  ['下周一', '2026-11-30'],
  ['下个星期五', '2026-12-04'],
  ['今天', '2026-11-24'],
  ['明天', '2026-11-25'],
  ['后天', '2026-11-26'],
  ['大后天', '2026-11-27'],
  ['28日', '2026-11-28'],
  ['２８号', '2026-11-28'],
  ['二十八号', '2026-11-28'],
  ['廿八日', '2026-11-28'],
  ['十号', '2026-12-10'],
  ['5日', '2026-12-05'],
  ['11月28日', '2026-11-28'],
  ['十一月二十八日', '2026-11-28'],
  ['12月1号', '2026-12-01'],
  ['2026年12月1日', '2026-12-01'],
  ['2026-12-01', '2026-12-01'],
  ['11/28', '2026-11-28'],
  ['12/12', '2026-12-12'],
  ['Friday', '2026-11-27'],
  ['fri.', '2026-11-27'],
  ['on Friday', '2026-11-27'],
  ['this Sunday', '2026-11-29'],
  ['coming Thurs', '2026-11-26'],
  ['Wednesday', '2026-11-25'],
  ['today', '2026-11-24'],
  ['tomorrow', '2026-11-25'],
  ['the day after tomorrow', '2026-11-26'],
  ['the 28th', '2026-11-28'],
  ['on the 2nd', '2026-12-02'],
  ['28th', '2026-11-28'],
  ['28 Nov', '2026-11-28'],
  ['28th of November', '2026-11-28'],
  ['Nov 28', '2026-11-28'],
  ['November 28th, 2026', '2026-11-28'],
  ['Dec. 1', '2026-12-01'],
])('%s names %s', (text, date) => {
  expect(dayNamed(text, tuesday)).toBe(date);
});

test.each([
  ['我周五来取', '2026-11-27'],
  ['好的，周五下午3点去拿，谢谢', '2026-11-27'],
  ['那就礼拜六吧！', '2026-11-28'],
  ['改到12月1日', '2026-12-01'],
  ['5号来取', '2026-12-05'],
  ['明天上午10:30过来', '2026-11-25'],
  ['周五（27日）', '2026-11-27'],
  ['11月28日 周六', '2026-11-28'],
  ['12月4日周五', '2026-12-04'],
  ["I'll come on Friday, thanks", '2026-11-27'],
  ['ok, Saturday morning please', '2026-11-28'],
  ['I will pick it up tomorrow at 3pm', '2026-11-25'],
  ['Fri 27 Nov', '2026-11-27'],
  ['until the 28th', '2026-11-28'],
])('%s names %s and nothing else', (text, date) => {
  expect(dayNamed(text, tuesday)).toBe(date);
});

test.each([
  '28',
  '5号',
  '2nd',
  '周末',
  '下个月',
  '月底',
  '过两天',
  'next Friday',
  'weekend',
  '11/12',
  '周五或周六',
  '周五周六都行',
  '周一到周五',
  'Friday or Saturday',
  '11月28日 周五',
  'Sat 27 Nov',
  '今天明天',
])('%s may mean more than one day, and names none', (text) => {
  expect(dayNamed(text, tuesday)).toBeUndefined();
});

test.each([
  '',
  '周五？',
  '周五行吗',
  '周五可以吗？',
  '周五不行',
  '周五前',
  '不是周五',
  '周五没空',
  '周五取了',
  '今天已经取了',
  '好的，明天再说',
  '明天下雨',
  'not Friday',
  'Friday?',
  'will it be Friday',
  'can I come Friday',
  'Friday I cannot',
  'before Friday',
  'after tomorrow',
  'I came on Friday',
  'monsoon',
  'sunny',
  'may',
  'March',
  '31st of',
  '周八',
])('%j is more or less than the name of a day', (text) => {
  expect(dayNamed(text, tuesday)).toBeUndefined();
});

describe('a day lies between today and thirty days from now', () => {
  test.each([
    ['12月24日', '2026-12-24'],
    ['12月25日', undefined],
    ['25 Dec', undefined],
    ['11月23日', undefined],
    ['本周一', undefined],
    ['31日', undefined],
    ['11月31日', undefined],
    ['32号', undefined],
    ['13月1日', undefined],
    ['0日', undefined],
    ['2025年11月28日', undefined],
  ])('%s: %s', (text, date) => {
    expect(dayNamed(text, tuesday)).toBe(date);
  });

  test('over the end of a year too', () => {
    const late = { ...tuesday, date: '2026-12-20' };
    expect(dayNamed('1月2日', late)).toBe('2027-01-02');
    expect(dayNamed('Jan 2', late)).toBe('2027-01-02');
    expect(dayNamed('下周五', late)).toBe('2026-12-25');
    expect(dayNamed('下周五', { ...late, date: '2026-12-27' })).toBe('2027-01-01');
  });

  test('and on the 29th of February where there is one', () => {
    expect(dayNamed('29日', { ...tuesday, date: '2028-02-10' })).toBe('2028-02-29');
    expect(dayNamed('2月29日', { ...tuesday, date: '2027-02-10' })).toBeUndefined();
  });
});

describe('the day that is today', () => {
  const at = (time: string, more: Partial<Today> = {}) => ({ ...friday, time, ...more });

  test.each(['周五', 'Friday'])('%s on a Friday is today until an hour before closing, then in a week', (text) => {
    expect(dayNamed(text, at('18:59'))).toBe('2026-11-27');
    expect(dayNamed(text, at('19:00'))).toBe('2026-12-04');
    expect(dayNamed(text, at('00:00'))).toBe('2026-11-27');
    expect(dayNamed(text, at('23:59'))).toBe('2026-12-04');
  });

  test.each(['今天', 'today', '27日', '27号', '11月27日', 'the 27th', '本周五', 'this Friday', '周五 27日'])(
    '%s names no other day when today is too late',
    (text) => {
      expect(dayNamed(text, at('18:59'))).toBe('2026-11-27');
      expect(dayNamed(text, at('19:00'))).toBeUndefined();
    },
  );

  test('is too late on a day on which the store is closed', () => {
    const { closesAt: _closesAt, ...closed } = at('08:00');
    expect(dayNamed('今天', closed)).toBeUndefined();
    expect(dayNamed('周五', closed)).toBe('2026-12-04');
    expect(dayNamed('周六', closed)).toBe('2026-11-28');
  });
});

test('whatever is said, the day is a date between today and thirty days from now, or none', () => {
  const words = fc.constantFrom(
    ...'周 五 下 本 1 2 8 28 日 号 月 11 / - friday nov the th of tomorrow 后天 明天 来取 ? 不 , on please'.split(' '),
    ' ',
  );
  const texts = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.array(words, { maxLength: 8 }).map((all) => all.join('')),
  );
  fc.assert(
    fc.property(texts, (text) => {
      const date = dayNamed(text, tuesday);
      if (date === undefined) return;
      expect(date >= '2026-11-24' && date <= '2026-12-24').toBe(true);
      expect(text).not.toMatch(/[?？不]/);
    }),
    { numRuns: 2_000 },
  );
});
