import type { Role } from './kinds';

/** Who takes over from whom: rungs from the lowest to the highest. Roles that share a rung stand in for each other. */
export type Ladders = Record<string, Role[][]>;

/** To whom a task goes that nobody does (S-03, E-22): the first role of the rung above. From the top, to nobody. */
export function roleAbove(role: Role, ladders: Ladders): Role | undefined {
  const [, above] = rungsFrom(role, ladders)[0] ?? [];
  return above?.[0];
}

/** Roles that may do what is asked of one of these: themselves, their deputies, and everybody above. */
export function rolesThatMay(asked: Role[], ladders: Ladders): Role[] {
  return [...new Set([...asked, ...asked.flatMap((role) => rungsFrom(role, ladders).flat(2))])];
}

/** The roles whose tasks a role does as well: those of its own rung. */
export function deputiesOf(role: Role, ladders: Ladders): Role[] {
  return [...new Set([role, ...rungsFrom(role, ladders).flatMap(([own]) => own ?? [])])];
}

/** Somebody has it who is there for what others leave undone. */
export const isAboveFirstRung = (role: Role, ladders: Ladders): boolean =>
  Object.values(ladders).some((rungs) => rungs.slice(1).flat().includes(role));

/** A role may stand on several ladders; a policy is published only if it climbs to the same role on each. */
const rungsFrom = (role: Role, ladders: Ladders): Role[][][] =>
  Object.values(ladders).flatMap((rungs) => {
    const own = rungs.findIndex((rung) => rung.includes(role));
    return own < 0 ? [] : [rungs.slice(own)];
  });
