import twilio from 'twilio';
import RequestClient from 'twilio/lib/base/RequestClient';
import type { MessageInstance } from 'twilio/lib/rest/api/v2010/account/message';
import type { Inbound } from '../../domain/messages/understand';

export interface Sms {
  from: string;
  to: string;
  body: string;
  /** Where receipts go; it names the message and the attempt, so that a receipt tells the sid even if the answer was lost. */
  statusCallback: string;
  validitySeconds: number;
}

/** What the carrier made of a text. `unclear`: it may have it or not. `not-taken`: surely not, and it may be tried again. */
export type Submission =
  | { outcome: 'accepted'; sid: string }
  | { outcome: 'refused'; code: string }
  | { outcome: 'not-taken' }
  | { outcome: 'unclear' };

/** How far the carrier says that a text has come, in its own words. */
export interface Whereabouts {
  status: string;
  errorCode?: string;
}

/** A text of ours, as the carrier's list has it. `createdAt` is an ISO instant. */
export interface Listed {
  sid: string;
  from: string;
  to: string;
  body: string;
  status: string;
  createdAt: string;
}

export interface SmsProvider {
  /** Hands one text over, once; never throws. */
  submit(sms: Sms): Promise<Submission>;
  /** Our texts to a number, created since then: all of them, or it throws. */
  list(to: string, since: Date): Promise<Listed[]>;
  /** What became of one text that was taken; throws if that cannot be read. */
  fetch(sid: string): Promise<Whereabouts>;
  /** What people texted to us since then: all of it, or it throws. */
  received(since: Date): Promise<Inbound[]>;
}

interface Account {
  accountSid: string;
  authToken: string;
  /** Another carrier API than Twilio's own. */
  apiUrl?: string;
  /** How long an answer is waited for. */
  timeoutMs?: number;
  /** How many texts of a list are asked for at a time. */
  pageSize?: number;
}

/** SMS through Twilio, by its own library: no retries of its own, since a text handed over twice is two texts. */
export function createSms({
  accountSid,
  authToken,
  apiUrl,
  timeoutMs = 15_000,
  pageSize = 1000,
}: Account): SmsProvider {
  const httpClient = new CarrierClient(timeoutMs, apiUrl);
  const { messages } = twilio(accountSid, authToken, { httpClient });

  return {
    async submit({ from, to, body, statusCallback, validitySeconds: validityPeriod }) {
      try {
        const { sid } = await messages.create({ from, to, body, statusCallback, validityPeriod });
        return sid ? { outcome: 'accepted', sid } : { outcome: 'unclear' };
      } catch (error) {
        return afterError(error as CarrierError);
      }
    },

    // Not by date: the carrier filters by the day a text was sent, which one that still waits does not have.
    async list(to, since) {
      const all = await messages.list({ to, pageSize });
      return all.filter((one) => one.direction.startsWith('outbound') && one.dateCreated >= since).map(asListed);
    },

    async fetch(sid) {
      const { status, errorCode } = await messages(sid).fetch();
      return { status, ...(errorCode && { errorCode: String(errorCode) }) };
    },

    async received(since) {
      const all = await messages.list({ dateSentAfter: since, pageSize });
      return all.filter(({ direction }) => direction === 'inbound').map(asInbound);
    },
  };
}

/**
 * The library talks to its own host whatever it is told; its time-out counts only when given here. Connections are not kept: one that
 * the carrier closed meanwhile would fail like an answer that was lost.
 */
class CarrierClient extends RequestClient {
  constructor(
    timeout: number,
    private readonly apiUrl?: string,
  ) {
    super({ timeout, autoRetry: false, keepAlive: false });
  }

  override request<T>(options: RequestClient.RequestOptions<T>) {
    const { pathname, search } = new URL(options.uri);
    const uri = this.apiUrl ? new URL(pathname + search, this.apiUrl).href : options.uri;
    return super.request<T>({ ...options, uri });
  }
}

interface CarrierError {
  /** Of an answer over HTTP. */
  status?: number;
  code?: number | string;
  /** Of a connection that failed. */
  cause?: { syscall?: string };
}

/** Our own account, not this text, is what the carrier objects to; or it had too much to do. It processed nothing. */
const notThisText = [20003, 20005, 20429];
const neverLeft =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|CERT_.*|ERR_TLS_CERT.*|.*SELF_SIGNED_CERT.*|UNABLE_TO_.*)$/;

function afterError({ status, code, cause }: CarrierError): Submission {
  if (status === undefined) {
    const left = !neverLeft.test(String(code)) && cause?.syscall !== 'connect';
    return { outcome: left ? 'unclear' : 'not-taken' };
  }
  if (status === 429 || status === 401 || notThisText.includes(Number(code))) return { outcome: 'not-taken' };
  if (status === 408 || status < 400 || status >= 500) return { outcome: 'unclear' };
  return { outcome: 'refused', code: String(code ?? status) };
}

function asListed({ sid, from, to, body, status, dateCreated }: MessageInstance): Listed {
  return { sid, from, to, body, status, createdAt: dateCreated.toISOString() };
}

function asInbound({ sid, from, to, body, numMedia, dateCreated }: MessageInstance): Inbound {
  return { sid, from, to, body, media: Number(numMedia) || 0, at: dateCreated.toISOString() };
}
