import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import type { SmsProvider } from '../activities/providers/sms';
import type { Database } from '../prisma/database';
import { noticeChangedRuns } from './changed-runs';
import { askForReceipts } from './lost-receipts';
import { patience, resolveUnknown, type Patience } from './unknown-messages';

export interface Reconciliation {
  database: Database;
  sms: Pick<SmsProvider, 'list' | 'fetch'>;
  /** Without it runs are not compared. */
  client?: Client;
  settings?: Partial<Patience>;
  /** Runs that began before were compared already. */
  since?: Date;
}

/**
 * Compares once what we believe with what is: texts whose fate is unknown, or whose receipt is missing, with
 * what the carrier says; cases with their runs in Temporal. Each is done though another fails.
 * @throws what failed, afterwards.
 */
export async function reconcile({ database, sms, client, settings, since }: Reconciliation): Promise<void> {
  const done = await Promise.allSettled([
    resolveUnknown(database, sms, { ...patience, ...settings }),
    askForReceipts(database, sms),
    client && noticeChangedRuns(database, client, since),
  ]);
  for (const part of done) if (part.status === 'rejected') throw part.reason;
}

/** Temporal's lists lag behind: what began in the last minutes is read again. */
const overlapMs = 5 * 60_000;

/** Reconciles at once, then every `everySeconds`, until the signal. A failure is said once, and tried again. */
export async function runReconciler({
  log,
  everySeconds,
  signal,
  ...parts
}: Reconciliation & { log: Logger; everySeconds: number; signal: AbortSignal }): Promise<void> {
  let failing = false;
  let since: Date | undefined;
  while (!signal.aborted) {
    const begun = Date.now();
    try {
      await reconcile({ ...parts, ...(since && { since }) });
      since = new Date(begun - overlapMs);
      failing = false;
    } catch (error) {
      if (!failing) log.warn({ error: (error as Error).name }, 'messages or runs cannot be reconciled');
      failing = true;
    }
    await pause(everySeconds * 1000, undefined, { signal }).catch(() => undefined);
  }
}
