import { setTimeout as pause } from 'node:timers/promises';
import {
  Connection,
  isGrpcServiceError,
  ServiceError,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  type Client,
} from '@temporalio/client';
import type { Logger } from 'pino';
import type { MessageNews, Reply } from '../domain/messages/message';
import type { Database } from '../prisma/database';
import { storyOf, workflowIdOf } from '../workflows/ids';
import { startOptions, type Opening } from '../workflows/start-case';
import { customerReplied, messageSettled, runChanged } from '../workflows/steering';

export interface Relay {
  database: Database;
  /** On a `relayConnection`. */
  client: Client;
  taskQueue: string;
}

export interface Pass {
  handedOver: number;
  /** Temporal did not answer: what waits is tried again in half a second. */
  away: boolean;
}

/**
 * The connection for its client: made when first used, and made again within a second of Temporal's return. By itself gRPC waits
 * longer and longer, up to two minutes, before it looks again.
 */
export const relayConnection = (address: string): Connection =>
  Connection.lazy({
    address,
    channelArgs: { 'grpc.initial_reconnect_backoff_ms': 500, 'grpc.max_reconnect_backoff_ms': 1000 },
  });

/** Every call ends by then. A row is leased for longer, so that no second relay takes it up meanwhile; one that died with it gives it back so. */
const callMs = 3000;
const leaseMs = 5000;
const awayPauseMs = 500;
const idlePauseMs = 250;
const lanes = 4;

/**
 * Hands over what stands in the outbox, each case's rows in their order, until nothing is left that can be handed over now.
 * Two at once are safe, and so is one that dies: starts and known replies are welcome twice.
 * @throws what PostgreSQL throws.
 */
export async function relay(parts: Relay): Promise<Pass> {
  const pass: Pass = { handedOver: 0, away: false };
  const lane = async () => {
    for (let row = await lease(parts.database); row && !pass.away; row = await lease(parts.database)) {
      const outcome = await handOver(parts, row);
      await settle(parts.database, row, outcome);
      if (outcome.state === 'away') pass.away = true;
      if (outcome.state === 'heard' || outcome.state === 'unheard') pass.handedOver += 1;
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return pass;
}

/** Relays until the signal, whatever is away meanwhile; says once that something is, and once that it is back. */
export async function runRelay({ log, signal, ...parts }: Relay & { log: Logger; signal: AbortSignal }): Promise<void> {
  let trouble: string | undefined;
  while (!signal.aborted) {
    const { handedOver, failed } = await relay(parts).then(
      ({ handedOver, away }) => ({ handedOver, failed: away ? 'Temporal' : undefined }),
      () => ({ handedOver: 0, failed: 'PostgreSQL' }),
    );
    if (failed && failed !== trouble)
      log.warn(`${failed} does not answer: what is meant for the stories waits in the outbox`);
    if (!failed && handedOver && trouble) log.info(`${trouble} is back: the outbox is handed over`);
    trouble = failed ?? (handedOver ? undefined : trouble);
    await pause(failed ? awayPauseMs : idlePauseMs, undefined, { signal }).catch(() => undefined);
  }
}

type Row = {
  id: string;
  tries: number;
  caseNumber: string;
  /** The case has ended: nobody hears news any more. */
  closed: boolean;
} & (
  | { kind: 'start'; payload: Opening }
  | { kind: 'run-changed' }
  | { kind: 'reply'; payload: Reply }
  | { kind: 'settled'; payload: MessageNews }
);

type Outcome = { state: 'heard' | 'unheard' } | { state: 'away' | 'later'; error: Error };

async function lease({ pool }: Database): Promise<Row | undefined> {
  const { rows } = await pool.query<Row>(
    `WITH next AS (
       SELECT o.id FROM outbox o
       WHERE o.done_at IS NULL AND o.next_try_at <= now()
         AND NOT EXISTS (SELECT FROM outbox e WHERE e.case_number = o.case_number AND e.id < o.id AND e.done_at IS NULL)
       ORDER BY o.next_try_at, o.id LIMIT 1 FOR UPDATE OF o SKIP LOCKED
     )
     UPDATE outbox o SET tries = o.tries + 1, next_try_at = now() + $1 * interval '1 millisecond'
     FROM next, cases c WHERE o.id = next.id AND c.case_number = o.case_number
     RETURNING o.id, o.tries, o.kind, o.payload, o.case_number AS "caseNumber", c.ending IS NOT NULL AS closed`,
    [leaseMs],
  );
  return rows[0];
}

async function handOver({ client, taskQueue }: Relay, row: Row): Promise<Outcome> {
  if (row.closed && (row.kind === 'reply' || row.kind === 'settled')) return { state: 'unheard' };
  try {
    await client.withDeadline(Date.now() + callMs, () => tell(client, taskQueue, row));
    return { state: 'heard' };
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return { state: 'heard' };
    if (error instanceof WorkflowNotFoundError && row.closed) return { state: 'unheard' };
    if (!(error instanceof Error)) throw error;
    return { state: isAway(error) ? 'away' : 'later', error };
  }
}

async function tell(client: Client, taskQueue: string, row: Row): Promise<void> {
  const story = client.workflow.getHandle(workflowIdOf(row.caseNumber));
  switch (row.kind) {
    case 'start':
      await client.workflow.start(storyOf[row.payload.kind], startOptions(row.caseNumber, row.payload, taskQueue));
      return;
    case 'reply':
      return story.signal(customerReplied, row.payload);
    case 'settled':
      return story.signal(messageSettled, row.payload);
    case 'run-changed':
      return story.signal(runChanged);
  }
}

/** CANCELLED, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, UNAVAILABLE: nothing is wrong with the row. */
function isAway(error: Error): boolean {
  const cause = error instanceof ServiceError ? error.cause : error;
  return isGrpcServiceError(cause) && [1, 4, 8, 14].includes(cause.code);
}

/** A case that is not there although it should be is tried again after 1, 2, 4, … 30 s, and what comes after it waits. */
async function settle({ pool }: Database, row: Row, outcome: Outcome): Promise<void> {
  if (outcome.state === 'away' || outcome.state === 'later') {
    const delayMs = outcome.state === 'away' ? awayPauseMs : Math.min(2 ** (row.tries - 1), 30) * 1000;
    await pool.query(
      `UPDATE outbox SET next_try_at = now() + $2 * interval '1 millisecond', last_error = $3 WHERE id = $1`,
      [row.id, delayMs, `${outcome.error.name}: ${outcome.error.message}`.slice(0, 200)],
    );
    return;
  }
  await pool.query('UPDATE outbox SET done_at = now(), last_error = NULL WHERE id = $1', [row.id]);
  if (outcome.state === 'unheard' && row.kind === 'reply')
    await pool.query('SELECT desk_reads_reply($1, $2)', [row.payload.replyId, row.caseNumber]);
}
