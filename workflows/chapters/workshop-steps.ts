import { newPickup, pickup } from '../../domain/cases/pickup';
import type { RepairState } from '../../domain/cases/repair-facts';
import { workshop } from '../../domain/cases/workshop';
import { now } from '../support/clock';
import type { Story } from '../support/story';

/** The customer knows the new date: what he was promised moves there (S-26), and what he was offered for it is carried out (E-11). */
export function newDateTold(story: Story<RepairState>, at: string): void {
  const { keep, promise, move } = story.about(workshop);
  const current = story.state.workshop;
  const said = current?.forecast;
  if (!said?.untold) return;
  delete said.untold;
  current!.unreached = 0;
  keep('repair-late-told', at);
  keep('repair-news', at);
  const counted = { from: said.readyAt, rule: 'repair-due' as const };
  if (story.owing.openPromise('repair-due')) move('repair-due', counted);
  else promise('repair-due', counted);
}

/** The offer of the policy stood in the text: once, however often the date moves. */
export function offerMade(story: Story<RepairState>): void {
  const { delayOffer } = story.terms.workshop;
  const current = story.state.workshop;
  if (!current || current.offered || delayOffer === 'none') return;
  current.offered = true;
  story.note('offer-made', { offer: delayOffer });
  // It stays owed when the product has left the workshop.
  story.owing.assign('offer', 'honour-offer', 'clerk', { from: now() });
}

/** It has left the workshop, and waits for its customer, who hears so at once (E-12). */
export function readyToGo(
  story: Story<RepairState>,
  { readyState, category }: { readyState: 'repaired' | 'unrepaired'; category: string },
): void {
  story.state.pickup = newPickup(now(), readyState, category);
  story.about(pickup).promise('pickup-notice', { from: now(), rule: 'pickup-notice-at-once' });
}
