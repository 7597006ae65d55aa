import { timingSafeEqual } from 'node:crypto';
import express, { type Request, type Response, type Router } from 'express';
import type { Carrier } from './carrier';
import { answerError } from './carrier-error';
import type { Faults } from './faults';
import { accountPath, messageResource } from './message-resource';
import { pageOf } from './message-list';
import { kindOf } from './number';
import type { PhoneRecord } from './record';
import type { Sender } from './senders';

interface Parts {
  accountSid: string;
  authToken: string;
  senders: Sender[];
  carrier: Carrier;
  record: PhoneRecord;
  faults: Faults;
}

const charactersAtMost = 1600;

/** The carrier's REST API for messages, as far as its own library calls it for texts: create, fetch, list. */
export function carrierApi({ accountSid, authToken, senders, carrier, record, faults }: Parts): Router {
  const router = express.Router();
  const messages = `${accountPath(accountSid)}/Messages`;

  router.use('/2010-04-01', (request, response, next) => {
    if (isAuthorised(request.get('authorization'), accountSid, authToken)) next();
    else answerError(response, 20003);
  });

  router.post(`${messages}.json`, express.urlencoded({ extended: false, limit: '64kb' }), (request, response) => {
    const { To: to = '', From: from = '', Body: body = '', StatusCallback: callback } = formOf(request);
    if (faults.strikes('down', to)) return void request.socket.resetAndDestroy();
    if (faults.strikes('tooMany', to)) return answerError(response, 20429);
    const code = faults.amount('refuseWith', to) || refusalOf(to, from, body, callback);
    if (code) return answerError(response, code);
    answerAccepted(response, to, () => messageResource(accountSid, carrier.accept({ from, to, body }, callback)));
  });

  function refusalOf(to: string, from: string, body: string, callback?: string): number | undefined {
    if (!to) return 21604;
    if (!from) return 21603;
    if (!body) return 21602;
    if (callback && !URL.canParse(callback)) return 21609;
    if (!senders.some(({ number }) => number === from)) return 21606;
    const kind = kindOf(to);
    if (kind === 'no-number') return 21211;
    if (kind === 'landline') return 21614;
    if (body.length > charactersAtMost) return 21617;
    return record.hasOptedOut(from, to) ? 21610 : undefined;
  }

  function answerAccepted(response: Response, to: string, accept: () => object): void {
    const resource = accept();
    if (faults.strikes('hang', to)) return;
    if (faults.strikes('acceptThenDrop', to)) response.socket?.destroy();
    else if (faults.strikes('acceptThen500', to)) answerError(response, 20500);
    else response.status(201).json(resource);
  }

  router.get(`${messages}.json`, (request, response) => {
    const query = new URL(request.originalUrl, 'http://carrier').searchParams;
    const to = query.get('To') ?? '';
    if (faults.strikes('down', to)) return void request.socket.resetAndDestroy();
    const isFirst = !query.has('PageToken');
    if (faults.strikes('listDown', to) || (!isFirst && faults.strikes('listCut', to)))
      return answerError(response, 20503);
    const youngest = Date.now() - faults.amount('listLagSeconds', to) * 1000;
    const listed = record
      .texts()
      .filter(({ direction, createdAt }) => direction !== 'carrier' && Date.parse(createdAt) <= youngest);
    response.json(pageOf(accountSid, listed.toReversed(), query));
  });

  router.get(`${messages}/:sid.json`, (request, response) => {
    const text = record.text(request.params.sid);
    if (text && faults.strikes('down', text.to)) return void request.socket.resetAndDestroy();
    if (!text || text.direction === 'carrier') return answerError(response, 20404);
    response.json(messageResource(accountSid, text));
  });

  router.use('/2010-04-01', (_request, response) => answerError(response, 20404));
  return router;
}

function isAuthorised(header: string | undefined, accountSid: string, authToken: string): boolean {
  const expected = Buffer.from(`Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`);
  const given = Buffer.from(header ?? '');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** A name given twice, which a form can do, counts as not given. */
function formOf(request: Request): { [name: string]: string | undefined } {
  const form = Object.entries((request.body ?? {}) as { [name: string]: unknown });
  return Object.fromEntries(form.filter((field): field is [string, string] => typeof field[1] === 'string'));
}
