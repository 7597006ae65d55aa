import type { Template } from '../template';

/** The product is on its way home by parcel. */
export const parcelSent: Template = {
  class: 'at-least-once',
  words: {
    'zh-CN':
      '【{brand}】您的{product}已于{sentOn}交{carrier}寄出，运单号{tracking}。签收时请先查验外观，如有破损请当场拒收并致电{phone}。我们会在{checkOn}与您确认是否收到。单号{case}',
    en: '{brand} {case}: your {product} left on {sentOn} with {carrier}, tracking {tracking}. Please check it on delivery; if damaged, refuse it and call {phone}. On {checkOn} we will ask whether it arrived.',
  },
  facts: { sentOn: 'day' },
  names: { checkOn: 'day' },
  typed: {
    carrier: { atMost: 20, instead: { 'zh-CN': '快递公司', en: 'the carrier' } },
    tracking: { atMost: 30, whole: true },
  },
};
