import { DateTime } from 'luxon';
import type { Text } from './record';

const apiVersion = '2010-04-01';

/** A text as the carrier's documentation describes its message resource. */
export function messageResource(accountSid: string, text: Text): { [field: string]: unknown } {
  const uri = `${accountPath(accountSid)}/Messages/${text.sid}`;
  return {
    account_sid: accountSid,
    api_version: apiVersion,
    body: text.body,
    date_created: rfc2822(text.createdAt),
    date_sent: text.sentAt && rfc2822(text.sentAt),
    date_updated: rfc2822(text.updatedAt),
    direction: text.direction,
    error_code: text.errorCode,
    error_message: text.errorCode === null ? null : 'Unreachable destination handset',
    from: text.from,
    messaging_service_sid: null,
    num_media: '0',
    num_segments: String(text.segments),
    price: null,
    price_unit: 'USD',
    sid: text.sid,
    status: text.status,
    subresource_uris: { media: `${uri}/Media.json` },
    to: text.to,
    uri: `${uri}.json`,
  };
}

/** The form of a status callback. */
export function statusParams(accountSid: string, text: Text): { [name: string]: string } {
  return {
    AccountSid: accountSid,
    ApiVersion: apiVersion,
    From: text.from,
    To: text.to,
    MessageSid: text.sid,
    MessageStatus: text.status,
    SmsSid: text.sid,
    SmsStatus: text.status,
    ...(text.errorCode !== null && { ErrorCode: String(text.errorCode) }),
  };
}

/** The form in which a customer's text is handed to us. */
export function inboundParams(accountSid: string, text: Text, optOutType?: string): { [name: string]: string } {
  return {
    AccountSid: accountSid,
    ApiVersion: apiVersion,
    Body: text.body,
    From: text.from,
    To: text.to,
    MessageSid: text.sid,
    SmsMessageSid: text.sid,
    SmsSid: text.sid,
    SmsStatus: text.status,
    NumMedia: '0',
    NumSegments: String(text.segments),
    ...(optOutType && { OptOutType: optOutType }),
  };
}

export function accountPath(accountSid: string): string {
  return `/${apiVersion}/Accounts/${accountSid}`;
}

function rfc2822(instant: string): string | null {
  return DateTime.fromISO(instant, { zone: 'utc' }).toRFC2822();
}
