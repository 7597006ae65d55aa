import type { Template } from '../template';

/** What was found and what it costs; no work without a yes (H-47, E-08, S-30). */
export const estimate: Template = {
  class: 'at-most-once',
  words: {
    'zh-CN':
      '【{brand}】您的{product}检测结果：{finding}。报价{total}元（配件{parts}，人工{labour}），保修{warrantyDays}，同意后{readyDays}修好。⟦同意回{yes}，不维修回{no}。⟧{expiresOn}前有效，未同意不动工。电话{phone}，单号{case}',
    en: '{brand} {case}: your {product}: {finding}. Price {total} (parts {parts}, labour {labour}), warranty {warrantyDays}, ready {readyDays} after your yes. ⟦Reply {yes} = repair, {no} = no repair. ⟧Valid to {expiresOn}; no work without your yes. Phone {phone}.',
  },
  facts: { total: 'fen', parts: 'fen', labour: 'fen', warrantyDays: 'days', readyDays: 'days' },
  names: { expiresOn: 'day' },
  typed: { finding: { atMost: 60, instead: { 'zh-CN': '见检测单', en: 'see our report' } } },
  choices: { yes: { 'zh-CN': '同意', en: 'repair' }, no: { 'zh-CN': '不维修', en: 'no repair' } },
};
