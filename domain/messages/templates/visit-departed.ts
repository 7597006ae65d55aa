import type { Template } from '../template';
import { visitWork } from '../visit-work';

/** The engineer is on the way (H-22). */
export const visitDeparted: Template = {
  class: 'at-least-once',
  anyHour: true,
  words: {
    'zh-CN':
      '【{brand}】{engineer}师傅已出发，预计{eta}到，上门{work}您的{product}，请留人在家。客服电话{phone}，单号{case}',
    en: '{brand} {case}: engineer {engineer} is on the way to {work} your {product}, expected at {eta}. Please be at home. Phone {phone}.',
  },
  facts: { eta: 'clock' },
  typed: { engineer: { atMost: 20, instead: { 'zh-CN': '', en: '' } } },
  variants: { work: visitWork },
};
