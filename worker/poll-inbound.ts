import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { SmsProvider } from '../activities/providers/sms';
import { receiveText } from '../api/webhooks/receive-text';
import type { Inbound } from '../domain/messages/understand';
import type { Database } from '../prisma/database';

export interface InboundPoll {
  database: Database;
  sms: Pick<SmsProvider, 'received'>;
  log: Logger;
}

/** Lists lag behind: what was read to its end is read again for as long. */
const overlapMs = 10 * 60_000;

/**
 * Finds the texts whose webhook was lost, in the order in which they came. Answers how many there were.
 * @throws when the list could not be read to its end: then the next reading begins where this one did.
 */
export async function pollInbound({ database, sms, log }: InboundPoll): Promise<number> {
  const begun = Date.now();
  const listed = await sms.received(await lastComplete(database, begun));
  const missed = await notYetKnown(database, listed);
  for (const text of missed) {
    log.warn({ sid: text.sid, ...(await receiveText(database, text, 'poll')) }, 'a text whose webhook was lost');
  }
  await database.pool.query(
    `INSERT INTO carrier_readings (list, complete_to) VALUES ('inbound', $1)
     ON CONFLICT (list) DO UPDATE SET complete_to = greatest(carrier_readings.complete_to, excluded.complete_to)`,
    [new Date(begun)],
  );
  return missed.length;
}

/** Reads at once, then every `everyMs` (a minute), until the signal. A list that fails is said once, and read again. */
export async function runPollInbound({
  signal,
  everyMs = 60_000,
  ...parts
}: InboundPoll & { signal: AbortSignal; everyMs?: number }): Promise<void> {
  let failing = false;
  while (!signal.aborted) {
    const error = await pollInbound(parts).then(
      () => undefined,
      (error: Error) => error,
    );
    if (error && !failing) parts.log.warn({ error: error.name }, "the carrier's list of incoming texts cannot be read");
    if (!error && failing) parts.log.info("the carrier's list of incoming texts is read again");
    failing = error !== undefined;
    await pause(everyMs, undefined, { signal }).catch(() => undefined);
  }
}

/** At the very first reading nothing was missed but what came in just now. */
async function lastComplete({ pool }: Database, begun: number): Promise<Date> {
  const { rows } = await pool.query<{ at: Date }>(
    `SELECT complete_to AS at FROM carrier_readings WHERE list = 'inbound'`,
  );
  return new Date((rows[0]?.at.getTime() ?? begun) - overlapMs);
}

async function notYetKnown({ pool }: Database, listed: Inbound[]): Promise<Inbound[]> {
  const { rows } = await pool.query<{ sid: string }>('SELECT sid FROM inbound_messages WHERE sid = ANY ($1)', [
    listed.map(({ sid }) => sid),
  ]);
  const known = new Set(rows.map(({ sid }) => sid));
  return listed.filter(({ sid }) => !known.has(sid)).sort((one, other) => (one.at ?? '').localeCompare(other.at ?? ''));
}
