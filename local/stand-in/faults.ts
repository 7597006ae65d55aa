import { z } from 'zod';

/** What can go wrong, by name. A share (0 to 1) says how often, drawn anew each time. */
export type KnownFaults = Readonly<{ [name: string]: { unit: keyof typeof units; says: string } }>;

const units = {
  share: z.number().min(0).max(1),
  seconds: z.number().min(0).max(86_400),
  code: z.number().int().min(10_000).max(99_999),
};

/** One set of faults: for everybody, or for the one in `to`. `seed` makes its draws repeatable. */
export type FaultSet<Fault extends string> = { to?: string | undefined; seed: number } & {
  [name in Fault]?: number | undefined;
};

/** How such a set is written; a fault nobody knows is refused by its name. */
export function faultSetOf<Known extends KnownFaults>(known: Known, to: z.ZodType<string>) {
  return z.strictObject({
    to: to.optional(),
    seed: z.number().int().default(1),
    ...Object.fromEntries(Object.entries(known).map(([name, { unit }]) => [name, units[unit].optional()])),
  }) as unknown as z.ZodType<FaultSet<keyof Known & string>>;
}

export interface Faults<Fault extends string> {
  /** Replaces the set of the same `to`; an empty one ends it. */
  put(set: FaultSet<Fault>): void;
  sets(): FaultSet<Fault>[];
  /** Ends one's own set, or all. */
  clear(to?: string): void;
  /** Draws whether a fault befalls this one now. */
  strikes(fault: Fault, to: string): boolean;
  /** The seconds or the code set for this one; 0 if none. */
  amount(fault: Fault, to: string): number;
}

/** The faults in force. One's own set goes before the common one, fault by fault. */
export function createFaults<Fault extends string>(changed: () => void): Faults<Fault> {
  const inForce = new Map<string | undefined, { set: FaultSet<Fault>; draw: () => number }>();
  const holding = (fault: Fault, to: string) =>
    [inForce.get(to), inForce.get(undefined)].find((one) => one?.set[fault] !== undefined);

  return {
    put(set) {
      const { to, seed, ...named } = set;
      if (Object.keys(named).length === 0) inForce.delete(to);
      else inForce.set(to, { set, draw: randomFrom(seed) });
      changed();
    },
    sets: () => [...inForce.values()].map(({ set }) => set),
    clear(to) {
      if (to === undefined) inForce.clear();
      else inForce.delete(to);
      changed();
    },
    strikes(fault, to) {
      const one = holding(fault, to);
      return one !== undefined && one.draw() < (one.set[fault] ?? 0);
    },
    amount: (fault, to) => holding(fault, to)?.set[fault] ?? 0,
  };
}

/** The well-known mulberry32: numbers in [0, 1), the same ones for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
