import { randomBytes, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, type Worker } from '@temporalio/worker';
import { pino } from 'pino';
import { createActivities } from '../../activities';
import { createEmail } from '../../activities/providers/email';
import { createSms } from '../../activities/providers/sms';
import { createApp } from '../../api/app';
import { createCaseClient } from '../../api/case-client';
import { createKey, scopes } from '../../api/keys';
import { pendingCallbacksAt } from '../../api/local/pending-callbacks';
import type { Policy } from '../../domain/policies/terms';
import { openDatabase } from '../../prisma/database';
import { firstPolicy } from '../../prisma/seed';
import { createWorker } from '../../worker/create-worker';
import { runDeskMinder } from '../../worker/mind-desk';
import { runReconciler } from '../../worker/reconcile';
import { relayConnection, runRelay } from '../../worker/relay';
import type { Patience } from '../../worker/unknown-messages';
import { mailAccount, startInbox } from '../local/inbox-fixture';
import { accountSid, authToken, startPhone } from '../local/phone-fixture';
import { dropDatabase, newDatabase } from './database';

export type Company = Awaited<ReturnType<typeof openCompany>>;

export interface CompanyOptions {
  /** Published before the first case opens. */
  policy?: Partial<Policy>;
  patience?: Partial<Patience>;
  /** How long an answer of the carrier is waited for. */
  carrierTimeoutMs?: number;
  /** How the company reaches its database, if not directly. */
  through?: (databaseUrl: string) => string;
  temporalAddress?: string;
}

/** At any hour of a test's run texts may leave and people work; tests about hours bring their own. */
export const roundTheClock: Partial<Policy> = {
  sendingHours: { from: '00:00', to: '24:00' },
  deskHours: { from: '00:00', to: '24:00' },
};

const log = pino({ level: process.env.LOG_LEVEL ?? 'silent' });
Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] });

/** Everything but the carrier is real: database, Temporal, the door over HTTP, a worker, phones and an inbox that
 * remember what they got. */
export async function openCompany({
  policy = roundTheClock,
  patience,
  carrierTimeoutMs,
  through,
  temporalAddress,
}: CompanyOptions = {}) {
  const address = process.env.TEMPORAL_ADDRESS ?? '127.0.0.1:7233';
  const namespace = process.env.TEMPORAL_NAMESPACE ?? 'aftercare';
  const taskQueue = `company-${randomBytes(4).toString('hex')}`;
  const directUrl = await newDatabase();
  const ledger = openDatabase(directUrl, { connections: 4 });
  const databaseUrl = through?.(directUrl) ?? directUrl;
  const database = openDatabase(databaseUrl);
  const content = { ...firstPolicy, version: 'test-1', ...policy } as object;
  await ledger.prisma.policy.create({ data: { version: 'test-1', content } });

  let url = '';
  const phone = await startPhone({ inboundUrl: () => `${url}/v1/webhooks/twilio/inbound` });
  const sms = createSms({
    accountSid,
    authToken,
    apiUrl: phone.url,
    ...(carrierTimeoutMs && { timeoutMs: carrierTimeoutMs }),
  });
  const inbox = await startInbox();
  const email = createEmail({
    ...mailAccount,
    smtpUrl: inbox.smtpUrl,
    ...(carrierTimeoutMs && { timeoutMs: carrierTimeoutMs }),
  });
  const caseClient = createCaseClient({ address: temporalAddress ?? address, namespace, taskQueue });
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const app = createApp({
    database,
    caseClient,
    log,
    temporalUi: (caseNumber) => `http://127.0.0.1/namespaces/${namespace}/workflows/${caseNumber}`,
    carrier: { authTokens: [authToken], publicUrl: url },
    rateLimit: { requests: 100_000, perSeconds: 60 },
    onOneMachine: { pendingCallbacks: pendingCallbacksAt(phone.url) },
  });
  server.on('request', app);

  const stopping = new AbortController();
  const connection = await NativeConnection.connect({ address });
  const relaying = relayConnection(temporalAddress ?? address);
  const relayClient = new Client({ connection: relaying, namespace });
  const direct = new Client({ connection: await Connection.connect({ address }), namespace });
  const { signal } = stopping;
  const beside = [
    runRelay({ database, client: relayClient, taskQueue, log, signal }),
    runDeskMinder({ database, log, signal, everyMs: 200 }),
    runReconciler({
      database,
      sms,
      client: relayClient,
      log,
      signal,
      everySeconds: 0.3,
      ...(patience && { settings: patience }),
    }),
  ];
  const activities = createActivities({ database, sms, email, publicUrl: url });
  const workers: { worker: Worker; running: Promise<void> }[] = [];

  async function startWorker(): Promise<void> {
    const codePath = process.env.STORIES;
    const worker = await createWorker({
      connection,
      namespace,
      taskQueue,
      activities,
      ...(codePath && { workflowBundle: { codePath } }),
    });
    workers.push({ worker, running: worker.run() });
  }

  async function stopWorkers(): Promise<void> {
    for (const { worker, running } of workers.splice(0)) {
      worker.shutdown();
      await running;
    }
  }
  await startWorker();
  const apiKey = await createKey(ledger.pool, { name: 'test', scopes: [...scopes] });

  async function ask(method: string, path: string, body?: object, headers: Record<string, string> = {}) {
    const response = await fetch(new URL(path, url), {
      method,
      headers: {
        authorization: `Bearer ${apiKey}`,
        ...(method === 'POST' && { 'idempotency-key': randomUUID() }),
        ...(body && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: (text ? JSON.parse(text) : {}) as never };
  }

  return {
    url,
    apiKey,
    phone,
    inbox,
    sms,
    email,
    ledger,
    directUrl,
    client: direct,
    taskQueue,
    namespace,
    ask,
    startWorker,
    stopWorkers,
    async rows<T>(sql: string, ...values: unknown[]): Promise<T[]> {
      return (await ledger.pool.query(sql, values)).rows as T[];
    },
    async close() {
      stopping.abort();
      await stopWorkers();
      await Promise.all(beside);
      server.close();
      server.closeAllConnections();
      await Promise.all([
        phone.stop(),
        inbox.stop(),
        caseClient.close(),
        relaying.close(),
        direct.connection.close(),
        connection.close(),
      ]);
      await Promise.all([database.close(), ledger.close()]);
      await dropDatabase(directUrl);
    },
  };
}
