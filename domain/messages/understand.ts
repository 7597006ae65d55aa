import type { TemplateId } from './message';

/** What a text says beyond doubt. Of everything else a machine makes nothing: a person reads it. */
export interface Reading {
  /** The choice with this digit. */
  digit?: string;
  /** The choice itself, in words; with `template` if the words answer only that question. */
  choice?: 'yes' | 'no' | 'change' | 'send' | 'contact';
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
      '能正常使用, 能正常使用了, 可以正常使用, 可以正常使用了, 恢复正常, 恢复正常了, 已恢复正常,' +
      "it works, it works now, works, works now, it is working, it's working, it's working now, solved, problem solved, fixed",
    { choice: 'yes', template: 'guidance-check' },
  ],
  [
    '不能, 不能用, 还不能用, 还是不能用, 用不了, 不可以, 不行, 还不行, 还是不行, 没有, 没好, 还没好, 没解决, 未解决, 没有解决, 不正常,' +
      '不能正常使用, 还是不能正常使用, 仍然不能用, 依然不能用, 还是用不了, 还是没好, 还没解决, 还是不正常, 不好用,' +
      "not working, still not working, it does not work, it doesn't work, does not work, doesn't work, it still doesn't work," +
      'still does not work, not fixed, not solved',
    { choice: 'no', template: 'guidance-check' },
  ],
  ['运行正常, 一切正常, 运行良好, runs well, it runs well, running well', { choice: 'yes', template: 'revisit-check' }],
  ['仍有问题, 还有问题, 有问题, 又坏了, still a problem', { choice: 'no', template: 'revisit-check' }],
  [
    "满意, 很满意, 非常满意, 十分满意, satisfied, very satisfied, i am satisfied, i'm satisfied",
    { choice: 'yes', template: 'satisfaction' },
  ],
  [
    "不满意, 很不满意, 非常不满意, 不太满意, not satisfied, i am not satisfied, i'm not satisfied, dissatisfied",
    { choice: 'no', template: 'satisfaction' },
  ],
  ['改时间, 改约, 改期, 要改时间, 我要改约, reschedule, change the time', { choice: 'change' }],
  ['同意, 同意维修, 同意报价, i agree, agreed', { choice: 'yes', template: 'estimate' }],
  ['不维修, 不修, 不修了, no repair', { choice: 'no', template: 'estimate' }],
  ['接受, 我接受, accept, i accept', { choice: 'yes', template: 'return-refused' }],
  ['不接受, 有异议, 我有异议, disagree, i disagree', { choice: 'no', template: 'return-refused' }],
  ['继续等, 我继续等, 愿意等, keep waiting', { choice: 'yes', template: 'stock-not-yet' }],
  ['不等了, 我不等了, no longer wanted', { choice: 'no', template: 'stock-not-yet' }],
  ['寄回, 请寄回, 寄回来, 请寄回来, send it, please send it', { choice: 'send', template: 'ready-3' }],
  ['需要, 请联系我, please contact me', { choice: 'contact', template: 'late-apology' }],
  ['日期不合适, 时间不合适, the date does not suit', { choice: 'no', template: 'delay-notice' }],
];

const readings = new Map(
  vocabulary.flatMap(([said, reading]) => said.split(',').map((words) => [words.trim(), reading] as const)),
);

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

/** What `receive_inbound` is given: the text, where it was found, and what it says. */
export function received(text: Inbound, source: 'webhook' | 'poll'): Inbound & { source: string; reading: Reading } {
  return { ...text, body: bounded(text.body), source, reading: understand(text.body) };
}

/** Keycap marks count as surroundings too: a phone may send `1️⃣`. A question mark does not: "能用?" asks. */
function withoutSurroundings(text: string): string {
  const surroundings = String.raw`(?:(?![?])[\s\p{P}\p{M}\u200b-\u200f])*`;
  return text.replace(new RegExp(`^${surroundings}|${surroundings}$`, 'gu'), '');
}
