import { pickup } from '../../domain/cases/pickup';
import { refuseCollection, refuseParcelArrived, refuseParcelSent } from '../../domain/cases/pickup-refusals';
import type { RepairState } from '../../domain/cases/repair-facts';
import { recordParcelDelivered, recordParcelReturned, recordParcelSent } from '../steering';
import { now } from '../support/clock';
import type { Story } from '../support/story';
import { isHome } from './pickup-steps';

/** What people may tell us about a product that goes home. */
export function hearParcel(story: Story<RepairState>): void {
  const { state } = story;
  const { isAbout, keep, finish } = story.about(pickup);
  const { openPromise, settle } = story.owing;

  story.onRequest(recordParcelSent, refuseParcelSent, (asked) => {
    story.note('parcel-sent', { sentOn: asked.sentOn }, asked);
    state.pickup!.wayHome = 'parcel';
    state.pickup!.parcel = { sentOn: asked.sentOn, entryId: asked.entryId, unreached: 0 };
    keep('parcel-sent');
    settle(openPromise('pickup-call'), 'cancelled', 'it was sent');
    finish('send-parcel', 'sent');
    finish('pickup-call', 'sent-instead');
  });

  story.onRequest(recordParcelDelivered, refuseParcelArrived, (asked) => {
    story.note('parcel-delivered', {}, asked);
    isHome(story, 'delivered');
  });

  story.onRequest(recordParcelReturned, refuseParcelArrived, (asked) => {
    story.note('parcel-returned', {}, asked);
    state.pickup!.parcelsReturned += 1;
    delete state.pickup!.parcel;
    decideAnew();
    settle(openPromise('parcel-check'), 'cancelled', 'the parcel came back');
    settle(openPromise('parcel-call'), 'cancelled', 'the parcel came back');
    finish('parcel-call', 'parcel-returned');
  });

  story.onAnswer('parcel-arrived', (choice, matter) => {
    if (refuseParcelArrived(state) || !isAbout(matter)) return false;
    keep('parcel-check'); // who answers was asked, also where the carrier's word is still out
    learn(choice === 'yes');
    return true;
  });

  story.onLoss('parcel-arrived', () => story.owing.callAtOnce('parcel-call', now()));

  story.onCalled('parcel-call', (outcome) => {
    const { parcel } = state.pickup!;
    if (outcome === 'arrived' || outcome === 'not-arrived') {
      keep('parcel-call');
      learn(outcome === 'arrived');
    } else if (parcel) parcel.unreached += 1;
  });

  /** Another parcel in the eyes of the story: it is asked about once more. */
  story.onCompleted('trace-parcel', () => {
    const { sentOn, entryId } = state.pickup!.parcel!;
    state.pickup!.parcel = { sentOn, entryId, unreached: 0 };
  });

  story.onCompleted('decide-way-home', (result) => {
    if (refuseCollection(state)) return;
    state.pickup!.wayHome = result === 'send-parcel' ? 'parcel' : 'delivery';
  });

  story.onCompleted('deliver-home', (result) => {
    if (result === 'delivered') return isHome(story, 'brought-back');
    decideAnew();
  });

  /** Who waits for it in vain is not asked again before the carrier was. */
  function learn(hasArrived: boolean): void {
    if (hasArrived) isHome(story, 'delivered');
    else state.pickup!.parcel!.missed = true;
  }

  function decideAnew(): void {
    delete state.pickup!.wayHome;
    state.pickup!.personDecides = true;
  }
}
