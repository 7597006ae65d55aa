import { newRepair, type RepairState } from '../../../domain/cases/repair-facts';
import { isSettled, type Visit } from '../../../domain/cases/visit';
import {
  busyTimes,
  departureOf,
  isLateFrom,
  needsPhoning,
  needsTelling,
  nextMoment,
} from '../../../domain/cases/visit-moments';
import { refuseBooking, refuseDelay, refuseFinish } from '../../../domain/cases/visit-refusals';
import { usualPolicy } from '../../../domain/policies/usual';
import { freeSlots } from '../../../domain/visits/free-slots';

const terms = usualPolicy.visit;
const minute = 60_000;
const day = '2026-11-25T';
const now = Date.parse(day + '02:00:00.000Z');
const at = (minutes: number) => new Date(Date.parse(day + '06:00:00.000Z') + minutes * minute).toISOString();

/** Arrival told for 06:00 to 08:00 UTC; the way takes half an hour. */
const visit = (more: Partial<Visit> = {}): Visit => ({
  ...{ number: 1, moves: 0, from: at(0), by: at(120), engineerId: 'engineer-1', travelMinutes: 30, work: 'repair' },
  ...{ bookedAt: at(-1000), entryId: 'e-1', passed: [], lateTexts: [], ...more },
});

const aRepair = (more: Partial<RepairState> = {}): RepairState => ({
  ...newRepair({ caseNumber: 'AC-1', opening: 1, missing: [], priority: 'normal', openedAt: day + '00:00:00.000Z' }),
  ...more,
});

test('he leaves with ten minutes in hand, and is busy from then until the work is done (H-07, H-22, H-23)', () => {
  expect(departureOf(visit(), terms)).toBe(at(-40));
  expect(busyTimes(visit(), terms)).toEqual({ from: at(-40), to: at(180) });
});

test('the clock of a visit', () => {
  const passed: Visit['passed'] = [];
  const moments = [];
  for (let ahead = nextMoment(visit(), terms); ahead; ahead = nextMoment(visit({ passed }), terms)) {
    moments.push([ahead.moment, ahead.at]);
    passed.push(ahead.moment);
  }
  expect(moments).toEqual([
    ['not-departed', at(-35)],
    ['ask-engineer', at(110)],
    ['late-notice', at(118)],
    ['late', at(135)],
    ['look', at(165)],
    ['missed', at(180)],
  ]);
});

test.each<[string, Partial<Visit>, string | undefined]>([
  ['who has left is asked ten minutes before the end', { departedAt: at(-40) }, 'ask-engineer'],
  ['of whom it is known when he comes nobody asks', { delay: { eta: at(130) } }, 'late'],
  ['who is there is not waited for', { arrivedAt: at(1) }, undefined],
  ['nor who was given up', { missedAt: at(180) }, undefined],
])('%s', (_, more, moment) => expect(nextMoment(visit(more), terms)?.moment).toBe(moment));

test('late is late from the fifteenth minute on, to the second (H-35)', () => {
  const arrives = (seconds: number) => new Date(Date.parse(at(120)) + seconds * 1000).toISOString();
  expect(isLateFrom(visit(), arrives(14 * 60 + 59), terms)).toBe(false);
  expect(isLateFrom(visit(), arrives(15 * 60), terms)).toBe(true);
});

test.each<[boolean, string, Partial<Visit>]>([
  [true, 'at once', {}],
  [true, 'where he heard only that it gets late', { lateTexts: ['unknown'] }],
  [false, 'not again of a slip of 14 min', { lateTexts: [at(136)] }],
  [true, 'again of a slip of 15 min', { lateTexts: [at(135)] }],
  [false, 'not a third time', { lateTexts: [at(100), at(120)] }],
  [false, 'not when the engineer is there', { arrivedAt: at(140) }],
])('a delay is told %s: %s (H-33)', (tells, _, more) => {
  expect(needsTelling(visit({ delay: { eta: at(150) }, ...more }), terms)).toBe(tells);
});

test('after two texts a further slip is told by phone', () => {
  const slipped = visit({ delay: { eta: at(150) }, lateTexts: [at(100), at(120)] });
  expect(needsPhoning(slipped, terms)).toBe(true);
  expect(needsPhoning({ ...slipped, delay: { eta: at(134) } }, terms)).toBe(false);
});

