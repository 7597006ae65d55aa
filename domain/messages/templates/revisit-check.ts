import type { Template } from '../template';

/** The engineer has left: does the product run well? (H-63, H-75) */
export const revisitCheck: Template = {
  class: 'at-least-once',
  words: {
    'zh-CN':
      '【{brand}】您好，{lateLine}{engineer}师傅{leftAt}离开后，您的{product}运行正常吗？⟦正常回{yes}，仍有问题回{no}。⟧如有问题或未收到答复，客服会在{callBy}前致电，有问题就再次安排上门。单号{case}',
    en: '{brand} {case}: {lateLine}since {engineer} left ({leftAt}), does your {product} run well? ⟦Reply {yes} = yes, {no} = no. ⟧If it does not, or if we hear nothing, we will phone you by {callBy}; if something is wrong we book a new visit.',
  },
  facts: { leftAt: 'instant' },
  names: { callBy: 'instant' },
  typed: { engineer: { atMost: 20, instead: { 'zh-CN': '', en: 'our engineer' } } },
  lateLine: { 'zh-CN': '抱歉来晚了。', en: 'sorry to be late; ' },
  choices: { yes: { 'zh-CN': '正常', en: 'it runs well' }, no: { 'zh-CN': '仍有问题', en: 'it does not' } },
};
