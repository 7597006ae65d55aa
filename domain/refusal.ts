/** Every "no" that a rule can say; the API gives each its page. */
export type RefusalCode =
  | 'case-closed'
  | 'case-open'
  | 'reopening-too-late'
  | 'happened-at-out-of-range'
  | 'details-missing'
  | 'way-chosen'
  | 'already-guided'
  | 'ended-at-out-of-range'
  | 'unknown-task'
  | 'not-a-call-task'
  | 'completes-with'
  | 'unknown-result'
  | 'satisfied-by-whom'
  | 'claimed-by-other'
  | 'not-your-role'
  | 'too-early-to-count'
  | 'call-at-out-of-range'
  | 'until-out-of-range'
  | 'promised-earlier'
  | 'nothing-asked'
  | 'unknown-entry'
  | 'cannot-correct'
  | 'product-received'
  | 'product-not-received'
  | 'not-tested'
  | 'nothing-to-collect'
  | 'wrong-pickup-code'
  | 'day-out-of-range'
  | 'parcel-too-early'
  | 'parcel-on-its-way'
  | 'no-parcel';

/** A rule's "no": what the caller is told, and which rule says so. It is an answer, never an exception. */
export interface Refusal {
  code: RefusalCode;
  message: string;
  rule?: string;
}
