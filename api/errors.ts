import type { RefusalCode } from '../domain/refusal';

export interface ProblemKind {
  status: number;
  title: string;
  /** What the page behind `type` says to the person who got it. */
  page: string;
}

/** The door's own "no". */
const atTheDoor = {
  'malformed-request': {
    status: 400,
    title: 'The request cannot be read.',
    page: 'A header is missing or wrong, or the body is not JSON. `detail` names what.',
  },
  unauthorized: {
    status: 401,
    title: 'A valid API key is needed.',
    page: 'Send `Authorization: Bearer ack_…`. Unknown, malformed, revoked and expired keys all get this answer.',
  },
  forbidden: {
    status: 403,
    title: 'This API key may not do that.',
    page: 'The key is valid but lacks the scope that the route declares; `detail` names it.',
  },
  'not-found': {
    status: 404,
    title: 'There is nothing here.',
    page: 'The address is wrong, the thing does not exist, or it belongs to a store that this key may not see.',
  },
  'method-not-allowed': {
    status: 405,
    title: 'This address does not know that method.',
    page: 'The `Allow` header lists the methods it knows.',
  },
  'request-in-progress': {
    status: 409,
    title: 'The same request is still being worked on.',
    page: 'Another request with this Idempotency-Key has not been answered yet. Repeat after `Retry-After` seconds.',
  },
  'fast-forward-running': {
    status: 409,
    title: 'This case is being moved forward already.',
    page: 'One fast-forward at a time per case. Wait for the answer to the other one.',
  },
  'stale-version': {
    status: 412,
    title: 'The case has changed since you read it.',
    page: 'The `If-Match` you sent is not the ETag of the case any more. Read it again, decide again.',
  },
  'body-too-large': { status: 413, title: 'The body is too large.', page: 'A body may have 64 KiB.' },
  'unsupported-media-type': {
    status: 415,
    title: 'The body must be JSON.',
    page: 'Send `Content-Type: application/json` in UTF-8.',
  },
  'invalid-request': {
    status: 422,
    title: 'The request is not valid.',
    page: '`errors` names every field that is wrong by JSON pointer, and says why.',
  },
  'idempotency-key-reused': {
    status: 422,
    title: 'This Idempotency-Key belongs to another request.',
    page: 'A key stands for one request with one body, for seven days. Use a new key for a new request.',
  },
  'too-many-requests': {
    status: 429,
    title: 'Too many requests.',
    page: 'The `RateLimit` headers say how many are left; repeat after `Retry-After` seconds.',
  },
  'internal-error': {
    status: 500,
    title: 'Something went wrong here.',
    page: 'Our mistake. Tell us the `traceId`; the same Idempotency-Key can be sent again.',
  },
  'outcome-unknown': {
    status: 503,
    title: 'It is not known whether this was done.',
    page: 'The case did not answer in time. The request may still be carried out: repeat it with the same Idempotency-Key after `Retry-After` seconds.',
  },
  'database-unavailable': {
    status: 503,
    title: 'The database does not answer.',
    page: 'Repeat with the same Idempotency-Key after `Retry-After` seconds.',
  },
  'not-settled': {
    status: 503,
    title: 'The case did not settle.',
    page: 'Its time was moved, but something is still on its way; `detail` names it. Ask again to go on.',
  },
} satisfies { [code: string]: ProblemKind };

export type DoorCode = keyof typeof atTheDoor;

const refusedByARule = (title: string, page: string): ProblemKind => ({ status: 409, title, page });

