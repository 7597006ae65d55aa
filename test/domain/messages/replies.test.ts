import { dayNamed, type Today } from '../../../domain/messages/day-named';
import { understand } from '../../../domain/messages/understand';
import { readByAPerson } from './read-by-a-person';

/** A Tuesday afternoon. */
const today: Today = {
  date: '2026-11-24',
  time: '14:00',
  closesAt: '20:00',
  untilMinutesBeforeClosing: 60,
  daysAhead: 30,
};

/**
 * What customers write, and the only thing that may be made of it: a digit, a choice (only of the question after the slash), a keyword,
 * a day, or nothing, which a person reads.
 */
const replies: Record<string, string[]> = {
  'digit 1': ['1', ' 1', '1 ', '１', '一', '1。', '1!', '【1】', '(1)', '“1”', '1️⃣', '1\n', '1…', '-1-', '①'],
  'digit 2': ['2', '２', '二', '2.', '2，', '「2」', '2、'],
  'digit 3': ['3', '三', '３！'],
  'digit 12': ['12', '１２', '12。'],
  'digit 28': ['28'],

  yes: ['是', '是的', '是的。', '是的！', 'y', 'Y', 'yep', 'Yeah'],
  'yes, or start': ['yes', 'YES', 'Yes.', 'ＹＥＳ', 'yes!'],
  no: ['不', '不是', 'no', 'No.', 'NO!', 'n', 'nope', '不是。'],

  'yes / guidance-check + revisit-check': [
    '能',
    '能用',
    '能用了',
    '能用了。',
    '可以用了',
    '好了',
    '好了！',
    '已经好了',
    '修好了',
    '已解决',
    '解决了',
    '正常',
    '正常了',
    '能正常使用了',
    '恢复正常',
    'It works',
    'it works now.',
    'Fixed!',
    'solved',
    'It’s working',
    '现在能用了',
    '已经正常了。',
    '没问题了',
    '一切正常',
    'works fine',
    'All good now!',
  ],
  'no / guidance-check + revisit-check': [
    '不能',
    '不能用',
    '不能用！',
    '还是不能用',
    '用不了',
    '还是用不了',
    '没好',
    '还没好',
    '没解决',
    '没有解决',
    '不行',
    '还是不行',
    '不正常',
    'Not working',
    'it doesn’t work',
    "doesn't work",
    'still not working',
    '还是一样',
    '没修好',
    '仍有问题',
    '还有问题',
    '又坏了',
    'still a problem',
    "It's still broken",
    'same problem',
  ],
  'no / guidance-check': ['没有', '没有。'],
  'yes / revisit-check': ['运行正常', '运行良好', 'It runs well.'],
  'yes / satisfaction': ['满意', '很满意', '非常满意！', 'satisfied', 'Very satisfied.', "I'm satisfied"],
  'no / satisfaction': ['不满意', '很不满意', '不太满意', 'Not satisfied', 'dissatisfied'],
  'yes / estimate + return-refused': ['同意', '同意维修', '我同意。', 'I agree', '接受', 'accept'],
  'no / estimate': ['不维修', '不修了', 'no repair'],
  'no / return-refused': ['有异议', '不接受', 'I disagree'],
  'yes / stock-not-yet': ['继续等', '愿意等', '我等', 'keep waiting', "I'll wait", '好的', '好', '可以', 'ok', '[OK]'],
  'no / stock-not-yet': ['不等了', '不要了', 'no longer wanted'],
  'send / ready-3': ['寄回', '请寄回来', 'Please send it'],
  'contact / late-apology': ['需要'],
  'no / delay-notice': ['日期不合适'],
  change: ['改时间', '改约', '改期', '我要改约', 'reschedule'],

  stop: [
    'STOP',
    'stop',
    'Stop.',
    'stopall',
    'UNSUBSCRIBE',
    'cancel',
    'END',
    'quit',
    'T',
    't',
    'TD',
    'ＴＤ',
    '退订',
    '退订。',
  ],
  start: ['START', 'start', 'Unstop'],

  '2026-11-24': ['今天', '今天来取', 'today', '周二', 'Tuesday'],
  '2026-11-25': ['明天', '明天来', '明天上午过来', '明天下午3点', 'tomorrow', 'Tomorrow afternoon', 'tmr'],
  '2026-11-26': ['后天', '后天去拿', 'day after tomorrow', 'Thursday', '周四吧'],
  '2026-11-27': [
    '周五',
    '星期五',
    '礼拜五',
    '这周五',
    '大后天',
    '27日',
    '27号',
    '11月27日',
    '周五来取',
    '我周五去取',
    '好的，周五',
    '周五下午',
    '周五 27号',
    'Friday',
    'FRIDAY',
    'on Friday',
    'fri',
    'the 27th',
    '27 Nov',
    'Nov 27',
    '27/11',
    'I will come on Friday',
    'Friday, please',
    'ok Friday',
  ],
  '2026-11-28': [
    '28日',
    '28号',
    '２８号',
    '二十八号',
    '11月28日',
    '11月28号来',
    '周六',
    'the 28th',
    '28th',
    'Saturday',
    'Sat 28 Nov',
  ],
  '2026-12-04': ['下周五', '12月4日', '4 Dec', '12月4日周五'],

  nothing: readByAPerson,
};

const table = Object.entries(replies).flatMap(([meaning, texts]) => texts.map((text) => [text, meaning] as const));

test.each(table)('%j: %s', (text, meaning) => {
  expect(readAs(text)).toBe(meaning);
});

test('the table has at least 150 different replies', () => {
  expect(new Set(table.map(([text]) => text)).size).toBe(table.length);
  expect(table.length).toBeGreaterThanOrEqual(150);
});

test('no reply is a day and something else', () => {
  const both = table.filter(([text]) => dayNamed(text, today) && Object.keys(understand(text)).length > 0);
  expect(both).toEqual([]);
});

function readAs(text: string): string {
  const { digit, choices = {}, keyword } = understand(text);
  if (digit) return `digit ${digit}`;
  const [choice] = Object.values(choices);
  const questions = Object.keys(choices).filter((question) => question !== 'any');
  if (choice)
    return `${choice}${questions.length > 0 ? ` / ${questions.join(' + ')}` : ''}${keyword ? `, or ${keyword}` : ''}`;
  return keyword ?? dayNamed(text, today) ?? 'nothing';
}
