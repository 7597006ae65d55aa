import { randomInt } from 'node:crypto';

/** Crockford's base 32: no I, L, O, U, so it can be read out on the phone. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

const four = (): string => Array.from({ length: 4 }, () => alphabet[randomInt(alphabet.length)]).join('');

/** `AC-7K3M-9XQ2`, not to be guessed. */
export const newCaseNumber = (): string => `AC-${four()}-${four()}`;

/** With it the customer shows on the phone that the case is his. */
export const newShortCode = (): string => String(randomInt(10_000)).padStart(4, '0');
