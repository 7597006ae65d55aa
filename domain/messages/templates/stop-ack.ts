import type { Template } from '../template';

/** No more texts; what was promised stands. Only where the carrier does not confirm STOP itself, and never twice. */
export const stopAck: Template = {
  class: 'at-most-once',
  words: {
    'zh-CN':
      '【{brand}】已停止向本号码发送短信。已答应您的事照常办理，有进展改用{channel}通知您。想恢复短信请回START，或致电{phone}',
    en: '{brand}: you will get no more texts on this number. What we promised you still stands; we will reach you by {channel} instead. Reply START to get texts again, or call {phone}.',
  },
  variants: {
    channel: {
      email: { words: { 'zh-CN': '电子邮件', en: 'e-mail' } },
      phone: { words: { 'zh-CN': '电话', en: 'phone' } },
    },
  },
};
