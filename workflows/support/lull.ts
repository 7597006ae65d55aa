import { condition } from '@temporalio/workflow';

const quietRounds = 2;

/**
 * Waits until all that came in the same moment has had its effect: for two rounds of the story nobody asked the ledger to write.
 * Every chapter that news sets going ends there.
 *
 * Needed after a local activity, because news that came while it ran is lived before its answer, but replayed together with it.
 */
export async function lull(timesAsked: () => number): Promise<void> {
  for (let quiet = 0; quiet < quietRounds;) {
    const before = timesAsked();
    await aRound();
    quiet = timesAsked() === before ? quiet + 1 : 0;
  }
}

/** Whoever waits for something that is so by now goes on within it. */
function aRound(): Promise<void> {
  let seen = -1;
  return condition(() => (seen += 1) > 0);
}
