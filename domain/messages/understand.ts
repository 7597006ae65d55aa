import { readings, type Reading } from './reply-words';

/** A text as it came from the carrier; `at`, an ISO instant, if the carrier said when. */
export interface Inbound {
  sid: string;
  from: string;
  to: string;
  body: string;
  /** How many pictures or files came with it. */
  media?: number;
  at?: string;
}

/** The carrier's own limit for one text, in UTF-16 units: nothing beyond it is read or kept. */
const charactersAtMost = 1600;

/**
 * Reads a text exactly: a digit (`1`, `１`, `一`), a keyword or plain words, whatever the case and the punctuation around them,
 * and only if they are the whole text. "能用吗" or "yes but" says nothing.
 */
export function understand(text: string): Reading {
  const said = saidIn(text);
  if (/^[1-9]\d?$/.test(said)) return { digit: said };
  const numeral = said.length === 1 ? '一二三四五六七八九'.indexOf(said) : -1;
  if (numeral >= 0) return { digit: String(numeral + 1) };
  return readings.get(said) ?? {};
}

/** A text as it is compared with words: in one form of characters, small letters, without the punctuation around it. */
export function saidIn(text: string): string {
  return withoutSurroundings(bounded(text).normalize('NFKC').toLowerCase().replaceAll('’', "'"));
}

/** What is kept of a text: no more than the carrier lets through, and only what a database can hold. */
export function bounded(text: string): string {
  return text.slice(0, charactersAtMost).replace(/[\0\p{Surrogate}]/gu, '\uFFFD');
}

/** A picture without a word is still something that a person reads. */
export const wordsOf = ({ body, media = 0 }: Pick<Inbound, 'body' | 'media'>): string =>
  bounded(body) || (media > 0 ? `[MMS ×${media}]` : '');

/** Keycap marks count as surroundings too: a phone may send `1️⃣`. A question mark does not: "能用?" asks. */
function withoutSurroundings(text: string): string {
  const surroundings = String.raw`(?:(?![?])[\s\p{P}\p{M}\u200b-\u200f])*`;
  return text.replace(new RegExp(`^${surroundings}|${surroundings}$`, 'gu'), '');
}
