/**
 * What a step can record: the types under which steps stand in the Temporal UI, and the rows of the timeline.
 * A type is part of every recorded history: names are added, never changed.
 */
export const stepNames = [
  'opened',
  'reopened',
  'details-added',
  'contact-changed',
  'way-chosen',
  'guided-by-phone',
  'told',
  'text-deferred',
  'carrier-away',
  'text-unknown',
  'not-told',
  'taken-up-again',
  'customer-replied',
  'reply-to-read',
  'opted-out',
  'opted-in',
  'called',
  'customer-contacted-us',
  'customer-chases',
  'entry-corrected',
  'another-round',
  'not-reached',
  'message-settled',
  'task-assigned',
  'task-claimed',
  'task-snoozed',
  'task-handed-over',
  'task-completed',
  'task-reminded',
  'task-climbed',
  'run-changed',
  'settled',
  'cancelled',
  'closed',
] as const;

export type StepName = (typeof stepNames)[number];
