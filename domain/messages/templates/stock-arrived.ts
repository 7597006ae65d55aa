import type { Template } from '../template';

/** What the customer asked for is in the store, and held for some days (S-36). */
export const stockArrived: Template = {
  class: 'at-least-once',
  words: {
    'zh-CN':
      '【{brand}】您登记的{product}已到{store}，为您保留到{holdUntil}，营业时间{hours}。⟦想多留几天，请回复来店日期。⟧客服电话{phone}，单号{case}',
    en: '{brand} {case}: the {product} you asked for is at {store}, kept for you until {holdUntil}, open {hours}. ⟦Need longer? Reply with the day you will come. ⟧Phone {phone}.',
  },
  names: { holdUntil: 'day' },
  takesDay: true,
};
