import { repair, statusOf } from '../../../domain/cases/repair';
import { newRepair, type RepairState } from '../../../domain/cases/repair-facts';
import { refuseCall, refuseContact } from '../../../domain/cases/check-refusals';
import { refuseCorrection } from '../../../domain/cases/correction-refusals';
import { refuseAnything } from '../../../domain/cases/refuse-anything';
import { refuseGuidance, refuseWay } from '../../../domain/cases/repair-refusals';
import { refuseClaim, refuseCompletion, refuseSnooze } from '../../../domain/cases/tasks';

const opened = '2026-11-24T02:00:00.000Z';
const now = Date.parse('2026-11-24T04:00:00.000Z');
const at = (ms: number) => new Date(now + ms).toISOString();
const minute = 60_000;
const entered = { entryId: 'e-9', by: 'desk-1' };

function aRepair(facts: Partial<RepairState> = {}): RepairState {
  const input = { caseNumber: 'AC-0000-0001', opening: 1, missing: [], priority: 'normal' as const, openedAt: opened };
  return { ...newRepair(input), ...facts };
}
const guided = (more: object = {}): RepairState =>
  aRepair({ way: 'phone-guidance', guidance: { round: 1, entryId: 'e-1', endedAt: opened, calls: [], ...more } });
const callTask = { id: 'guidance-call/1', kind: 'guidance-call', role: 'desk', matter: 'm', notBefore: at(0) } as const;

test.each<[string, RepairState, string, string]>([
  ['fresh', aRepair(), 'choosing', 'desk'],
  ['address unknown', aRepair({ missing: ['address'] }), 'needs-details', 'details'],
  ['guided', guided(), 'guided', 'clock'],
  ['guided though the address is unknown', { ...guided(), missing: ['address'] }, 'guided', 'clock'],
  ['asked', guided({ askedAt: opened }), 'guided', 'customer'],
  ['said no', guided({ askedAt: opened, answer: 'no' }), 'choosing', 'desk'],
  ['nobody reached', guided({ askedAt: opened, unreached: true }), 'guided', 'service-manager'],
  ['the carrier is away', { ...guided(), carrierAway: true }, 'guided', 'carrier'],
  ['another way', guided({ outcome: 'another-way' }), 'choosing', 'desk'],
  ['decided, a reply unread', { ...guided({ outcome: 'works' }), over: 'satisfied' }, 'confirming', 'desk'],
  ['ended', { ...guided({ outcome: 'works' }), over: 'satisfied', ending: 'satisfied' }, 'closed', 'nobody'],
])('a case that is %s is read off its facts', (_, state, status, waitingFor) => {
  expect([statusOf(state), repair.waitingFor(state)]).toEqual([status, waitingFor]);
});

test.each([
  ['a second before the opening', -7_200_000 - 1000, 'happened-at-out-of-range'],
  ['at the opening', -7_200_000, undefined],
  ['two minutes ahead', 2 * minute, undefined],
  ['more than two minutes ahead', 2 * minute + 1, 'happened-at-out-of-range'],
])('what happened %s', (_, ms, code) => {
  expect(refuseAnything(aRepair(), { ...entered, happenedAt: at(ms) }, now)?.code).toBe(code);
});

test.each([
  ['more than a day before the opening', -26 * 60 * minute - 1, 'ended-at-out-of-range'],
  ['a day before the opening', -26 * 60 * minute, undefined],
  ['just now', 0, undefined],
  ['more than two minutes ahead', 2 * minute + 1, 'ended-at-out-of-range'],
])('a guidance that ended %s', (_, ms, code) => {
  expect(refuseGuidance(aRepair(), { ...entered, endedAt: at(ms) }, now)?.code).toBe(code);
});

test('guidance is recorded once, and again after a no', () => {
  expect(refuseGuidance(guided())?.code).toBe('already-guided');
  expect(refuseGuidance(guided({ answer: 'no' }))).toBeUndefined();
  expect(refuseGuidance(guided({ outcome: 'another-way' }))).toBeUndefined();
});

test.each([
  ['visit', ['address'], 'details-missing'],
  ['workshop', ['boughtOn'], 'details-missing'],
  ['remote', ['address'], undefined],
  ['phone-guidance', ['address'], undefined],
  ['visit', [], undefined],
] as const)('%s with %j missing', (way, missing, code) => {
  expect(refuseWay(aRepair({ missing: [...missing] }), { ...entered, way }, now)?.code).toBe(code);
});

test('who is guided is not guided again by choosing it', () => {
  expect(refuseWay(guided(), { ...entered, way: 'phone-guidance' }, now)?.code).toBe('way-chosen');
});

const call = (outcome: 'works' | 'no-answer' | 'call-later', callAt?: string) => ({
  ...entered,
  taskId: callTask.id,
  outcome,
  ...(callAt && { callAt }),
});

test.each([
  ['a try when its task has opened', 0, call('no-answer'), undefined],
  ['a try a second too early', -1000, call('no-answer'), 'too-early-to-count'],
  ['a customer reached too early', -1000, call('works'), undefined],
  ['call later, now', 0, call('call-later', at(0)), 'call-at-out-of-range'],
  ['call later, in a second', 0, call('call-later', at(1000)), undefined],
  ['call later, in 7 days', 0, call('call-later', at(7 * 24 * 60 * minute)), undefined],
  ['call later, after 7 days', 0, call('call-later', at(7 * 24 * 60 * minute + 1)), 'call-at-out-of-range'],
  ['call later, no time said', 0, call('call-later'), 'call-at-out-of-range'],
])('%s', (_, ms, asked, code) => {
  expect(refuseCall({ ...guided(), tasks: [callTask] }, asked, now + ms)?.code).toBe(code);
});

