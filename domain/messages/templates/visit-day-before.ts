import type { Template } from '../template';
import { visitWork } from '../visit-work';

/** The engineer comes tomorrow. */
export const visitDayBefore: Template = {
  class: 'at-least-once',
  words: {
    'zh-CN':
      '【{brand}】提醒您：{when}，{engineer}师傅上门{work}{product}，请留人在家。{prepLine}⟦不方便请在{changeBy}前回{change}改约。⟧客服电话{phone}，单号{case}',
    en: '{brand} {case}: reminder. Engineer {engineer} comes {when} to {work} your {product}; please be at home. {prepLine}⟦To change it, reply {change} by {changeBy}. ⟧Phone {phone}.',
  },
  facts: { when: 'period' },
  names: { changeBy: 'instant' },
  typed: { engineer: { atMost: 20, instead: { 'zh-CN': '', en: '' } } },
  variants: {
    work: visitWork,
    prepLine: {
      none: { words: { 'zh-CN': '', en: '' } },
      proof: { words: { 'zh-CN': '请备好保修卡。', en: 'Have your warranty card ready. ' } },
      space: { words: { 'zh-CN': '请清出操作空间。', en: 'Please clear the place. ' } },
      loaner: { words: { 'zh-CN': '请备好代用机。', en: 'Have the loaner ready. ' } },
    },
  },
  choices: { change: { 'zh-CN': '改约', en: 'change the time' } },
};
