/** One way to name a day: several of them in one text must name the same. */
export interface DayWords {
  inDays?: number;
  /** From 1, Monday, to 7. */
  weekday?: number;
  /** 0 this week, 1 the next; weeks begin on Monday. */
  inWeeks?: number;
  year?: number;
  month?: number;
  day?: number;
}

type Found = (string | undefined)[];

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const weekdays = 'mon tue wed thu fri sat sun'.split(' ');
const numerals = '一二三四五六七八九';

const upToNine = '[1-9一二三四五六七八九]';
const fromTen = '\\d{2}|[二三]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?';
const month =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\b\\.?';
const weekday = '(mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)(?:day|nesday|sday|urday)?\\b\\.?';
const ordinal = '(\\d{1,2})(?:st|nd|rd|th)?';
const year = '(?:,? (\\d{4})\\b)?';

/** Longer ways first, since the first that fits is taken. */
const ways: [pattern: RegExp, (found: Found) => DayWords | undefined][] = [
  [/^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?(?!\d)/, ([, y, m, d]) => date(y, m, d)],
  [
    new RegExp(`^(${fromTen}|${upToNine})月(${fromTen}|${upToNine})[日号]?(?!\\d)`),
    ([, m, d]) => date(undefined, m, d),
  ],
  [/^(\d{1,2})\/(\d{1,2})(?![\d/])/, ([, first, second]) => monthAndDay(Number(first), Number(second))],
  [new RegExp(`^(${fromTen})[日号]`), ([, d]) => date(undefined, undefined, d)],
  [new RegExp(`^(${upToNine})日`), ([, d]) => date(undefined, undefined, d)],
  // "3号" alone may as well be the third choice.
  [new RegExp(`^(${upToNine})号(?=.*[来去取拿领])`), ([, d]) => date(undefined, undefined, d)],
  [/^(本|这个?|下个?)?(?:周|星期|礼拜)([一二三四五六日天1-6])/, ([, which, d]) => chineseWeekday(which, d ?? '')],
  [/^大后天/, () => ({ inDays: 3 })],
  [/^后[天日]/, () => ({ inDays: 2 })],
  [/^明[天日儿早]/, () => ({ inDays: 1 })],
  [/^今[天日儿]/, () => ({ inDays: 0 })],
  [new RegExp(`^(?:the )?${ordinal}(?: of)?[ -]?${month}${year}`), ([, d, m, y]) => date(y, numberOf(months, m), d)],
  [new RegExp(`^${month} ?(?:the )?${ordinal}\\b${year}`), ([, m, d, y]) => date(y, numberOf(months, m), d)],
  [/^the (\d{1,2})(?:st|nd|rd|th)\b/, ([, d]) => date(undefined, undefined, d)],
  [/^([123]\d)(?:st|nd|rd|th)\b/, ([, d]) => date(undefined, undefined, d)],
  [new RegExp(`^this ${weekday}`), ([, d]) => ({ weekday: numberOf(weekdays, d), inWeeks: 0 })],
  [new RegExp(`^(?:coming )?${weekday}`), ([, d]) => ({ weekday: numberOf(weekdays, d) })],
  [/^(?:the )?day after tomorrow\b/, () => ({ inDays: 2 })],
  [/^(?:tomorrow|tmrw|tmr)\b/, () => ({ inDays: 1 })],
  [/^today\b/, () => ({ inDays: 0 })],
];

const chineseBefore =
  '(?:(?:好的|好|嗯|行|ok)[,。.!~ ]*)?(?:那就|那)?我?们?(?:会|想|打算|准备|要|就)?(?:请?(?:改到|改成|改为|留到|保留到|等到)|预约|改约|约|改)?在?';
const englishBefore =
  "(?:ok(?:ay)?[,.! ]+)?(?:(?:(?:i|we)(?: will|'ll| can)? |will )(?:come(?: in| by)?|be there|(?:collect|fetch|get)(?: it)?|pick (?:it )?up|pick up it) )?(?:(?:on|until|till) )?";
const chineseTime =
  '(?:早上|上午|中午|下午|傍晚|晚上)? ?(?:(?:\\d{1,2}|[一二三四五六七八九十]{1,2})(?:点(?:半|\\d{1,2}分?)?|:\\d{2})(?:左右)?)?';
const chineseAfter = `${chineseTime} ?我?们?(?:会|就|再)?(?:过来|过去|来店里?|到店里?|去店里|来|去)?(?:取件|领取|取|拿|领)?(?:可以)?[吧哦哈]?[,。.!~ ]*(?:谢谢|多谢)?`;
const englishAfter =
  '(?: (?:in the )?(?:morning|afternoon|evening)| at noon)?(?:,? (?:at )?\\d{1,2}(?::\\d{2})? ?(?:am|pm)?)?(?: (?:is|would be) (?:fine|good|ok))?(?:[,.!]? ?(?:please|thanks|thank you))*';

const before = [new RegExp(`^${englishBefore}`), new RegExp(`^${chineseBefore}`)];
const after = new RegExp(`^(?:${chineseAfter}|${englishAfter})$`);
const between = /^[\s,.()、]*/;

/** How a text names a day, if it says nothing else; several ways if it does so more than once. */
export function dayIn(said: string): DayWords[] | undefined {
  for (const words of before) {
    const named = namedAtStart(said.replace(words, ''));
    if (named) return named;
  }
  return undefined;
}

function namedAtStart(said: string): DayWords[] | undefined {
  const named: DayWords[] = [];
  for (let rest = said; ;) {
    const text = rest.replace(between, '');
    const way = ways.find(([pattern]) => pattern.test(text));
    if (!way) return named.length > 0 && after.test(rest.replace(/^[.)]+/, '')) ? named : undefined;
    const [pattern, read] = way;
    const found = pattern.exec(text) ?? [];
    const words = read([...found]);
    if (!words) return undefined;
    named.push(words);
    rest = text.slice(found[0]?.length);
  }
}

function date(y: string | undefined, m: string | number | undefined, d: string | undefined): DayWords {
  return {
    ...(y !== undefined && { year: Number(y) }),
    ...(m !== undefined && { month: numberIn(String(m)) }),
    ...(d !== undefined && { day: numberIn(d) }),
  };
}

/** `11/28` and `28/11` are one day, `11/12` may be two. */
function monthAndDay(first: number, second: number): DayWords | undefined {
  if (first > 12 || first === second) return { month: second, day: first };
  return second > 12 ? { month: first, day: second } : undefined;
}

function chineseWeekday(which: string | undefined, named: string): DayWords {
  const day = '日天'.includes(named) ? 7 : numberIn(named);
  if (!which) return { weekday: day };
  return { weekday: day, inWeeks: which.startsWith('下') ? 1 : 0 };
}

/** `28`, `二十八`, `廿八`. */
function numberIn(named: string): number {
  if (/^\d+$/.test(named)) return Number(named);
  const [tens = '', ones = ''] = named.replace('廿', '二十').split('十');
  if (!/[十廿]/.test(named)) return numeral(named);
  return (tens ? numeral(tens) : 1) * 10 + (ones ? numeral(ones) : 0);
}

const numeral = (named: string) => numerals.indexOf(named) + 1;
const numberOf = (names: string[], named = '') => names.indexOf(named.slice(0, 3)) + 1;
