import type { TemplateId } from './message';

export type Choice = 'yes' | 'no' | 'change' | 'send' | 'contact';

/** The choice that words make, by the question that was asked; `any`: whatever question has this choice. */
export type Meanings = Partial<Record<TemplateId | 'any', Choice>>;

/** What a text says beyond doubt. Of everything else a machine makes nothing: a person reads it. */
export interface Reading {
  /** The choice with this digit. */
  digit?: string;
  /** The choice itself, in words. */
  choices?: Meanings;
  /** "YES" is both: from a number that opted out it opts in, from every other it is an answer. */
  keyword?: 'stop' | 'start';
}

const works = meaning('yes', 'guidance-check', 'revisit-check');
const doesNotWork = meaning('no', 'guidance-check', 'revisit-check');

/**
 * The words that are an answer if they are the whole text. One word may answer several questions, and counts only where exactly one of
 * them is open. What is said out of politeness as well ("好的", "OK") is no answer to a question that it would close: it answers only
 * where it changes nothing.
 */
export const vocabulary: [said: string, Reading][] = [
  ['stop, stopall, unsubscribe, cancel, end, quit, t, td, 退订', { keyword: 'stop' }],
  ['start, unstop', { keyword: 'start' }],
  ['yes', { keyword: 'start', choices: { any: 'yes' } }],
  ['y, yep, yeah, yes please, 是, 是的, 是啊, 对, 对的', { choices: { any: 'yes' } }],
  ['n, no, nope, 不, 不是, 不是的', { choices: { any: 'no' } }],
  [
    '能, 能用, 能用了, 可以用, 可以用了, 可以了, 好用, 好用了, 好了, 已经好了, 修好了, 已解决, 已经解决, 解决了, 正常, 正常了,' +
      '能正常使用, 能正常使用了, 可以正常使用, 可以正常使用了, 恢复正常, 恢复正常了, 已恢复正常, 现在好了, 现在能用了, 现在正常了,' +
      '已经能用了, 已经正常了, 都好了, 全好了, 很正常, 使用正常, 没问题了, 一切正常,' +
      "it works, it works now, works, works now, it is working, it's working, it's working now, working, working now, solved," +
      'problem solved, fixed, all good now, works fine, it works fine, works well, it works well, works again, it works again',
    works,
  ],
  [
    '不能, 不能用, 还不能用, 还是不能用, 用不了, 不可以, 不行, 还不行, 还是不行, 没好, 还没好, 没解决, 未解决, 没有解决, 不正常,' +
      '不能正常使用, 还是不能正常使用, 仍然不能用, 依然不能用, 还是用不了, 还是没好, 还没解决, 还是不正常, 不好用, 还是坏的, 还是一样,' +
      '老样子, 没修好, 没有修好, 还是没修好, 仍有问题, 还有问题, 还是有问题, 有问题, 又坏了, 又不行了, 又不能用了,' +
      "not working, still not working, it does not work, it doesn't work, does not work, doesn't work, it still doesn't work," +
      "still does not work, still doesn't work, not fixed, not solved, still broken, it's still broken, it is still broken," +
      'still a problem, same problem, still the same, broken again, it broke again',
    doesNotWork,
  ],
  ['运行正常, 运行良好, runs well, it runs well, running well', meaning('yes', 'revisit-check')],
  ['没有', meaning('no', 'guidance-check')],
  [
    "满意, 很满意, 非常满意, 十分满意, 比较满意, 挺满意的, satisfied, very satisfied, i am satisfied, i'm satisfied," +
      "very happy, i am happy, i'm happy, happy with it",
    meaning('yes', 'satisfaction'),
  ],
  [
    "不满意, 很不满意, 非常不满意, 不太满意, 不满, not satisfied, i am not satisfied, i'm not satisfied, dissatisfied," +
      'unsatisfied, not happy, unhappy',
    meaning('no', 'satisfaction'),
  ],
  [
    '改时间, 改约, 改期, 要改时间, 我要改约, 改个时间, 我想改时间, 换个时间, reschedule, change the time',
    meaning('change', 'any'),
  ],
  [
    '同意, 同意维修, 同意报价, 我同意, 接受, 我接受, 可以接受, i agree, agreed, agree, accept, i accept',
    meaning('yes', 'estimate', 'return-refused'),
  ],
  ['不维修, 不修, 不修了, 不修理, 不用修了, no repair, do not repair', meaning('no', 'estimate')],
  ['不接受, 我不接受, 有异议, 我有异议, disagree, i disagree', meaning('no', 'return-refused')],
  [
    "继续等, 我继续等, 愿意等, 我愿意等, 等, 我等, 接着等, keep waiting, i will wait, i'll wait",
    meaning('yes', 'stock-not-yet'),
  ],
  ['好的, 好, 可以, 行, 好吧, ok, okay', meaning('yes', 'stock-not-yet')],
  ['不等了, 我不等了, 不想等了, 不要了, 不需要了, no longer wanted, not any more', meaning('no', 'stock-not-yet')],
  [
    '送回, 请送回, 送回来, 请送回来, 送回家, 寄回, 请寄回, 寄回来, 请寄回来, 寄给我, 请寄给我, 寄吧, 邮寄, send it, please send it, send it to me, post it',
    meaning('send', 'ready-3'),
  ],
  [
    '收到了, 已收到, 已经收到, 已经收到了, received, arrived, it arrived, it has arrived, i have it',
    meaning('yes', 'parcel-arrived'),
  ],
  [
    '没收到, 没有收到, 还没收到, 还没有收到, 未收到, not received, not arrived, it has not arrived, nothing arrived',
    meaning('no', 'parcel-arrived'),
  ],
  ['需要, 请联系我, 联系我, please contact me, contact me', meaning('contact', 'late-apology')],
  [
    '日期不合适, 时间不合适, 不合适, 太晚了, the date does not suit, does not suit, too late',
    meaning('no', 'delay-notice'),
  ],
];

function meaning(choice: Choice, ...questions: (TemplateId | 'any')[]): Reading {
  return { choices: Object.fromEntries(questions.map((question) => [question, choice])) };
}

export const readings: ReadonlyMap<string, Reading> = new Map(
  vocabulary.flatMap(([said, reading]) => said.split(',').map((words) => [words.trim(), reading] as const)),
);
