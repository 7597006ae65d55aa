import type { Template } from '../template';

/** A reply that no machine understands is read by a person. */
export const notUnderstood: Template = {
  class: 'at-least-once',
  words: {
    'zh-CN':
      '【{brand}】抱歉，系统未能识别您的回复，已原文转给客服，{callBy}前会有人联系您。⟦也可以只回数字：{choices}。⟧客服电话{phone}，单号{case}',
    en: '{brand} {case}: sorry, our system did not understand your reply. A person has it and will contact you by {callBy}. ⟦You can also reply with one digit: {choices}. ⟧Phone {phone}.',
  },
  names: { callBy: 'instant' },
  onceADay: true,
};
