import type { Template } from '../template';
import { visitWork } from '../visit-work';

/** A visit does not take place; the case goes on. */
export const visitCancelled: Template = {
  class: 'at-least-once',
  words: {
    'zh-CN':
      '【{brand}】原定{when}上门{work}您的{product}，现已取消。我们会在{nextBy}前与您商定下一步。客服电话{phone}，单号{case}',
    en: '{brand} {case}: the visit {when} to {work} your {product} is cancelled. By {nextBy} we agree with you how to go on. Phone {phone}.',
  },
  facts: { when: 'period' },
  names: { nextBy: 'instant' },
  variants: { work: visitWork },
};
