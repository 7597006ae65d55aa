import type { TemplateId } from './message';

/** What a text says beyond doubt. Of everything else a machine makes nothing: a person reads it. */
export interface Reading {
  /** The choice with this digit. */
  digit?: string;
  /** The choice itself, in words; with `template` if the words answer only that question. */
  choice?: 'yes' | 'no';
  template?: TemplateId;
  /** "YES" is both: from a number that opted out it opts in, from every other it is an answer. */
  keyword?: 'stop' | 'start';
}

/** A text as it came from the carrier; `at`, an ISO instant, if the carrier said when. */
export interface Inbound {
  sid: string;
  from: string;
  to: string;
  body: string;
  at?: string;
}

/** The carrier's own limit for one text, in UTF-16 units: nothing beyond it is read or kept. */
const charactersAtMost = 1600;

const vocabulary: [said: string, Reading][] = [
  ['stop, stopall, unsubscribe, cancel, end, quit, t, td, 退订', { keyword: 'stop' }],
  ['start, unstop', { keyword: 'start' }],
  ['yes', { keyword: 'start', choice: 'yes' }],
  ['y, yep, yeah, 是, 是的', { choice: 'yes' }],
  ['n, no, nope, 不, 不是', { choice: 'no' }],
  [
    '能, 能用, 能用了, 可以用, 可以用了, 可以了, 好用, 好用了, 好了, 已经好了, 修好了, 已解决, 已经解决, 解决了, 正常, 正常了,' +
      'it works, it works now, works, works now, solved, fixed',
    { choice: 'yes', template: 'guidance-check' },
  ],
  [
    '不能, 不能用, 还不能用, 还是不能用, 用不了, 不可以, 不行, 还不行, 还是不行, 没有, 没好, 还没好, 没解决, 未解决, 没有解决, 不正常,' +
      "not working, it does not work, it doesn't work, does not work, doesn't work",
    { choice: 'no', template: 'guidance-check' },
  ],
  ['满意, 很满意, 非常满意, satisfied', { choice: 'yes', template: 'satisfaction' }],
  ['不满意, 很不满意, 非常不满意, not satisfied', { choice: 'no', template: 'satisfaction' }],
];

const readings = new Map(
  vocabulary.flatMap(([said, reading]) => said.split(',').map((words) => [words.trim(), reading] as const)),
);

/**
 * Reads a text exactly: a digit (`1`, `１`, `一`), a keyword or plain words, whatever the case and the punctuation around them,
 * and only if they are the whole text. "能用吗" or "yes but" says nothing.
 */
export function understand(text: string): Reading {
  const said = withoutSurroundings(bounded(text).normalize('NFKC').toLowerCase().replaceAll('’', "'"));
  if (/^[1-9]\d?$/.test(said)) return { digit: said };
  const numeral = said.length === 1 ? '一二三四五六七八九'.indexOf(said) : -1;
  if (numeral >= 0) return { digit: String(numeral + 1) };
  return readings.get(said) ?? {};
}

/** What is kept of a text: no more than the carrier lets through, and only what a database can hold. */
export function bounded(text: string): string {
  return text.slice(0, charactersAtMost).replace(/[\0\p{Surrogate}]/gu, '\uFFFD');
}

/** What `receive_inbound` is given: the text, where it was found, and what it says. */
export function received(text: Inbound, source: 'webhook' | 'poll'): Inbound & { source: string; reading: Reading } {
  return { ...text, body: bounded(text.body), source, reading: understand(text.body) };
}

/** Keycap marks count as surroundings too: a phone may send `1️⃣`. A question mark does not: "能用?" asks. */
function withoutSurroundings(text: string): string {
  const surroundings = String.raw`(?:(?![?])[\s\p{P}\p{M}\u200b-\u200f])*`;
  return text.replace(new RegExp(`^${surroundings}|${surroundings}$`, 'gu'), '');
}
