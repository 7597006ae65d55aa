import type { Slot } from '../cases/visit';
import { busyTimes } from '../cases/visit-moments';
import type { VisitTerms } from '../policies/terms';

export interface SlotsWanted {
  /** Slots that begin at or after it, and end by `until`. */
  from: string;
  until: string;
  /** From the earliest arrival to the latest; 0 is one time. */
  minutes: number;
  travelMinutes: number;
  atMost: number;
}

interface Span {
  from: string;
  to: string;
}

const stepMs = 30 * 60_000;

/**
 * When an engineer can be at a customer's: while somebody goes out from the store, and with the way there and the work free of other
 * jobs (H-07). Slots begin on the half hour and do not overlap, so that each can be offered beside the others.
 */
export function freeSlots(wanted: SlotsWanted, open: Span[], busy: Span[], terms: VisitTerms): Slot[] {
  const found: Slot[] = [];
  const until = Date.parse(wanted.until);
  let at = Math.ceil(Date.parse(wanted.from) / stepMs) * stepMs;
  for (; at + wanted.minutes * 60_000 <= until && found.length < wanted.atMost; at += stepMs) {
    const slot = slotAt(at, wanted.minutes);
    if (!isInside(slot, open) || !isFree(slot, wanted.travelMinutes, busy, terms)) continue;
    found.push(slot);
    at = Math.max(at, Math.ceil(Date.parse(slot.by) / stepMs) * stepMs - stepMs);
  }
  return found;
}

/** Both ends on one day on which people go out, from the first opening to the last closing: at noon the shop rests, engineers do not. */
export const isInside = ({ from, by }: Slot, open: Span[]): boolean =>
  open.some((day) => day.from <= from && by <= day.to);

function isFree(slot: Slot, travelMinutes: number, busy: Span[], terms: VisitTerms): boolean {
  const needed = busyTimes({ ...slot, travelMinutes }, terms);
  return busy.every((other) => other.to <= needed.from || needed.to <= other.from);
}

const slotAt = (at: number, minutes: number): Slot => ({
  from: new Date(at).toISOString(),
  by: new Date(at + minutes * 60_000).toISOString(),
});
