import type { StoredTerms } from '../../../domain/policies/whole-terms';
import { wholeTerms } from '../../../domain/policies/whole-terms';
import { usualPolicy } from '../../../domain/policies/usual';
import { terms } from '../../support/terms';

const { version, brand, phone, store } = terms;

test('terms that say everything stay as they are', () => {
  expect(wholeTerms(terms)).toEqual(terms);
});

test('a case opened before a field existed has what is usual there, and keeps what it says', () => {
  const old: StoredTerms = {
    ...{ version, brand, phone, store },
    articles: ['H-05'],
    sendingHours: { from: '09:00', to: '20:00' },
    guidance: { checkAfterHours: 4 },
    tasks: { 'guidance-call': { role: 'desk', dueInMinutes: 15, climbEveryMinutes: 15 } },
  };
  const whole = wholeTerms(old);
  expect(whole).toMatchObject({ articles: ['H-05'], sendingHours: { from: '09:00', to: '20:00' }, store });
  expect(whole.guidance).toEqual({ ...usualPolicy.guidance, checkAfterHours: 4 });
  expect(whole.tasks).toEqual({ ...usualPolicy.tasks, ...old.tasks });
  expect([whole.visit, whole.pickup, whole.reopenDays]).toEqual([usualPolicy.visit, usualPolicy.pickup, 30]);
});