test.each([
  [true, { outcome: 'repaired', trialRun: true, certain: true, causeStated: true }],
  [false, { outcome: 'repaired', trialRun: false, certain: true, causeStated: true }],
  [false, { outcome: 'repaired', trialRun: true, certain: false, causeStated: true }],
  [false, { outcome: 'repaired', trialRun: true, certain: true, causeStated: false }],
  [false, { outcome: 'no-fault-found', trialRun: true, certain: true, causeStated: true }],
] as const)('settled without a check: %s (H-63, H-75, A-12)', (settled, said) => expect(isSettled(said)).toBe(settled));

const asked = (from: number, by: number, more = {}) => ({
  ...{
    entryId: 'e-2',
    by: 'desk-1',
    slot: { from: at(from), by: at(by) },
    engineerId: 'engineer-1',
    travelMinutes: 30,
  },
  ...{ others: ['engineer-2'], work: 'repair' as const, ...more },
});

test.each<[string | undefined, string, ReturnType<typeof asked>, Partial<RepairState>?]>([
  [undefined, 'a slot that can be', asked(0, 120)],
  ['slot-in-past', 'one that begins now', asked(-240, 0)],
  ['slot-out-of-range', 'one that ends before it begins', asked(60, 0)],
  ['slot-out-of-range', 'one of more than 8 hours', asked(0, 481)],
  ['slot-out-of-range', 'one in three months', asked(90 * 1440, 90 * 1440)],
  ['engineer-cannot-arrive', 'one nearer than the way', asked(-239, -211)],
  ['details-missing', 'a place that nobody knows', asked(0, 120), { missing: ['address'] }],
  ['visit-booked', 'a second visit', asked(0, 120), { visit: visit() }],
  ['work-not-possible', 'to bring back what nobody has', asked(0, 120, { work: 'bring-back' })],
  ['same-engineer', 'the same engineer again', asked(0, 120), { round: 2, engineersBefore: ['engineer-1'] }],
  [undefined, 'where nobody else is', asked(0, 120, { others: [] }), { round: 2, engineersBefore: ['engineer-1'] }],
  ['case-closed', 'a closed case', asked(0, 120), { ending: 'satisfied' }],
])('book-visit: %s, for %s', (code, _, request, state = {}) => {
  expect(refuseBooking(aRepair(state), request, now)?.code).toBe(code);
});

test('a delay ends after the slot, and within a day; what nobody came for is not finished', () => {
  const eta = (minutes: number) => ({ entryId: 'e-3', by: 'engineer-1', eta: at(minutes) });
  const state = aRepair({ visit: visit() });
  expect(refuseDelay(state, eta(120), now)?.code).toBe('eta-out-of-range');
  expect(refuseDelay(state, eta(121), now)).toBeUndefined();
  expect(refuseDelay(aRepair(), eta(121), now)?.code).toBe('no-visit');
  expect(refuseFinish(state)?.code).toBe('not-arrived');
  expect(refuseFinish(aRepair({ visit: visit({ arrivedAt: at(0) }) }))).toBeUndefined();
});

test('free slots lie in the hours of the store, on the half hour, beside each other, and leave the way and the work (H-07)', () => {
  const wanted = { from: at(-14), until: at(600), minutes: 60, travelMinutes: 30, atMost: 3 };
  const open = [{ from: at(0), to: at(480) }];
  const found = (busy: { from: string; to: string }[], more = {}) =>
    freeSlots({ ...wanted, ...more }, open, busy, terms).map(({ from, by }) => [from, by]);
  expect(found([])).toEqual([
    [at(0), at(60)],
    [at(60), at(120)],
    [at(120), at(180)],
  ]);
  // One who is busy from 60 to 180 is free until 60, work included; and arrives 40 minutes after 180 at the earliest.
  expect(found([{ from: at(60), to: at(180) }])).toEqual([
    [at(240), at(300)],
    [at(300), at(360)],
    [at(360), at(420)],
  ]);
  expect(found([{ from: at(120), to: at(180) }], { atMost: 1 })).toEqual([[at(0), at(60)]]);
  expect(found([], { minutes: 0, atMost: 2 })).toEqual([
    [at(0), at(0)],
    [at(30), at(30)],
  ]);
  expect(found([], { minutes: 481 })).toEqual([]);
});
