/** Something the person at the keyboard can put right: shown as one sentence that says how, never with a stack. */
export class Trouble extends Error {}

/** Prints what went wrong: a trouble as its sentence, a fault of ours with its stack. */
export function show(error: unknown): void {
  if (error instanceof Trouble) console.error(`\n${error.message}`);
  else console.error(error);
}
