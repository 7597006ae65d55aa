import type { Template } from '../template';

/** He came 15 minutes late or more (H-35). An apology is said once. */
export const lateApology: Template = {
  class: 'at-most-once',
  anyHour: true,
  words: {
    'zh-CN':
      '【{brand}】约定{slot}上门，师傅{arrivedAt}才到，耽误了您的时间，诚恳致歉。{giftLine}您若仍不满意，服务经理会在您答复后{withinMinutes}内联系您并登门致歉。⟦需要请回{contact}。⟧单号{case}',
    en: '{brand} {case}: we promised {slot} and came at {arrivedAt}. We are truly sorry. {giftLine}If that does not settle it, our service manager will contact you within {withinMinutes} of your answer and come to apologise. ⟦If so, reply {contact}. ⟧',
  },
  facts: { slot: 'clock', arrivedAt: 'clock', withinMinutes: 'minutes' },
  variants: {
    giftLine: {
      none: { words: { 'zh-CN': '', en: '' } },
      gift: {
        words: {
          'zh-CN': '师傅带来一份小礼品，请收下。',
          en: 'Please accept the small gift that our engineer brings. ',
        },
      },
    },
  },
  // Not `no`: that alone may mean that all is well.
  choices: { contact: { 'zh-CN': '需要经理联系', en: 'have the manager contact me' } },
};
