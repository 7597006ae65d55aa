import type { Template } from '../template';

/** The customer was guided by phone: does it work now? (H-05) */
export const guidanceCheck: Template = {
  class: 'at-least-once',
  words: {
    'zh-CN':
      '【{brand}】您好，{lateLine}{guidedAt}电话指导后，您的{product}能正常使用了吗？⟦能用回{yes}，不能用回{no}。⟧如不能用或未收到答复，我们会在{callBy}前致电您。单号{case}',
    en: '{brand} {case}: {lateLine}after our phone advice ({guidedAt}), does your {product} work now? ⟦Reply {yes} = yes, {no} = no. ⟧If it does not, or if we hear nothing, we will phone you by {callBy}.',
  },
  facts: { guidedAt: 'instant' },
  names: { callBy: 'instant' },
  lateLine: { 'zh-CN': '抱歉来晚了。', en: 'sorry to be late; ' },
  choices: { yes: { 'zh-CN': '能用', en: 'it works' }, no: { 'zh-CN': '不能用', en: 'it does not' } },
};
