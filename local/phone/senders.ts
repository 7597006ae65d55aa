/** A number of ours from which customers are texted. A one-way number cannot be answered: the carrier carries nothing back. */
export interface Sender {
  number: string;
  twoWay: boolean;
}

/** The numbers of one machine: China and the United States with replies, and China as most real senders there are: without. */
export const localSenders: Sender[] = [
  { number: '+8613800138000', twoWay: true },
  { number: '+8613900139000', twoWay: false },
  { number: '+14155550100', twoWay: true },
];
