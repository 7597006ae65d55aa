/** What the carrier's word for a text's state means for an attempt. */
const states: Record<string, 'accepted' | 'sent' | 'delivered' | 'undelivered' | 'failed'> = {
  accepted: 'accepted',
  scheduled: 'accepted',
  queued: 'accepted',
  sending: 'accepted',
  sent: 'sent',
  delivered: 'delivered',
  read: 'delivered',
  undelivered: 'undelivered',
  failed: 'failed',
  canceled: 'failed',
};

/** Undefined for a word that says nothing about a text of ours. */
export function stateOfReceipt(status: string) {
  return Object.hasOwn(states, status) ? states[status] : undefined;
}
