import type { Template } from '../template';

/** The third notice says that the parcel follows, and where it would go (S-28). */
export const ready3: Template = {
  class: 'at-least-once',
  words: {
    'zh-CN':
      '【{brand}】{lateLine}第3次提醒：您的{product}仍在{store}。到{mailOn}未取也未约日期的，我们会寄到登记地址{addressLine}，{freight}。⟦自取请回复日期，寄回请回{send}。⟧地址有变请致电{phone}。单号{case}',
    en: '{brand} {case}: {lateLine}third reminder. Your {product} is still at {store}. If not collected and no day named by {mailOn}, we send it to you{addressLine}, {freight}. ⟦To collect, reply with a day; to have it sent, {send}. ⟧New address? Call {phone}.',
  },
  names: { mailOn: 'day' },
  variants: {
    addressLine: {
      none: { words: { 'zh-CN': '', en: '' } },
      hint: { words: { 'zh-CN': '（{addressHint}）', en: ' ({addressHint})' }, typed: { addressHint: { atMost: 30 } } },
    },
    freight: {
      ours: { words: { 'zh-CN': '运费由我们承担', en: 'at our cost' } },
      yours: { words: { 'zh-CN': '运费到付', en: 'carriage paid on delivery' } },
    },
  },
  lateLine: { 'zh-CN': '抱歉提醒晚了。', en: 'sorry to be late; ' },
  // Not `yes`: that alone may mean that he comes.
  choices: { send: { 'zh-CN': '寄回', en: 'send it' } },
  takesDay: true,
};
