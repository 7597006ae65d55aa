import type { Template } from '../template';

/** The case exists, and what happens next (H-01, K-11). The first text: it says how to stop texts. */
export const caseOpened: Template = {
  class: 'at-least-once',
  words: {
    'zh-CN':
      '【{brand}】您好，您的{product}服务需求已登记，单号{case}，请留存。我们会在{nextBy}前{nextStep}。⟦补充情况请直接回复，不想收短信回T。⟧客服电话{phone}',
    en: '{brand}: your request about your {product} is registered, case {case}. By {nextBy} we will {nextStep}. ⟦Reply to add details, STOP to end texts. ⟧Phone {phone}.',
  },
  names: { nextBy: 'instant' },
  variants: {
    nextStep: {
      call: { words: { 'zh-CN': '致电您', en: 'phone you' } },
      'complete-details': { words: { 'zh-CN': '致电核对信息', en: 'phone you about details that we still need' } },
      'agree-visit': { words: { 'zh-CN': '与您约定上门时间', en: 'agree a visit with you' } },
      answer: { words: { 'zh-CN': '给您答复', en: 'answer you' } },
    },
  },
  takesDetails: true,
};
