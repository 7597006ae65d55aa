/** What the carrier itself reads in a text, and what it answers; the words are its own, in English, whatever the customer speaks. */
export type OptOutType = 'STOP' | 'START' | 'HELP';

const words: Record<OptOutType, string[]> = {
  STOP: ['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT'],
  START: ['START', 'YES', 'UNSTOP'],
  HELP: ['HELP', 'INFO'],
};

export const confirmations: Record<OptOutType, string> = {
  STOP: 'You have successfully been unsubscribed. You will not receive any more messages from this number. Reply START to resubscribe.',
  START:
    'You have successfully been re-subscribed to messages from this number. Reply HELP for help. Reply STOP to unsubscribe. Msg&Data Rates May Apply.',
  HELP: 'Reply STOP to unsubscribe. Msg&Data Rates May Apply.',
};

/** Only a text that is the word and nothing else counts. START and YES mean something only after a STOP; before, "yes" is an answer. */
export function optOutTypeOf(text: string, optedOut: boolean): OptOutType | undefined {
  const word = text.trim().toUpperCase();
  if (words.STOP.includes(word)) return 'STOP';
  if (words.START.includes(word)) return optedOut ? 'START' : undefined;
  return words.HELP.includes(word) ? 'HELP' : undefined;
}
