import type { Template } from '../template';

/** The last notice says that it goes home by itself, and where it would go (S-28). */
export const ready3: Template = {
  class: 'at-least-once',
  words: {
    'zh-CN':
      '【{brand}】{lateLine}第{notice}次提醒：您的{product}仍在{store}。到{mailOn}未取也未约日期的，{way}{freight}。⟦自取请回复日期，送回请回{send}。⟧地址有变请致电{phone}。单号{case}',
    en: '{brand} {case}: {lateLine}notice {notice}: your {product} is still at {store}. If not collected and no day named by {mailOn}, {way}{freight}. ⟦To collect, reply with a day; to have it sent, {send}. ⟧New address? Call {phone}.',
  },
  facts: { notice: 'number' },
  names: { mailOn: 'day' },
  variants: {
    way: {
      none: { words: { 'zh-CN': '我们会寄到登记地址', en: 'we send it to you' } },
      parcel: {
        words: { 'zh-CN': '我们会寄到登记地址（{addressHint}）', en: 'we send it to you ({addressHint})' },
        typed: { addressHint: { atMost: 30 } },
      },
      delivery: { words: { 'zh-CN': '我们会送到您的登记地址', en: 'we bring it to you' } },
      undecided: { words: { 'zh-CN': '我们会与您商定如何送回', en: 'we agree with you how it goes home' } },
    },
    freight: {
      ours: { words: { 'zh-CN': '，运费由我们承担', en: ', at our cost' } },
      yours: { words: { 'zh-CN': '，运费到付', en: ', carriage paid on delivery' } },
      none: { words: { 'zh-CN': '', en: '' } },
    },
  },
  lateLine: { 'zh-CN': '抱歉提醒晚了。', en: 'sorry to be late; ' },
  // Not `yes`: that alone may mean that he comes.
  choices: { send: { 'zh-CN': '送回', en: 'send it' } },
  takesDay: true,
};
