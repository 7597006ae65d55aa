import type { Template } from '../template';

/** Nobody came, an hour after the slot: first of all the customer gets another time (K-16). No cause is made up (TR-11). */
export const newSlotOffered: Template = {
  class: 'at-least-once',
  anyHour: true,
  words: {
    'zh-CN':
      '【{brand}】非常抱歉，约好{when}上门，我们没有做到。我们会在{callBy}前致电您，优先为您安排新的时间。师傅若已到，请忽略本条。客服电话{phone}，单号{case}',
    en: '{brand} {case}: we are very sorry that nobody came to you as agreed ({when}). By {callBy} we phone you and offer you a new time before anybody else. If the engineer is there, ignore this. Phone {phone}.',
  },
  facts: { when: 'period' },
  names: { callBy: 'instant' },
};
