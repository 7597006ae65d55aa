import { mailOf } from '../domain/messages/mail';
import type { Message } from '../domain/messages/message';
import type { AttemptState, Submitting } from './message-records';
import type { EmailProvider } from './providers/email';
import type { SmsProvider, Submission } from './providers/sms';
import type { MailSubmission } from './providers/smtp-conversation';
import type { MessageFacts } from './message-facts';
import type { Wording } from './wording';

export interface Carriers {
  sms: Pick<SmsProvider, 'submit'>;
  /** Without it no mails are sent. */
  email?: EmailProvider | undefined;
  /** Where the carrier reaches our API, and customers our pages. */
  site: URL;
}

/** A message that was begun, with all that its carrier needs. */
export interface Parcel {
  message: Message;
  facts: MessageFacts;
  wording: Wording;
  begun: Submitting;
}

/** What a hand-over made of an attempt: it surely did not leave, or its state. */
export type Fate = 'not-taken' | { state: AttemptState; sid?: string; error?: string };

const outOfHours = '30610';
const optedOut = '21610';

/** One hand-over, by the channel that the message was worded for. */
export async function handOver(carriers: Carriers, parcel: Parcel): Promise<Fate> {
  if (parcel.wording.channel === 'sms') return fateOfText(await byText(carriers, parcel));
  return fateOfMail(await byMail(carriers, parcel), parcel.begun);
}

function byText({ sms, site }: Carriers, { begun, wording }: Parcel): Promise<Submission> {
  const { id, attempt, recipient: to, sender: from, body } = begun;
  const statusCallback = new URL(`v1/webhooks/twilio/status?i=${id}&n=${attempt}`, site).href;
  return sms.submit({ from, to, body, statusCallback, validitySeconds: wording.usefulSeconds });
}

/** One intent is one mail for good: handed over again, it keeps its `Message-ID`. */
async function byMail({ email, site }: Carriers, { message, facts, wording, begun }: Parcel): Promise<MailSubmission> {
  if (!email) return { outcome: 'refused', code: 'no-mail-server' };
  const { template, caseNumber } = message;
  const { terms, shortCode, name } = facts;
  const { language, link } = wording;
  const mail = mailOf({
    ...{ body: begun.body, template, caseNumber, terms, language, shortCode },
    ...(link && { page: new URL(link.path, site).href }),
  });
  return email.submit({
    to: { address: begun.recipient, ...(name !== null && { name }) },
    ...mail,
    messageId: begun.id,
  });
}

function fateOfText(submission: Submission): Fate {
  switch (submission.outcome) {
    case 'accepted':
      return { state: 'accepted', sid: submission.sid };
    case 'unclear':
      return { state: 'unknown' };
    case 'not-taken':
      return 'not-taken';
    case 'refused': {
      const { code: error } = submission;
      return { state: error === outOfHours ? 'deferred' : error === optedOut ? 'suppressed' : 'failed', error };
    }
  }
}

/** Mail servers give no id: that of the mail itself stands in for it. */
function fateOfMail(submission: MailSubmission, { id }: Submitting): Fate {
  switch (submission.outcome) {
    case 'accepted':
      return { state: 'accepted', sid: id };
    case 'unclear':
      return { state: 'unknown' };
    case 'not-taken':
      return 'not-taken';
    case 'refused':
      return { state: 'failed', error: submission.code };
  }
}
