import { z } from 'zod';
import { e164 } from './number';

/** What can go wrong at a carrier. A share (0 to 1) says how often, drawn anew for each request, message or callback. */
export const knownFaults = {
  acceptThenDrop: { unit: 'share', says: 'Accepted, the phone gets it, but the connection drops before the answer.' },
  acceptThen500: { unit: 'share', says: 'Accepted, the phone gets it, but the answer is an error 500.' },
  hang: { unit: 'share', says: 'Accepted, the phone gets it, but no answer ever comes.' },
  tooMany: { unit: 'share', says: 'Refused with 429, not processed.' },
  refuseWith: { unit: 'code', says: 'Refused with this carrier error code, not processed (30610: time of day).' },
  down: { unit: 'share', says: 'The connection is reset before anything is processed; lists too.' },
  undelivered: { unit: 'share', says: 'Accepted, but the phone never gets it (30003).' },
  callbacksLost: { unit: 'share', says: 'A status callback is never made.' },
  callbacksDoubled: { unit: 'share', says: 'A status callback is made twice.' },
  callbacksReordered: { unit: 'share', says: 'The callbacks of a message come last one first.' },
  callbacksLateSeconds: { unit: 'seconds', says: 'Status callbacks come this many seconds late.' },
  inboundLost: { unit: 'share', says: 'The webhook of a reply is never called; the reply stands in the list.' },
  inboundDoubled: { unit: 'share', says: 'The webhook of a reply is called twice.' },
  listLagSeconds: { unit: 'seconds', says: 'The message list knows nothing younger than this.' },
  listDown: { unit: 'share', says: 'The message list answers 503.' },
  listCut: { unit: 'share', says: 'The message list answers its first page, then 503.' },
} as const satisfies Readonly<{ [name: string]: { unit: 'share' | 'seconds' | 'code'; says: string } }>;

export type Fault = keyof typeof knownFaults;

const units = {
  share: z.number().min(0).max(1),
  seconds: z.number().min(0).max(86_400),
  code: z.number().int().min(10_000).max(99_999),
};

/** One set of faults: for every number, or for the one in `to`. `seed` makes its draws repeatable. */
export const faultSet = z.strictObject({
  to: e164.optional(),
  seed: z.number().int().default(1),
  ...(Object.fromEntries(Object.entries(knownFaults).map(([name, { unit }]) => [name, units[unit].optional()])) as {
    [name in Fault]: z.ZodOptional<z.ZodNumber>;
  }),
});

export type FaultSet = z.output<typeof faultSet>;

export interface Faults {
  /** Replaces the set of the same `to`; an empty one ends it. */
  put(set: FaultSet): void;
  sets(): FaultSet[];
  /** Ends the set of one number, or all. */
  clear(to?: string): void;
  /** Draws whether a fault befalls this number now. */
  strikes(fault: Fault, number: string): boolean;
  /** The seconds or the code set for this number; 0 if none. */
  amount(fault: Fault, number: string): number;
}

/** The faults in force. A number's own set goes before the common one, fault by fault. */
export function createFaults(changed: () => void): Faults {
  const inForce = new Map<string | undefined, { set: FaultSet; draw: () => number }>();
  const holding = (fault: Fault, number: string) =>
    [inForce.get(number), inForce.get(undefined)].find((one) => one?.set[fault] !== undefined);

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
    strikes(fault, number) {
      const one = holding(fault, number);
      return one !== undefined && one.draw() < (one.set[fault] ?? 0);
    },
    amount: (fault, number) => holding(fault, number)?.set[fault] ?? 0,
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
