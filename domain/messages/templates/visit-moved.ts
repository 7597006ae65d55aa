import type { Template } from '../template';
import { visitWork } from '../visit-work';

/** A visit has another time than the customer was told before. */
export const visitMoved: Template = {
  class: 'at-least-once',
  words: {
    'zh-CN':
      '【{brand}】上门已改到{when}，{engineer}师傅上门{work}您的{product}。{nextLine}⟦改时间回{change}。⟧客服电话{phone}，单号{case}',
    en: '{brand} {case}: new time. Engineer {engineer} comes {when} to {work} your {product}. {nextLine}⟦Reply {change} to change the time. ⟧Phone {phone}.',
  },
  facts: { when: 'period' },
  typed: { engineer: { atMost: 20, instead: { 'zh-CN': '', en: '' } } },
  variants: {
    work: visitWork,
    nextLine: {
      none: { words: { 'zh-CN': '', en: '' } },
      reminder: {
        words: { 'zh-CN': '前一天再提醒您。', en: 'We remind you the day before. ' },
      },
    },
  },
  choices: { change: { 'zh-CN': '改时间', en: 'change the time' } },
};
