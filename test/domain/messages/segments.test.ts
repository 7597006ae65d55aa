import { isGsm7, segmentsOf } from '../../../domain/messages/segments';

test.each([
  ['160 characters of the old alphabet are one', 'a'.repeat(160), 1],
  ['161 are two', 'a'.repeat(161), 2],
  ['306 are two', 'a'.repeat(306), 2],
  ['307 are three', 'a'.repeat(307), 3],
  ['a euro sign counts twice', `${'a'.repeat(158)}€`, 1],
  ['and makes 161 of 160', `${'a'.repeat(159)}€`, 2],
  ['70 Chinese characters are one', '好'.repeat(70), 1],
  ['71 are two', '好'.repeat(71), 2],
  ['134 are two', '好'.repeat(134), 2],
  ['135 are three', '好'.repeat(135), 3],
  ['one Chinese character makes all of them count so', `${'a'.repeat(70)}好`, 2],
  ['an emoji counts twice', '📺'.repeat(35), 1],
  ['and 36 are more than one', '📺'.repeat(36), 2],
])('%s', (_what, text, segments) => {
  expect(segmentsOf(text)).toBe(segments);
});

test('the old alphabet has à but not á, è but not ê, [ but not `', () => {
  expect(['à', 'á', 'è', 'ê', '[', '`'].map(isGsm7)).toEqual([true, false, true, false, true, false]);
});
