import type { Template } from '../template';

/** The product waits in the store: told at once (S-27). */
export const ready1: Template = {
  class: 'at-least-once',
  words: {
    'zh-CN':
      '【{brand}】{lateLine}您的{product}{readyState}，请到{store}领取，营业时间{hours}。{feeLine}如未领取，{nextOn}再提醒您。⟦想约取件日，请回复日期，如“周五”。⟧单号{case}',
    en: '{brand} {case}: {lateLine}your {product} {readyState}. Collect it at {store}, {hours}. {feeLine}If still here on {nextOn}, we remind you. ⟦Reply with a day (e.g. Friday) and we keep it until then. ⟧',
  },
  names: { nextOn: 'day' },
  variants: {
    readyState: {
      repaired: { words: { 'zh-CN': '已修好并通过检测', en: 'is repaired and tested' } },
      unrepaired: { words: { 'zh-CN': '未维修，可取回', en: 'is ready to take back, not repaired' } },
    },
    feeLine: {
      none: { words: { 'zh-CN': '', en: '' } },
      'to-pay': {
        words: { 'zh-CN': '应付{total}元，取件时支付。', en: 'To pay: {total}. ' },
        facts: { total: 'fen' },
      },
    },
  },
  lateLine: { 'zh-CN': '抱歉通知晚了。', en: 'sorry to be late; ' },
  takesDay: true,
};
