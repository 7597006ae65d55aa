import { setTimeout as pause } from 'node:timers/promises';
import { Client } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import { pino } from 'pino';
import { createActivities } from '../activities';
import { createEmail } from '../activities/providers/email';
import { createSms } from '../activities/providers/sms';
import { readConfig } from '../config';
import { openDatabase } from '../prisma/database';
import { createWorker } from './create-worker';
import { runDeskMinder } from './mind-desk';
import { runPollInbound } from './poll-inbound';
import { runReconciler } from './reconcile';
import { relayConnection, runRelay } from './relay';
import { runStoryWatch } from './stopped-stories';

/** The engine room: plays the stories, and beside them carries news, settles what became of messages, and reads what was missed. */
async function main(): Promise<void> {
  const { databaseUrl, temporal, twilio, mail, api, logLevel } = readConfig();
  const { address, namespace, taskQueue } = temporal;
  const log = pino({ level: logLevel, base: { process: 'worker' } });
  Runtime.install({ logger: new DefaultLogger('WARN'), shutdownSignals: [] });
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort());
  const { signal } = stopping;

  const database = openDatabase(databaseUrl);
  const [authToken = ''] = twilio.authTokens;
  const sms = createSms({ ...twilio, authToken });
  const client = new Client({ connection: relayConnection(address), namespace });
  const beside = [
    runRelay({ database, client, taskQueue, log, signal }),
    runReconciler({ database, sms, client, log, signal, everySeconds: 5 }),
    runPollInbound({ database, sms, log, signal }),
    runStoryWatch({ database, client, log, signal }),
    runDeskMinder({ database, log, signal }),
  ];

  const connection = await whenTemporalIsThere(address, signal);
  const activities = createActivities({
    database,
    sms,
    ...(mail && { email: createEmail(mail) }),
    publicUrl: api.publicUrl,
  });
  const worker = await createWorker({ connection, namespace, taskQueue, activities });
  log.info('worker ready');
  const ended = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  try {
    await worker.runUntil(signal.aborted ? Promise.resolve() : ended);
  } finally {
    stopping.abort();
    await Promise.all(beside);
    await Promise.all([connection.close(), client.connection.close(), database.close()]);
  }
}

/** Temporal may come up after us: the relay waits for it as well, and the first case starts within seconds. */
async function whenTemporalIsThere(address: string, signal: AbortSignal): Promise<NativeConnection> {
  for (;;) {
    try {
      return await NativeConnection.connect({ address });
    } catch (error) {
      if (signal.aborted) throw error;
      await pause(500, undefined, { signal });
    }
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