/** What the rules refuse (domain/). An error from a case whose type is not in here is a bug, not a refusal. */
const refusals: { [code in RefusalCode]: ProblemKind } = {
  'case-closed': refusedByARule('This case is closed.', 'Nothing more can be done on a case that has ended.'),
  'case-open': refusedByARule('This case is open.', 'Only a case that has ended is opened again.'),
  'reopening-too-late': refusedByARule(
    'This case ended too long ago.',
    'A case can be opened again for the days that its terms name; later, a new one is opened.',
  ),
  'happened-at-out-of-range': refusedByARule(
    'That is no time at which it can have happened.',
    '`happenedAt` lies between the opening of the case and its `now`, two minutes more at most.',
  ),
  'details-missing': refusedByARule(
    'The case lacks details that this needs.',
    'A visit or a workshop repair needs the address and the date of purchase. Add them with `add-details` (H-01).',
  ),
  'way-chosen': refusedByARule('This way is taken already.', 'The customer is being guided by phone already (H-17).'),
  'already-guided': refusedByARule(
    'This guidance was recorded already.',
    'One guidance at a time. A wrong end is put right with `correct-entry` (H-05).',
  ),
  'ended-at-out-of-range': refusedByARule(
    'The guidance cannot have ended then.',
    '`endedAt` lies between a day before the opening of the case and its `now`.',
  ),
  'call-at-out-of-range': refusedByARule(
    'No call can be agreed for that time.',
    '`callAt` is needed with `call-later`: a time within the next seven days.',
  ),
  'too-early-to-count': refusedByARule(
    'This try comes too early.',
    'Tries to reach a customer are two hours apart: one made before does not count (H-75).',
  ),
  'nothing-asked': refusedByARule('Nothing is waited for.', 'No call is owed to this customer, and no answer awaited.'),
  'unknown-entry': refusedByARule(
    'That entry cannot be corrected.',
    'Only the guidance and its calls can; `entryId` stands in the timeline.',
  ),
  'cannot-correct': refusedByARule('It cannot be corrected so.', '`detail` says what a correction may say.'),
  'visit-booked': refusedByARule(
    'A visit is booked already.',
    'One visit at a time: `move-visit` gives it another slot, `cancel-visit` takes it back.',
  ),
  'no-visit': refusedByARule('No visit is booked.', 'Book one with `book-visit`.'),
  'work-not-possible': refusedByARule(
    'An engineer cannot do that there.',
    'What is with us is not repaired at home, and only what is ready with us is brought back.',
  ),
  'slot-out-of-range': refusedByARule(
    'That is no slot for a visit.',
    '`by` is `from` or later, by 8 hours at most, within the next 60 days. `freeSlots` lists slots that can be booked.',
  ),
  'slot-in-past': refusedByARule(
    'This slot has begun already.',
    'A visit is booked before it begins (H-07). `freeSlots` lists slots that can be booked.',
  ),
  'slot-lapsed': refusedByARule(
    'The slot was held for too long.',
    'The case answered minutes after the request; the slot was given back. Ask again.',
  ),
  'outside-hours': refusedByARule(
    'Nobody goes out then.',
    'A slot lies between the opening and the closing of the store on one day (H-07). `freeSlots` lists slots that can be booked.',
  ),
  'engineer-busy': refusedByARule(
    'The engineer is with another customer then.',
    'Two slots of one engineer overlap (H-07). `freeSlots` lists slots that can be booked.',
  ),
  'engineer-cannot-arrive': refusedByARule(
    'The engineer cannot be there in time.',
    'With the way and the work, the job before or after does not leave the time (H-07). `freeSlots` lists slots that can be booked.',
  ),
  'same-engineer': refusedByARule(
    'Another engineer comes this time.',
    'A customer who was not satisfied gets somebody else, unless nobody else goes out from this store (H-76).',
  ),
  'departed-already': refusedByARule('The engineer has left already.', 'Report his arrival, or a delay.'),
  'arrived-already': refusedByARule('The engineer is there.', 'A visit that has begun is ended with `finish-visit`.'),
  'not-arrived': refusedByARule('The engineer is not there yet.', 'Report his arrival before what came of it.'),
  'eta-out-of-range': refusedByARule(
    'That is no delay.',
    '`eta` is after the slot that the customer was told, and within the next 24 hours.',
  ),
  'left-at-out-of-range': refusedByARule(
    'The engineer cannot have left then.',
    '`leftAt` lies between his arrival and the `now` of the case.',
  ),
  'unknown-task': refusedByARule('This task is not open.', 'It was done, or withdrawn because its matter is settled.'),
  'claimed-by-other': refusedByARule(
    'Somebody else is at work on this task.',
    'A claim holds for 15 minutes, so that two people never ring one customer.',
  ),
  'not-your-role': refusedByARule(
    'This task is for others.',
    'A task is done by those who have its role, by their deputies, by those above them on the ladder, and by whom it was handed over to (S-03). Hand it over first.',
  ),
  'until-out-of-range': refusedByARule('A task cannot be put off until then.', '`until` lies within the next 30 days.'),
  'promised-earlier': refusedByARule(
    'The customer was promised an earlier time.',
    'A task is not put off beyond what was promised: agree another time with the customer first.',
  ),
  'completes-with': refusedByARule(
    'This task is completed by an action.',
    '`completesWith` of the task names the action of its case that completes it.',
  ),
  'unknown-result': refusedByARule('This task does not end so.', '`results` of the task lists how it may end.'),
  'satisfied-by-whom': refusedByARule(
    'It is not said who is satisfied, and how one knows.',
    'A case ends satisfied by a signature of the customer or a call by somebody other than the engineer: `what` says which (H-79).',
  ),
  'product-received': refusedByARule(
    'The product is with us already.',
    'It is in the workshop or waits to be collected: nothing is received twice (D-02).',
  ),
  'product-not-received': refusedByARule(
    'No product is in the workshop.',
    'What is forecast, repaired or tested was received before with `receive-product` (D-02).',
  ),
  'left-customer-at-out-of-range': refusedByARule(
    'It cannot have left the customer then.',
    '`leftCustomerAt` lies between 7 days before the opening of the case and now; from its day the promise counts (TR-10).',
  ),
  'ready-at-out-of-range': refusedByARule(
    'It cannot be ready then.',
    '`readyAt` lies ahead, within the next 180 days (S-26).',
  ),
  'not-tested': refusedByARule(
    'It was not tested, or did not pass.',
    'Whatever comes of a repair, `testResult` and `testedBy` say how it was tested; what is repaired has passed (H-62, D-03).',
  ),
  'remedy-awaited': refusedByARule(
    'It is known that it cannot be repaired.',
    'The store manager proposes a remedy; if it was repaired after all, say so with `repaired` (S-29).',
  ),
  'nothing-to-collect': refusedByARule(
    'No product waits to be collected.',
    'It is still in the workshop, or it went home already (S-27).',
  ),
  'wrong-pickup-code': refusedByARule(
    'This is not the pick-up code.',
    'It stands on the receipt. After five wrong tries no code is taken for 15 minutes. Who has lost the receipt shows who he is: `identity`, by a store manager.',
  ),
  'day-out-of-range': refusedByARule(
    'That day cannot be named.',
    '`date` lies between today and 30 days ahead (TR-6).',
  ),
  'parcel-too-early': refusedByARule(
    'It is too early for a parcel.',
    'It is sent after headquarters was told that nobody collects it, or when the customer asks for it (S-28).',
  ),
  'parcel-on-its-way': refusedByARule(
    'It is on its way.',
    'What was sent cannot be collected or sent again; record that it arrived or came back.',
  ),
  'no-parcel': refusedByARule('No parcel is on its way.', 'Only what was sent can arrive or come back (S-28).'),
  'not-a-call-task': refusedByARule('This task is no call.', 'Complete it with one of its `results`.'),
};

export const problemKinds: ReadonlyMap<string, ProblemKind> = new Map(Object.entries({ ...atTheDoor, ...refusals }));

export const isRefusalCode = (code: string): code is RefusalCode => Object.hasOwn(refusals, code);
