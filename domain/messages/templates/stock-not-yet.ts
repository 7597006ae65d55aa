import type { Template } from '../template';

/** A true "not yet", and when the next answer comes (S-35). */
export const stockNotYet: Template = {
  class: 'at-least-once',
  words: {
    'zh-CN':
      '【{brand}】{lateLine}您登记的{product}还没到货，{etaLine}。{nextAnswerBy}前我们会再答复您。⟦继续等回{yes}，不等了回{no}。⟧客服电话{phone}，单号{case}',
    en: '{brand} {case}: {lateLine}the {product} you asked for has not arrived yet. {etaLine}. You get our next answer by {nextAnswerBy}. ⟦Reply {yes} = keep waiting, {no} = cancel the request. ⟧Phone {phone}.',
  },
  names: { nextAnswerBy: 'instant' },
  variants: {
    etaLine: {
      known: {
        words: { 'zh-CN': '预计{expectedOn}到货', en: 'It is expected on {expectedOn}' },
        facts: { expectedOn: 'day' },
      },
      unknown: { words: { 'zh-CN': '暂无确切日期', en: 'There is no date yet' } },
    },
  },
  lateLine: { 'zh-CN': '抱歉答复晚了。', en: 'sorry to be late; ' },
  choices: {
    yes: { 'zh-CN': '继续等', en: 'keep waiting' },
    no: { 'zh-CN': '不等了', en: 'no longer wanted' },
  },
};
