import type { Template } from '../template';

/** The product still waits in the store: the second notice (S-27). */
export const ready2: Template = {
  class: 'at-least-once',
  words: {
    'zh-CN':
      '【{brand}】{lateLine}温馨提醒：您的{product}{readyOn}起在{store}等您领取，营业时间{hours}。如未领取，{nextOn}再提醒一次。⟦想约取件日，请回复日期，如“周五”。⟧单号{case}',
    en: '{brand} {case}: {lateLine}your {product} has been waiting at {store} since {readyOn}, open {hours}. If it is still here on {nextOn}, we will remind you once more. ⟦Reply with a day (e.g. Friday) and we keep it until then. ⟧',
  },
  facts: { readyOn: 'day' },
  names: { nextOn: 'day' },
  lateLine: { 'zh-CN': '抱歉提醒晚了。', en: 'sorry to be late; ' },
  takesDay: true,
};
