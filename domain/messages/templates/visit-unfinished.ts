import type { Template } from '../template';

/** The engineer was there and could not finish, for whatever reason: the customer hears how it goes on. */
export const visitUnfinished: Template = {
  class: 'at-least-once',
  words: {
    'zh-CN':
      '【{brand}】{engineer}师傅这次上门还没能处理好您的{product}，很抱歉。我们会在{nextBy}前致电您，商定下一步。客服电话{phone}，单号{case}',
    en: '{brand} {case}: we are sorry that your {product} is not settled yet after the visit of engineer {engineer}. By {nextBy} we phone you and agree how to go on. Phone {phone}.',
  },
  names: { nextBy: 'instant' },
  typed: { engineer: { atMost: 20, instead: { 'zh-CN': '', en: '' } } },
};
