import type { Page } from './page';
import type { OpenCase, Product } from './product';

/** It is over: what is told as its end, what was promised on the way, and where it can be looked at. */
export async function theEnd({ phonePage }: Product, repair: OpenCase, page: Page, sentence: string): Promise<void> {
  const closed = await repair.until(({ ending }) => ending !== null);
  const isSatisfied = closed.status === 'closed' && closed.ending === 'satisfied';
  const nothingLeft = closed.promises.length === 0 && (await repair.tasks()).length === 0;
  page.tell(closed.now, sentence, isSatisfied && nothingLeft);
  page.promises(await repair.promises());
  page.links([
    ['Case in the API', repair.url],
    ['In Temporal', closed.links.temporalUi],
    ['Phone', `${phonePage}  (${repair.number})`],
  ]);
}
