import { once } from 'node:events';
import { pino } from 'pino';
import { readConfig, type Config } from '../config';
import { openDatabase } from '../prisma/database';
import { createApp } from './app';
import { createCaseClient } from './case-client';
import { prune } from './http/idempotency';
import { pendingCallbacksAt } from './local/pending-callbacks';

const lastRequestsWithinMs = 10_000;
/** Nobody holds a connection by sending a body drop by drop. */
const wholeRequestWithinMs = 30_000;
const pruneEveryMs = 3_600_000;

async function serve({ databaseUrl, temporal, api, twilio, localMode, logLevel }: Config): Promise<void> {
  const log = pino({ level: logLevel, name: 'api' });
  const database = openDatabase(databaseUrl);
  const caseClient = createCaseClient(temporal);
  const { uiUrl, namespace } = temporal;
  const app = createApp({
    database,
    caseClient,
    log,
    temporalUi: (caseNumber) => `${uiUrl}/namespaces/${namespace}/workflows/${caseNumber}`,
    carrier: { authTokens: twilio.authTokens, publicUrl: api.publicUrl },
    rateLimit: { requests: api.requestsPerMinute, perSeconds: 60 },
    trustProxy: api.trustProxy,
    ...(localMode && { onOneMachine: { pendingCallbacks: pendingCallbacksAt(twilio.apiUrl) } }),
  });
  const server = app.listen(api.port, api.host);
  server.requestTimeout = wholeRequestWithinMs;
  await once(server, 'listening');
  log.info({ host: api.host, port: api.port }, 'the door is open');
  const pruning = setInterval(() => void prune(database.pool).catch(() => undefined), pruneEveryMs);

  await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
  clearInterval(pruning);
  const closed = once(server, 'close');
  server.close();
  setTimeout(() => server.closeAllConnections(), lastRequestsWithinMs).unref();
  await closed;
  await Promise.all([database.close(), caseClient.close()]);
}

async function main(): Promise<void> {
  await serve(readConfig());
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
