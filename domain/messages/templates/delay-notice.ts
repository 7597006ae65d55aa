import type { Template } from '../template';

/** The repair takes longer: told before the old date, with the cause that a person stated (S-26, E-20). */
export const delayNotice: Template = {
  class: 'at-least-once',
  words: {
    'zh-CN':
      '【{brand}】很抱歉，您的{product}原定{oldDue}修好，{causeLine}改为{newDue}。{offerLine}修好立即通知您。⟦日期不合适请回{no}，我们{withinMinutes}内致电商量。⟧电话{phone}，单号{case}',
    en: '{brand} {case}: sorry, your {product}, due {oldDue}, will be ready {newDue}{causeLine}. {offerLine}We tell you as soon as it is done. ⟦Date does not suit? Reply {no}, we phone within {withinMinutes}. ⟧Phone {phone}.',
  },
  facts: { oldDue: 'day', withinMinutes: 'minutes' },
  names: { newDue: 'day' },
  variants: {
    causeLine: {
      none: { words: { 'zh-CN': '', en: '' } },
      stated: { words: { 'zh-CN': '因{cause}，', en: ': {cause}' }, typed: { cause: { atMost: 60 } } },
    },
    offerLine: {
      none: { words: { 'zh-CN': '', en: '' } },
      loaner: { words: { 'zh-CN': '可先领用代用机。', en: 'You can have a loaner meanwhile. ' } },
      warranty: {
        words: { 'zh-CN': '为您延保{extraDays}。', en: 'Your warranty grows by {extraDays}. ' },
        facts: { extraDays: 'days' },
      },
      gift: { words: { 'zh-CN': '取件时有小礼品相送。', en: 'A small gift awaits you. ' } },
    },
  },
  choices: { no: { 'zh-CN': '日期不合适', en: 'the date does not suit' } },
};
