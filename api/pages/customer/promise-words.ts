import type { Words } from '../../../domain/messages/template';
import type { PromiseKind } from '../../../domain/promises/kinds';

/** What we owe, as the customer is told on his page: all of it a sentence with the time, `{by}`. */
const promiseWords: Record<PromiseKind, Words> = {
  'guidance-check': {
    'zh-CN': '我们会在{by}联系您，问您电话指导后产品是否能正常使用。',
    en: 'At {by} we ask you whether it works after our phone advice.',
  },
  'guidance-call': {
    'zh-CN': '如果产品不能用，或没有收到您的答复，我们会在{by}前致电您。',
    en: 'If it does not work, or if we hear nothing from you, we phone you by {by}.',
  },
  'revisit-check': {
    'zh-CN': '我们会在{by}联系您，问您师傅走后产品运行是否正常。',
    en: 'At {by} we ask you whether it runs well since our engineer left.',
  },
  'revisit-call': {
    'zh-CN': '如果运行不正常，或没有收到您的答复，我们会在{by}前致电您。',
    en: 'If it does not run well, or if we hear nothing from you, we phone you by {by}.',
  },
  'new-visit': {
    'zh-CN': '我们会在{by}前再次上门。',
    en: 'By {by} an engineer is with you again.',
  },
  satisfaction: {
    'zh-CN': '我们会在{by}联系您，问您对这次服务是否满意。',
    en: 'At {by} we ask you whether you are satisfied with how it was handled.',
  },
  'satisfaction-reminder': {
    'zh-CN': '如果还没有收到您的答复，我们会在{by}再问您一次。',
    en: 'If we have heard nothing from you, we ask you once more at {by}.',
  },
  'satisfaction-call': {
    'zh-CN': '我们会在{by}前致电您。',
    en: 'We phone you by {by}.',
  },
  visit: {
    'zh-CN': '师傅会在{by}前到您家。',
    en: 'Our engineer is with you by {by}.',
  },
  'visit-day-before': {
    'zh-CN': '我们会在{by}再提醒您上门的时间。',
    en: 'At {by} we remind you of the visit.',
  },
  'arrival-news': {
    'zh-CN': '师傅晚了，很抱歉。我们会在{by}前告诉您他几点到。',
    en: 'Our engineer is late, and we are sorry. By {by} we tell you when he arrives.',
  },
  'new-slot': {
    'zh-CN': '我们会在{by}前致电您，为您安排新的上门时间。',
    en: 'By {by} we phone you and agree a new time for the visit.',
  },
  'manager-contact': {
    'zh-CN': '服务经理会在{by}前联系您。',
    en: 'Our service manager contacts you by {by}.',
  },
  'agree-next-step': {
    'zh-CN': '我们会在{by}前与您商定下一步。',
    en: 'By {by} we agree the next step with you.',
  },
  'repair-due': {
    'zh-CN': '您的产品正在维修，{by}前修好。',
    en: 'Your product is being repaired and will be ready by {by}.',
  },
  'repair-late-told': {
    'zh-CN': '如果不能按时修好，我们会在{by}前告诉您。',
    en: 'If it cannot be ready in time, we tell you by {by}.',
  },
  'repair-news': {
    'zh-CN': '我们会在{by}前告诉您修好的确切日期。',
    en: 'By {by} we tell you a firm date for your repair.',
  },
  'unsuited-date-call': {
    'zh-CN': '新的日期不合适，我们会在{by}前致电您商量。',
    en: 'The new date does not suit you: we phone you by {by}.',
  },
  'remedy-proposed': {
    'zh-CN': '您的产品修不好，门店经理会在{by}前与您商量怎么办。',
    en: 'Your product cannot be repaired; by {by} the store manager proposes to you how to go on.',
  },
  'pickup-notice': {
    'zh-CN': '您的产品在门店等您领取；如未领取，我们会在{by}通知您。',
    en: 'Your product waits for you at our store; if it is still there, you hear from us at {by}.',
  },
  'pickup-call': {
    'zh-CN': '如仍未领取，门店会在{by}前致电您。',
    en: 'If it is still at the store, the store phones you by {by}.',
  },
  'headquarters-informed': {
    'zh-CN': '您的产品在门店等您领取；到{by}仍未领取，我们会把它送回您家。',
    en: 'Your product waits for you at our store; if it is still there at {by}, we see to it that it comes home to you.',
  },
  'parcel-sent': {
    'zh-CN': '我们会在{by}前把产品寄给您。',
    en: 'We send your product to you by {by}.',
  },
  'parcel-check': {
    'zh-CN': '产品已寄出，我们会在{by}问您是否收到。',
    en: 'Your product is on its way; at {by} we ask you whether it has arrived.',
  },
  'parcel-call': {
    'zh-CN': '如果没有收到产品，或没有收到您的答复，我们会在{by}前致电您。',
    en: 'If it has not arrived, or if we hear nothing from you, we phone you by {by}.',
  },
  'reply-answered': {
    'zh-CN': '您的留言已转给客服，{by}前会有人联系您。',
    en: 'A person has your message and contacts you by {by}.',
  },
};

const anyOther: Words = {
  'zh-CN': '我们会在{by}前处理您的事并给您答复。',
  en: 'We see to your matter and answer you by {by}.',
};

export const promiseInWords = (kind: string): Words =>
  (promiseWords as Partial<Record<string, Words>>)[kind] ?? anyOther;

/** Said behind a time that holidays may still move. */
export const provisionalInWords: Words = {
  'zh-CN': '（届时的节假日安排尚未公布，如有变动会提前告知您。）',
  en: ' (The public holidays of that time are not announced yet; if this changes, we tell you before.)',
};

/** What happens next while nothing with a time is promised. */
export const waitingInWords = (waitingFor: string): Words =>
  waitingFor === 'details'
    ? {
        'zh-CN': '我们还需要您补充一些信息，请致电我们。',
        en: 'We need a few more details from you: please call us.',
      }
    : {
        'zh-CN': '客服正在安排下一步，目前还没有约定具体时间。',
        en: 'Our service desk is arranging the next step; no time has been agreed yet.',
      };

/** How it ended, kindly. */
const endings: Partial<Record<string, Words>> = {
  satisfied: {
    'zh-CN': '您告诉我们问题已经解决，这次服务已完成。谢谢您。',
    en: 'You told us that all is well, so this service is complete. Thank you.',
  },
  unconfirmed: {
    'zh-CN': '我们几次联系您都没有收到答复，先结束了这次服务。打扰之处，敬请谅解。',
    en: 'We tried to reach you several times and heard nothing, so we have closed this service for now.',
  },
  refused: {
    'zh-CN': '我们已向您说明不再继续处理的理由，这次服务已结束。如有异议，请致电我们。',
    en: 'We told you why we cannot do more, and have closed this service. If you disagree, please call us.',
  },
  cancelled: { 'zh-CN': '这次服务已取消。', en: 'This service was cancelled.' },
};

export const endingInWords = (ending: string): Words =>
  endings[ending] ?? { 'zh-CN': '这次服务已办结。', en: 'This service is closed.' };
