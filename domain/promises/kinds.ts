/** What we owe a customer. */
export type PromiseKind = 'guidance-check' | 'guidance-call' | 'agree-next-step' | 'reply-answered';

/** What a role must do, so that a promise is kept. */
export type TaskKind =
  | 'complete-details'
  | 'guidance-call'
  | 'agree-next-step'
  | 'decide-unreached'
  | 'read-reply'
  | 'message-unknown'
  | 'customer-chases';

/** Who keeps a promise. */
export type Keeper = 'system' | 'desk' | 'service-manager';

/** Who does a task; the desk's ladder climbs in this order (S-03, E-22). */
export const deskLadder = ['desk', 'service-manager', 'centre-head', 'headquarters'] as const;
export type Role = (typeof deskLadder)[number];

export const isRole = (name: string): name is Role => (deskLadder as readonly string[]).includes(name);

/** How a due time is counted. Most kinds have one way, some have others beside it. */
export type DueRule =
  | PromiseKind
  | TaskKind
  | 'guidance-call-one-way'
  | 'guidance-call-at-once'
  | 'guidance-call-again'
  | 'guidance-call-last'
  | 'call-agreed'
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
}
