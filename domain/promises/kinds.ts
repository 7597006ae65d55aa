/** What we owe a customer. */
export type PromiseKind =
  | 'guidance-check'
  | 'guidance-call'
  | 'revisit-check'
  | 'revisit-call'
  | 'new-visit'
  | 'satisfaction'
  | 'satisfaction-reminder'
  | 'satisfaction-call'
  | 'repair-due'
  | 'repair-late-told'
  | 'repair-news'
  | 'unsuited-date-call'
  | 'remedy-proposed'
  | 'pickup-notice'
  | 'pickup-call'
  | 'headquarters-informed'
  | 'parcel-sent'
  | 'parcel-check'
  | 'parcel-call'
  | 'visit'
  | 'visit-day-before'
  | 'arrival-news'
  | 'new-slot'
  | 'manager-contact'
  | 'agree-next-step'
  | 'reply-answered';

/** What a role must do, so that a promise is kept. */
export type TaskKind =
  | 'complete-details'
  | 'guidance-call'
  | 'revisit-call'
  | 'satisfaction-call'
  | WorkshopTask
  | 'pickup-call'
  | 'day-named-again'
  | 'not-collected'
  | 'decide-way-home'
  | 'send-parcel'
  | 'deliver-home'
  | 'parcel-call'
  | 'trace-parcel'
  | 'agree-next-step'
  | 'another-round'
  | 'decide-unreached'
  | 'read-reply'
  | 'message-unknown'
  | 'customer-chases'
  | VisitTask;

/** Around a visit: who sees to it that somebody comes, and who speaks with the customer if nobody does. */
export type VisitTask =
  | 'depart'
  | 'not-departed'
  | 'ask-engineer'
  | 'late-call'
  | 'visit-late'
  | 'find-engineer'
  | 'visit-missed'
  | 'agree-other-time'
  | 'apologise'
  | 'tell-by-phone'
  | 'report-result';

/** Around a repair in the workshop: who says when it is ready, and who speaks with a customer who waits for it. */
export type WorkshopTask =
  | 'say-when-ready'
  | 'repair-overdue'
  | 'repair-without-date'
  | 'delay-call'
  | 'unsuited-date-call'
  | 'honour-offer'
  | 'propose-remedy';

/** Who keeps a promise. */
export type Keeper = 'system' | 'desk' | 'service-manager' | 'engineer' | 'workshop' | 'store' | 'headquarters';

/** Who does a task. Never just "manager": say which. Who takes over from whom says the policy (`ladders`). */
export const roles = [
  'clerk',
  'store-manager',
  'supervisor',
  'operations-manager',
  'marketing-director',
  'dispatcher',
  'desk',
  'service-manager',
  'centre-head',
  'headquarters',
  'engineer',
  'senior-engineer',
  'workshop',
] as const;
export type Role = (typeof roles)[number];

export const isRole = (name: string): name is Role => (roles as readonly string[]).includes(name);

/** How a due time is counted, from an instant or, after a named day, from that date. Most kinds have one way, some have others beside it. */
export type DueRule =
  | PromiseKind
  | TaskKind
  | 'revisit-check-untested'
  | 'call-one-way'
  | 'call-at-once'
  | 'call-again'
  | 'call-last'
  | 'call-agreed'
  | 'call-next-day'
  | 'repair-due-store'
  | 'repair-due-service-centre'
  | 'repair-due-factory'
  | 'workshop-asked'
  | 'complaint-contact'
  | 'complaint-answer'
  | 'estimate-expires'
  | 'stock-answer'
  | 'stock-held'
  | 'pickup-notice-at-once'
  | 'after-named-day'
  | 'pickup-call-next-day'
  | 'call-after-named-day'
  | 'day-after-named-day'
  | 'parcel-after-named-day'
  | 'change-by'
  | 'next-step-carried-out'
  | 'snoozed';

/** How the story of a promise can end; written once. */
export type Outcome = 'kept' | 'kept-late' | 'moved' | 'cancelled' | 'escalated';

/** When something is due, and the pieces that make it so. ISO instants in case time. */
export interface Due {
  /** Not to be done, and not shown as due, before. */
  notBefore: string;
  dueAt: string;
  because: string[];
  /** It rests on days whose holidays nobody has published yet. */
  provisional?: true;
}
