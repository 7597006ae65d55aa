import type { Template } from '../template';

/** Nobody has said whether the repair is in time: told before it is due, with a time for a firm date (S-26). No cause is made up (TR-11). */
export const repairLate: Template = {
  class: 'at-least-once',
  words: {
    'zh-CN':
      '【{brand}】{lateLine}很抱歉，您的{product}原定{oldDue}修好，{howLate}。我们会在{newsBy}前告诉您确切日期，修好立即通知您。客服电话{phone}，单号{case}',
    en: '{brand} {case}: {lateLine}sorry, your {product}, due {oldDue}, {howLate}. By {newsBy} we tell you a firm date, and at once when it is done. Phone {phone}.',
  },
  facts: { oldDue: 'day' },
  names: { newsBy: 'instant' },
  variants: {
    howLate: {
      perhaps: { words: { 'zh-CN': '可能要晚一些', en: 'may not be ready in time' } },
      surely: { words: { 'zh-CN': '还没有修好', en: 'is not ready yet' } },
    },
  },
  lateLine: { 'zh-CN': '这条通知来晚了。', en: 'this comes late: ' },
};
