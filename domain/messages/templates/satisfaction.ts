import type { Template } from '../template';

/** The work is done: is the customer satisfied? (H-72) A survey, so never sent twice. */
export const satisfaction: Template = {
  class: 'at-most-once',
  words: {
    'zh-CN':
      '【{brand}】您的{product}服务已完成，您对这次处理满意吗？⟦满意回{yes}，不满意回{no}，不想收短信回T。⟧若不满意，会有专人在您答复后{withinMinutes}内致电，继续为您处理。单号{case}',
    en: '{brand} {case}: our work on your {product} is done. Are you satisfied with how it was handled? ⟦Reply {yes} = yes, {no} = no, STOP to end texts. ⟧If you are not, a person will phone you within {withinMinutes} of your answer and go on with it.',
  },
  facts: { withinMinutes: 'minutes' },
  choices: { yes: { 'zh-CN': '满意', en: 'satisfied' }, no: { 'zh-CN': '不满意', en: 'not satisfied' } },
};
