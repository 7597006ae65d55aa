import type { Template } from '../template';

/** Some days after a parcel left: did it arrive? (S-28) */
export const parcelArrived: Template = {
  class: 'at-least-once',
  words: {
    'zh-CN':
      '【{brand}】{lateLine}您的{product}于{sentOn}寄出，请问收到了吗？⟦收到回{yes}，没收到回{no}。⟧如未收到或没有答复，我们会在{callBy}前致电您。单号{case}',
    en: '{brand} {case}: {lateLine}your {product} left by parcel on {sentOn}. Has it arrived? ⟦Reply {yes} = yes, {no} = no. ⟧If it has not, or if we hear nothing, we will phone you by {callBy}.',
  },
  facts: { sentOn: 'day' },
  names: { callBy: 'instant' },
  choices: { yes: { 'zh-CN': '收到', en: 'it arrived' }, no: { 'zh-CN': '没收到', en: 'it has not arrived' } },
  lateLine: { 'zh-CN': '抱歉问晚了。', en: 'sorry to be late; ' },
};
