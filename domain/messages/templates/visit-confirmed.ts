import type { Template } from '../template';
import { visitWork } from '../visit-work';

/** A visit is booked (H-13, H-16). */
export const visitConfirmed: Template = {
  class: 'at-least-once',
  words: {
    'zh-CN':
      '【{brand}】已约好：{when}，{engineer}师傅上门{work}您的{product}。{feeLine}{nextLine}⟦改时间回{change}。⟧客服电话{phone}，单号{case}',
    en: '{brand} {case}: booked. Engineer {engineer} comes {when} to {work} your {product}. {feeLine}{nextLine}⟦Reply {change} to change the time. ⟧Phone {phone}.',
  },
  facts: { when: 'period' },
  typed: { engineer: { atMost: 20, instead: { 'zh-CN': '', en: '' } } },
  variants: {
    work: visitWork,
    feeLine: {
      none: { words: { 'zh-CN': '', en: '' } },
      chargeable: {
        words: {
          'zh-CN': '此单需收费，先报价，您同意后才动工。',
          en: 'Chargeable: price first, work only after your yes. ',
        },
      },
    },
    nextLine: {
      none: { words: { 'zh-CN': '', en: '' } },
      reminder: {
        words: { 'zh-CN': '前一天再提醒您。', en: 'We remind you the day before. ' },
      },
    },
  },
  choices: { change: { 'zh-CN': '改时间', en: 'change the time' } },
};
