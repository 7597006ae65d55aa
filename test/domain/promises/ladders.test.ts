import { isAboveFirstRung, deputiesOf, roleAbove, rolesThatMay } from '../../../domain/promises/ladders';
import { roles, type Role } from '../../../domain/promises/kinds';
import { terms } from '../../support/terms';

const { ladders } = terms;

test.each<[ladder: string, ...climb: Role[]]>([
  ['store', 'clerk', 'store-manager', 'supervisor', 'operations-manager', 'marketing-director'],
  ['field', 'dispatcher', 'service-manager', 'centre-head', 'headquarters'],
  ['field', 'desk', 'service-manager', 'centre-head', 'headquarters'],
  ['technical', 'engineer', 'senior-engineer', 'headquarters'],
  ['workshop', 'workshop', 'senior-engineer', 'headquarters'],
])(
  'on the %s ladder what nobody does climbs one named role at a time, to the top and no further (S-03, E-22)',
  (...row) => {
    const climb = row.slice(1) as Role[];
    climb.forEach((role, rung) => expect(roleAbove(role, ladders)).toBe(climb[rung + 1]));
  },
);

test('every role stands on a ladder: nothing that is asked of anybody is left lying', () => {
  const standing = Object.values(ladders).flat(2);
  expect([...roles].filter((role) => !standing.includes(role))).toEqual([]);
});

test('those who share a rung stand in for each other, and whoever is above may do it too', () => {
  expect(deputiesOf('desk', ladders).sort()).toEqual(['desk', 'dispatcher']);
  expect(deputiesOf('service-manager', ladders)).toEqual(['service-manager']);
  expect(rolesThatMay(['desk'], ladders).sort()).toEqual(
    ['centre-head', 'desk', 'dispatcher', 'headquarters', 'service-manager'].sort(),
  );
  expect(rolesThatMay(['headquarters'], ladders)).toEqual(['headquarters']);
  expect(rolesThatMay(['store-manager'], ladders)).not.toContain('clerk');
  expect(rolesThatMay(['engineer'], ladders)).not.toContain('service-manager');
});

test('a case is escalated while somebody has to act who is there for what others leave undone', () => {
  expect([...roles].filter((role) => !isAboveFirstRung(role, ladders)).sort()).toEqual(
    ['clerk', 'desk', 'dispatcher', 'engineer', 'workshop'].sort(),
  );
});
