import type { Template } from '../template';

/** A complaint is registered: who is in charge, and by when it is answered (C-15). */
export const complaintReceived: Template = {
  class: 'at-least-once',
  words: {
    'zh-CN':
      '【{brand}】给您添麻烦了，非常抱歉。投诉已登记，单号{case}，由{owner}负责，{contactBy}前致电了解情况，{answerBy}前给您答复。⟦补充情况请直接回复。⟧客服电话{phone}',
    en: '{brand}: we are sorry for the trouble. Your complaint is registered, case {case}. {owner} is in charge, will phone you by {contactBy} and answer you by {answerBy}. ⟦Reply to add details. ⟧Phone {phone}.',
  },
  names: { contactBy: 'instant', answerBy: 'instant' },
  typed: { owner: { atMost: 20, instead: { 'zh-CN': '专人', en: 'A colleague' } } },
  takesDetails: true,
};
