import { categoryShown } from '../../../domain/cases/category';
import { startOptions } from '../../../workflows/start-case';

test.each([
  ['air conditioner', 'air conditioner'],
  [' Air-Conditioner ', 'air conditioner'],
  ['空调', '空调'],
  ['王芳 13800000001', 'product'],
  ['air conditioner of Mr Li', 'product'],
  ['', 'product'],
])('of the category “%s” operators see “%s”: never what somebody else may have typed there', (written, shown) => {
  expect(categoryShown(written)).toBe(shown);
});

test('what is never encrypted, summary and search attributes of a case, holds no text of the support system', () => {
  const opening = { kind: 'repair' as const, opening: 1, missing: [], priority: 'normal' as const };
  const given = { openedAt: '2026-11-24T02:00:00.000Z', store: 'hz-01', category: 'Wang Fang', city: 'Hangzhou' };
  const { staticSummary, typedSearchAttributes } = startOptions('AC-7K3M-9XQ2', { ...opening, ...given }, 'cases');
  expect(staticSummary).toBe('repair · product · Hangzhou');
  expect(JSON.stringify(typedSearchAttributes)).not.toContain('Wang');
});