test('a try does not count before it is known from when it does (H-75)', () => {
  const { notBefore: _, ...fresh } = callTask;
  const state = { ...guided(), tasks: [fresh] };
  expect(refuseCall(state, call('no-answer'), now)?.code).toBe('too-early-to-count');
  expect(refuseCall(state, call('works'), now)).toBeUndefined();
});

test('a call belongs to an open call task', () => {
  const other = { ...callTask, id: 'agree-next-step/1', kind: 'agree-next-step' as const };
  const state = { ...guided(), tasks: [other] };
  expect(refuseCall(state, call('works'), now)?.code).toBe('unknown-task');
  expect(refuseCall(state, { ...call('works'), taskId: other.id }, now)?.code).toBe('not-a-call-task');
});

test('a call is corrected in its outcome, a guidance in its end, neither in both', () => {
  const state = guided({ calls: [{ entryId: 'e-2', outcome: 'no-answer' }] });
  const both = { ...entered, outcome: 'works' as const, endedAt: opened };
  expect(refuseCorrection(state, { ...both, corrects: 'e-2' }, now)?.code).toBe('cannot-correct');
  expect(refuseCorrection(state, { ...both, corrects: 'e-1' }, now)?.code).toBe('cannot-correct');
});

test('who was not reached may be guided again, and who is about to close may go on', () => {
  expect(refuseGuidance(guided({ unreached: true }))).toBeUndefined();
  const deciding = { ...guided({ outcome: 'works' }), over: 'satisfied' as const };
  expect(refuseContact(deciding, { ...entered, about: 'does-not-work' }, now)).toBeUndefined();
});

test('works and does not work answer a question; without one there is nothing to answer', () => {
  expect(refuseContact(aRepair(), { ...entered, about: 'works' }, now)?.code).toBe('nothing-asked');
  expect(refuseContact(guided(), { ...entered, about: 'works' }, now)).toBeUndefined();
  expect(refuseContact(aRepair(), { ...entered, about: 'chases' }, now)).toBeUndefined();
});

test.each([
  ['no-answer', 'works', undefined],
  ['no-answer', 'does-not-work', undefined],
  ['does-not-work', 'works', undefined],
  ['does-not-work', 'no-answer', 'cannot-correct'],
  ['no-answer', 'no-answer', 'cannot-correct'],
] as const)('a call noted as %s is corrected to %s', (noted, outcome, code) => {
  const state = guided({ calls: [{ entryId: 'e-2', outcome: noted }] });
  expect(refuseCorrection(state, { ...entered, corrects: 'e-2', outcome }, now)?.code).toBe(code);
});

test('a closed case refuses everything but to be opened again', () => {
  const state = { ...guided(), ending: 'satisfied' };
  for (const refuse of [refuseAnything, refuseWay, refuseGuidance, refuseCall, refuseContact, refuseCorrection])
    expect(refuse(state)?.code).toBe('case-closed');
  expect(repair.actionsNow(state)).toEqual(['reopen-case']);
});

test('what may be done now is what is not refused', () => {
  expect(repair.actionsNow(aRepair())).toEqual([
    'add-details',
    'change-contact',
    'choose-service-way',
    'record-guidance',
    'record-contact',
    'book-visit',
    'receive-product',
    'cancel-case',
  ]);
  expect(repair.actionsNow({ ...guided(), tasks: [callTask] })).toContain('record-call');
  expect(repair.actionsNow(guided())).not.toContain('record-guidance');
});

test('a task is claimed by one person, until the lease is over', () => {
  const state = { ...guided(), tasks: [{ ...callTask, holder: 'desk-2' }] };
  const claim = { taskId: callTask.id, by: 'desk-1' };
  expect(refuseClaim(state, claim)?.code).toBe('claimed-by-other');
  expect(refuseClaim(state, { ...claim, by: 'desk-2' })).toBeUndefined();
  expect(refuseClaim(state, { ...claim, leaseOverOf: 'desk-3' })?.code).toBe('claimed-by-other');
  expect(refuseClaim(state, { ...claim, leaseOverOf: 'desk-2' })).toBeUndefined();
});

test.each([
  ['now', 0, 'until-out-of-range'],
  ['to just before what was promised', 30 * minute, undefined],
  ['beyond what was promised', 30 * minute + 1, 'promised-earlier'],
  ['beyond 3 days', 3 * 24 * 60 * minute + 1, 'until-out-of-range'],
])('a call task is put off %s', (_, ms, code) => {
  const promise = { id: 'guidance-call/1', kind: 'guidance-call', matter: 'm', dueAt: at(30 * minute) } as const;
  const state = { ...guided(), tasks: [callTask], promises: [promise] };
  expect(refuseSnooze(state, { taskId: callTask.id, until: at(ms) }, now)?.code).toBe(code);
});

test('a task ends with what it says', () => {
  const decide = { ...callTask, id: 'decide-unreached/1', kind: 'decide-unreached' as const };
  const state = { ...guided(), tasks: [callTask, decide] };
  expect(refuseCompletion(state, { taskId: callTask.id, result: 'works' })?.code).toBe('completes-with');
  expect(refuseCompletion(state, { taskId: decide.id, result: 'maybe' })?.code).toBe('unknown-result');
  expect(refuseCompletion(state, { taskId: decide.id, result: 'offer-visit' })).toBeUndefined();
});
