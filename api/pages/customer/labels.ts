import type { Language } from '../../../domain/policies/terms';

const chinese = {
  otherLanguage: 'English',
  callUs: '客服电话',
  // Entering
  trackTitle: '查询服务进度',
  trackIntro: '请输入服务单号和四位短码，两者都在我们发给您的短信里，也可以致电客服询问。',
  caseNumber: '服务单号',
  shortCode: '短码（4位数字）',
  enter: '查询',
  refused: '单号和短码不符，或者页面已过期，请重新输入。多次输错后须等15分钟。也可以致电客服。',
  noEntryTitle: '打不开这个页面',
  noEntry: '链接已失效，或者所输的数字不对。多次输错后须等15分钟。',
  tryAgain: '再试一次',
  toTrack: '用单号和短码查询',
  // The case
  caseTitle: '您的服务',
  yourProduct: '您的产品',
  product: '产品',
  nextTitle: '接下来',
  nothingToDo: '您不需要做什么。',
  answerNow: '您也可以现在就在下面回答。',
  overdue: '很抱歉，这件事已经晚了。我们仍会做到。',
  closedCall: '如果还有任何问题，请致电我们并报单号。',
  promisedTitle: '我们答应您的事',
  promisedAt: '约定于',
  sentTitle: '我们发给您的消息',
  channels: { sms: '短信', email: '邮件' },
  questionTitle: '请您回答',
  yourAnswer: '您的回答',
  changed: '情况变了？',
  answerElsewhere: '要回答，请致电我们，或用单号和短码查询。',
  codeHint: '致电时请报单号和短码。',
  // By a link
  proveTitle: '查看全部内容并回答',
  proveByPhone: '请输入您手机号的后四位',
  proveByCode: '请输入短信或邮件里的四位短码',
  prove: '确认',
  proveWhy: '这样我们知道是您本人。',
  // The receipt
  receiptTitle: '收到了，谢谢',
  receivedAt: '收到时间',
  closedTitle: '这个问题已经结束',
  questionClosed: '这个问题已经有了结果，不需要再回答。如果情况有变，请致电我们。',
  backToCase: '返回您的服务',
  // Trouble
  trouble: {
    405: ['这里不能这样操作', '请返回上一页再试，或致电客服。'],
    400: ['没有看懂您的输入', '请返回上一页再试，或致电客服。'],
    413: ['输入的内容太长', '请返回上一页再试，或致电客服。'],
    429: ['请稍等片刻', '短时间内的请求太多，请过一分钟再试，或致电客服。'],
    503: ['暂时打不开', '我们的系统正在恢复，请过几分钟再试。'],
    500: ['出了点问题', '是我们的问题，请过几分钟再试。'],
  },
};

type Labels = typeof chinese;
export type Trouble = keyof Labels['trouble'];

const english: Labels = {
  otherLanguage: '中文',
  callUs: 'Phone',
  trackTitle: 'How is my service going?',
  trackIntro:
    'Enter your case number and the four-digit short code. Both stand in our messages to you; you can also ask us by phone.',
  caseNumber: 'Case number',
  shortCode: 'Short code (4 digits)',
  enter: 'Show my case',
  refused:
    'Case number and short code do not fit, or this page was open for too long: please enter them again. After several wrong tries you have to wait 15 minutes. You can also phone us.',
  noEntryTitle: 'This page cannot be opened',
  noEntry:
    'The link is no longer valid, or the digits were not right. After several wrong tries you have to wait 15 minutes.',
  tryAgain: 'Try again',
  toTrack: 'Use case number and short code',
  caseTitle: 'Your service',
  yourProduct: 'Your product',
  product: 'Product',
  nextTitle: 'What happens next',
  nothingToDo: 'You do not have to do anything.',
  answerNow: 'You can also answer right now, below.',
  overdue: 'We are sorry: this is late. We will still do it.',
  closedCall: 'If anything is still not right, please call us and give the case number.',
  promisedTitle: 'What we promised you',
  promisedAt: 'Promised',
  sentTitle: 'What we sent you',
  channels: { sms: 'Text message', email: 'E-mail' },
  questionTitle: 'Your answer, please',
  yourAnswer: 'Your answer',
  changed: 'Has it changed?',
  answerElsewhere: 'To answer, please call us, or use case number and short code.',
  codeHint: 'When you call, give the case number and the short code.',
  proveTitle: 'See everything and answer',
  proveByPhone: 'The last four digits of your mobile number',
  proveByCode: 'The four-digit short code from our message',
  prove: 'Confirm',
  proveWhy: 'So that we know that it is you.',
  receiptTitle: 'Thank you, we have your answer',
  receivedAt: 'Received',
  closedTitle: 'This question is settled',
  questionClosed:
    'This question has been settled; no answer is needed any more. If things have changed, please call us.',
  backToCase: 'Back to your service',
  trouble: {
    405: ['That cannot be done here', 'Please go back and try again, or phone us.'],
    400: ['We could not read this', 'Please go back and try again, or phone us.'],
    413: ['That was too long', 'Please go back and try again, or phone us.'],
    429: ['One moment, please', 'There were too many requests. Please try again in a minute, or phone us.'],
    503: ['We cannot show this now', 'Our system is recovering. Please try again in a few minutes.'],
    500: ['Something went wrong', 'The fault is ours. Please try again in a few minutes.'],
  },
};

export const labels: Record<Language, Labels> = { 'zh-CN': chinese, en: english };
