import type { Template } from '../template';

/** The engineer is not there when he should be (H-33, H-34). A cause is told only if a person stated it (TR-11). */
export const runningLate: Template = {
  class: 'at-least-once',
  anyHour: true,
  words: {
    'zh-CN':
      '【{brand}】很抱歉，{causeLine}{engineer}师傅可能赶不上{slot}的约定，{etaLine}。⟦您若赶时间，回{change}改约。⟧师傅若已到，请忽略本条。客服电话{phone}，单号{case}',
    en: '{brand} {case}: sorry, engineer {engineer} may not be with you by {slot}{causeLine}. {etaLine}. ⟦In a hurry? Reply {change} for another time. ⟧If the engineer is already there, ignore this. Phone {phone}.',
  },
  facts: { slot: 'clock' },
  typed: { engineer: { atMost: 20, instead: { 'zh-CN': '', en: '' } } },
  variants: {
    causeLine: {
      none: { words: { 'zh-CN': '', en: '' } },
      stated: { words: { 'zh-CN': '因{cause}，', en: ' ({cause})' }, typed: { cause: { atMost: 40 } } },
    },
    etaLine: {
      known: { words: { 'zh-CN': '预计{eta}到', en: 'Expected at {eta}' }, facts: { eta: 'clock' } },
      unknown: {
        words: { 'zh-CN': '我们会在{newsBy}前告知到达时间', en: 'We will tell you the arrival time by {newsBy}' },
        names: { newsBy: 'instant' },
      },
    },
  },
  choices: { change: { 'zh-CN': '改约', en: 'another time' } },
};
