import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import pino from 'pino';
import { createEmail } from '../../activities/providers/email';
import { createSms, type SmsProvider } from '../../activities/providers/sms';
import { messageSender } from '../../activities/send-message';
import { twilioWebhooks } from '../../api/webhooks/twilio';
import { messageKey, type Message } from '../../domain/messages/message';
import { everyDay } from '../../domain/policies/every-day';
import { openDatabase, type Database } from '../../prisma/database';
import { firstPolicy } from '../../prisma/seed';
import { reconcile } from '../../worker/reconcile';
import type { Patience } from '../../worker/unknown-messages';
import { mailAccount, startInbox } from '../local/inbox-fixture';
import { accountSid, authToken, startPhone, until } from '../local/phone-fixture';
import { dropDatabase, newDatabase } from '../support/database';
import { aMobile } from '../support/repair';

export type World = Awaited<ReturnType<typeof openWorld>>;

const log = pino({ level: 'silent' });

/** A real database of its own, the phone behind the real library, and the real webhooks. */
export async function openWorld() {
  const databaseUrl = await newDatabase();
  const database = openDatabase(databaseUrl);
  const site = await startSite(database);
  const phone = await startPhone({ inboundUrl: () => `${site.url}/v1/webhooks/twilio/inbound` });
  const sms = createSms({ accountSid, authToken, apiUrl: phone.url });
  const inbox = await startInbox();
  const email = createEmail({ ...mailAccount, smtpUrl: inbox.smtpUrl, timeoutMs: 500 });
  const parts = { database, sms, email, publicUrl: site.url };

  async function rows<T>(sql: string, ...values: unknown[]): Promise<T[]> {
    return (await database.pool.query(sql, values)).rows as T[];
  }

  const world = {
    databaseUrl,
    database,
    phone,
    inbox,
    sms,
    parts,
    rows,
    send: messageSender(parts).sendMessage,
    sendWith: (more: { sms?: Pick<SmsProvider, 'submit'>; monotonic?: () => number }) =>
      messageSender({ ...parts, ...more }).sendMessage,
    textsOn: (number: string) => phone.textsOn(number),
    faults: (faults: object) => phone.people('PUT', '/faults', faults),
    reconcile: (settings: Partial<Patience> = {}, carrier: Partial<Pick<SmsProvider, 'list' | 'fetch'>> = {}) =>
      reconcile({ database, sms: { ...sms, ...carrier }, settings }),
    stateOf: async ({ key }: Message) =>
      (await rows<{ state: string }>('SELECT state FROM messages WHERE key = $1', key))[0]?.state,
    intentOf: async ({ key }: Message) =>
      (await rows<{ id: string }>('SELECT id FROM messages WHERE key = $1', key))[0]?.id,
    attemptsOf: ({ key }: Message) =>
      rows<{ n: number; state: string; sid: string | null; twin: boolean }>(
        'SELECT a.n, a.state, a.sid, a.twin FROM attempts a JOIN messages m ON m.id = a.message_id WHERE m.key = $1 ORDER BY n',
        key,
      ),
    newsOf: async ({ caseNumber }: Message) =>
      (
        await rows<{ state: string }>(
          `SELECT payload->>'state' AS state FROM outbox WHERE case_number = $1 AND kind = 'settled' ORDER BY id`,
          caseNumber,
        )
      ).map(({ state }) => state),
    /** As if the hand-over had been so long ago. */
    ago: ({ key }: Message, seconds: number) =>
      rows(
        `UPDATE attempts SET submitted_at = submitted_at - $2 * interval '1 second', next_look_at = next_look_at - $2 * interval '1 second'
         WHERE message_id = (SELECT id FROM messages WHERE key = $1)`,
        key,
        seconds,
      ),
    settle: ({ caseNumber, matter }: Message) =>
      rows(
        'INSERT INTO settled_matters (case_number, opening, step, matter) VALUES ($1, 1, 2, $2)',
        caseNumber,
        matter,
      ),
    aCase: (about: Partial<CaseFacts> = {}) => aCase(database, about),
    async close() {
      await phone.stop();
      await inbox.stop();
      site.close();
      await database.close();
      await dropDatabase(databaseUrl);
    },
  };
  return world;
}

interface CaseFacts {
  phone: string | null;
  language: string;
  timeZone: string | null;
  category: string;
  consentSms: boolean;
  email: string | null;
  consentEmail: boolean;
  channels: string[];
  store: string;
}

const mailFacts = { email: null, consentEmail: false, channels: ['sms', 'email'], store: 'hz-01' };

/** A guided customer's case, and the check that is due now: it may leave at any hour, so that tests may run at any hour. */
async function aCase(
  { pool }: Database,
  about: Partial<CaseFacts>,
): Promise<Message & { phone: string; email: string }> {
  const facts = {
    phone: aMobile(),
    language: 'zh-CN',
    timeZone: null,
    category: '空调',
    consentSms: true,
    ...mailFacts,
    ...about,
  };
  const caseNumber = `AC-${randomBytes(4).toString('hex').toUpperCase()}`;
  const store = {
    id: 'hz-01',
    name: { 'zh-CN': '杭州西湖店', en: 'Hangzhou' },
    timeZone: 'Asia/Shanghai',
    calendar: 'china',
    hours: everyDay([{ from: '09:00', to: '20:00' }]),
  };
  await pool.query(
    `INSERT INTO cases (case_number, kind, store, channel, short_code, run_id, terms) VALUES ($1, 'repair', $3, 'phone', '4821', 'run-1', $2)`,
    [caseNumber, { ...firstPolicy, store }, facts.store],
  );
  await pool.query(
    `INSERT INTO case_details (case_number, phone, language, time_zone, category, consent_sms, email, consent_email, channels)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      ...[caseNumber, facts.phone, facts.language, facts.timeZone, facts.category, facts.consentSms],
      ...[facts.email, facts.consentEmail, facts.channels],
    ],
  );
  const at = new Date();
  const guidedAt = new Date(at.getTime() - 2 * 3_600_000).toISOString();
  return {
    phone: facts.phone ?? '',
    email: facts.email ?? '',
    caseNumber,
    opening: 1,
    matter: `guidance/${guidedAt}`,
    key: messageKey(caseNumber, 'guidance-check', guidedAt, 1),
    template: 'guidance-check',
    facts: { guidedAt },
    names: { callBy: 'guidance-call' },
    choices: ['yes', 'no'],
    dueAt: at.toISOString(),
    answersReply: at.toISOString(),
    at: at.toISOString(),
  };
}

export { until };

async function startSite(database: Database) {
  const app = express();
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  app.use('/v1/webhooks/twilio', twilioWebhooks({ database, authTokens: [authToken], publicUrl: url, log }));
  return {
    url,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
