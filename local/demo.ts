import { setTimeout as pause } from 'node:timers/promises';
import { guidedAndVisited } from './demo/guided-and-visited';
import { namesFriday } from './demo/names-friday';
import { createPage } from './demo/page';
import { productAt } from './demo/product';
import { runningProduct } from './demo/running';
import { sentHome } from './demo/sent-home';
import type { Run } from './run-file';
import { readSettings } from './settings';
import { show, Trouble } from './trouble';

const playedWithinMs = 5 * 60_000;

/**
 * `npm run demo`: three repairs from the first call to the product back home, as stories on real parts. Every line is checked against the API and the
 * phones before it is printed; one that is not so ends the demo with exit code 1.
 */
async function demo(): Promise<void> {
  const settings = readSettings();
  if (process.env.TWILIO_AUTH_TOKEN)
    throw new Trouble('The demo invents phone numbers, and TWILIO_AUTH_TOKEN names a real carrier: unset it first.');
  const { run, stop } = await runningProduct(settings);
  try {
    await Promise.race([play(run), interrupted(), tooLong()]);
  } finally {
    await stop();
  }
}

async function play(run: Run): Promise<void> {
  const product = productAt(run);
  const page = createPage();
  page.say(
    'Three repairs, from the first call to the product back home. PostgreSQL, Temporal and the SMS library are real; the phones are a page on this machine, and the time of each case is moved forward. Every line is checked before it is printed.',
  );
  await guidedAndVisited(product, page);
  await sentHome(product, page);
  await namesFriday(product, page);
  page.heading('Where to look', '');
  page.links([
    ['All cases', `${run.api}/v1/cases`],
    ['API, explained', run.docs],
    ['Temporal UI', run.temporalUi],
    ['Phones', run.phone],
  ]);
}

function interrupted(): Promise<never> {
  return new Promise((_, reject) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => reject(new Trouble('The demo was interrupted.')));
  });
}

async function tooLong(): Promise<never> {
  await pause(playedWithinMs, undefined, { ref: false });
  throw new Trouble(`The demo did not come to its end within ${playedWithinMs / 60_000} minutes.`);
}

void demo()
  .catch((error) => {
    show(error);
    process.exitCode = 1;
  })
  .then(() => process.exit());
