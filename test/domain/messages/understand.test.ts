import { vocabulary } from '../../../domain/messages/reply-words';
import { bounded, saidIn, understand, wordsOf } from '../../../domain/messages/understand';

const emoji = '👍';

test.each(['1', ' 1 ', '1。', '１', '一', '“1”', '1️⃣', '1!\n'])('%j is the digit 1', (text) => {
  expect(understand(text)).toEqual({ digit: '1' });
});

test.each([
  ['九', '9'],
  ['４', '4'],
  ['12', '12'],
])('%s is the digit %s', (text, digit) => {
  expect(understand(text)).toEqual({ digit });
});

test.each(['已解决', '能用', '能用了。', '好了', ' 好了！', 'It works.', 'FIXED'])(
  '%j answers that it works',
  (text) => {
    expect(understand(text)).toEqual({ choices: { 'guidance-check': 'yes', 'revisit-check': 'yes' } });
  },
);

test.each(['不能', '没好', '还没好!', '不能用', "It doesn't work.", 'it doesn’t work'])(
  '%j answers that it does not work',
  (text) => {
    expect(understand(text)).toEqual({ choices: { 'guidance-check': 'no', 'revisit-check': 'no' } });
  },
);

test('yes and no answer any question, satisfied only whether one is', () => {
  expect(understand('是的')).toEqual({ choices: { any: 'yes' } });
  expect(understand('No')).toEqual({ choices: { any: 'no' } });
  expect(understand('不满意')).toEqual({ choices: { satisfaction: 'no' } });
});

test.each(['好的', 'OK', '可以', '行'])('%s is politeness, and an answer only where it changes nothing', (text) => {
  expect(understand(text)).toEqual({ choices: { 'stock-not-yet': 'yes' } });
});

test('every word means one thing: no word stands in the vocabulary twice, and none is a word of the carrier', () => {
  const words = vocabulary.flatMap(([said]) => said.split(',').map((word) => word.trim()));
  expect(words.filter((word, i) => words.indexOf(word) !== i)).toEqual([]);
  expect(words.filter((word) => word !== saidIn(word))).toEqual([]);
});

test('a picture without a word is something to read', () => {
  expect(wordsOf({ body: '', media: 2 })).toBe('[MMS ×2]');
  expect(wordsOf({ body: '还是漏水', media: 1 })).toBe('还是漏水');
  expect(wordsOf({ body: '' })).toBe('');
});

test.each(['STOP', 'stopall', 'Unsubscribe', 'CANCEL', 'end', 'QUIT', 'T', 'ＴＤ', '退订', 'Stop.'])(
  '%s stops texts',
  (text) => {
    expect(understand(text)).toEqual({ keyword: 'stop' });
  },
);

test('START and UNSTOP bring texts back, and YES is that or an answer', () => {
  expect(understand('start')).toEqual({ keyword: 'start' });
  expect(understand('UNSTOP')).toEqual({ keyword: 'start' });
  expect(understand('YES')).toEqual({ keyword: 'start', choices: { any: 'yes' } });
});

test.each([
  '',
  '0',
  '100',
  '1 2',
  '1?',
  '能用吗？',
  '能用？',
  '谢谢',
  'thanks',
  'yes but it is loud',
  '不是不能用',
  'please stop calling',
  '十',
  '111111',
  emoji,
  emoji.repeat(5_000),
  `1${'\u0301'.repeat(50)}x`,
  '__proto__',
  'constructor',
])('%j says nothing beyond doubt', (text) => {
  expect(understand(text)).toEqual({});
});

test('a text is kept as long as the carrier lets one be, without half a character and without what a database cannot hold', () => {
  expect(bounded(emoji.repeat(5_000))).toBe(emoji.repeat(800));
  expect(bounded(`x${emoji.repeat(5_000)}`)).toBe(`x${emoji.repeat(799)}\uFFFD`);
  expect(bounded('a\0b\ud83d')).toBe('a\uFFFDb\uFFFD');
});

test('of a text nothing is looked at beyond what the carrier lets through', () => {
  expect(understand(`${' '.repeat(1_599)}1`)).toEqual({ digit: '1' });
  expect(understand(`${' '.repeat(1_600)}1`)).toEqual({});
  expect(understand(`1${' '.repeat(10_000_000)}x`)).toEqual({ digit: '1' });
});
