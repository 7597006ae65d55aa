import type { Template } from '../template';

/** A clear no, with reason and article, and what we can do instead (S-25, E-19). */
export const returnRefused: Template = {
  class: 'at-most-once',
  words: {
    'zh-CN':
      '【{brand}】很抱歉，您的{product}不符合{asked}条件：{reason}（第{article}条）。我们可以为您{alternative}。⟦接受回{yes}，有异议回{no}。⟧有异议的，由{approver}复核，{withinMinutes}内答复您。单号{case}',
    en: '{brand} {case}: sorry, your {product} cannot {asked}: {reason} (article {article}). We can {alternative}. ⟦Reply {yes} = accept, {no} = disagree. ⟧If you disagree, {approver} answers within {withinMinutes}.',
  },
  facts: { article: 'number', withinMinutes: 'minutes' },
  variants: {
    asked: {
      return: { words: { 'zh-CN': '退货', en: 'be returned' } },
      exchange: { words: { 'zh-CN': '换货', en: 'be exchanged' } },
      'free-repair': { words: { 'zh-CN': '免费维修', en: 'be repaired free' } },
    },
    reason: {
      'too-late': {
        words: { 'zh-CN': '已超过{limitDays}', en: 'more than {limitDays} have passed' },
        facts: { limitDays: 'days' },
      },
      used: { words: { 'zh-CN': '无故障且有使用痕迹', en: 'no fault, and signs of use' } },
      custom: { words: { 'zh-CN': '定制商品且无故障', en: 'made to order, no fault' } },
      incomplete: { words: { 'zh-CN': '包装或配件不全', en: 'packaging or parts missing' } },
      'customer-damage': { words: { 'zh-CN': '人为损坏', en: 'damage by the customer' } },
      'special-price': { words: { 'zh-CN': '特价商品或赠品', en: 'special price or gift' } },
    },
    alternative: {
      'free-repair': {
        words: { 'zh-CN': '免费维修，延保{extraDays}', en: 'repair it free, with {extraDays} more warranty' },
        facts: { extraDays: 'days' },
      },
      'paid-repair': { words: { 'zh-CN': '收费维修，先报价', en: 'repair it at a fee, price first' } },
      exchange: { words: { 'zh-CN': '换货', en: 'exchange it' } },
    },
    approver: {
      'store-manager': { words: { 'zh-CN': '店长', en: 'the store manager' } },
      supervisor: { words: { 'zh-CN': '督导', en: 'the supervisor' } },
      'operations-manager': { words: { 'zh-CN': '运营经理', en: 'the operations manager' } },
      'marketing-director': { words: { 'zh-CN': '市场总监', en: 'the marketing director' } },
    },
  },
  choices: { yes: { 'zh-CN': '接受', en: 'accept' }, no: { 'zh-CN': '有异议', en: 'disagree' } },
};
