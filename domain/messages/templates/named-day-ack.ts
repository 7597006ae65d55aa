import type { Template } from '../template';

/** The customer named a day: the full date, and silence until then. */
export const namedDayAck: Template = {
  class: 'at-least-once',
  words: {
    'zh-CN':
      '【{brand}】好的，您的{product}在{store}为您留到{namedDay}，营业时间{hours}，此前不再提醒；届时仍未领取，{nextOn}再联系您。⟦改日期请直接回复。⟧单号{case}',
    en: '{brand} {case}: thank you. Your {product} stays at {store} for you until {namedDay}, open {hours}; no reminders before then; if still here, we contact you on {nextOn}. ⟦Wrong day or new plans? Reply with another day. ⟧',
  },
  facts: { namedDay: 'day' },
  names: { nextOn: 'day' },
  takesDay: true,
};
