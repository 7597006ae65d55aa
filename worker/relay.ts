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
import type { Database } from '../prisma/database';
import { storyOf, workflowIdOf } from '../workflows/ids';
import { startOptions } from '../workflows/start-case';
import { customerOptedIn, customerOptedOut, customerReplied, messageSettled, runChanged } from '../workflows/steering';
import { awayPauseMs, lease, settle, somethingWaits, type Outcome, type Row } from './outbox';

export interface Relay {
  database: Database;
  /** On a `relayConnection`. */
  client: Client;
  taskQueue: string;
  log?: Logger;
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

/** Every call ends by then: before its row may be taken up by another relay. */
const callMs = 3000;
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
    while (!pass.away) {
      const row = await lease(parts.database);
      if (!row) return;
      const outcome = await handOver(parts, row);
      await settle(parts.database, row, outcome);
      if (outcome.state === 'away') pass.away = true;
      else if (outcome.state !== 'later') pass.handedOver += 1;
      else parts.log?.warn({ ...placeOf(row), error: outcome.error.name }, 'this cannot be handed to its story yet');
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return pass;
}

/** Relays until the signal, whatever is away meanwhile; says once that something is, and once that it is back. */
export async function runRelay({ signal, ...parts }: Relay & { log: Logger; signal: AbortSignal }): Promise<void> {
  let trouble: string | undefined;
  while (!signal.aborted) {
    const now = await troubleOf(parts, trouble).catch(() => 'PostgreSQL');
    if (now && now !== trouble) parts.log.warn(`${now} does not answer: what is meant for the stories waits`);
    if (!now && trouble) parts.log.info(`${trouble} is back: what waited for it was handed over`);
    trouble = now;
    await pause(trouble ? awayPauseMs : idlePauseMs, undefined, { signal }).catch(() => undefined);
  }
}

/** One pass. What was away is back once something was handed over, by this relay or by another. */
async function troubleOf(parts: Relay, before: string | undefined): Promise<string | undefined> {
  const { handedOver, away } = await relay(parts);
  if (away) return 'Temporal';
  return before && !handedOver && (await somethingWaits(parts.database)) ? before : undefined;
}

async function handOver({ client, taskQueue }: Relay, row: Row): Promise<Outcome> {
  if (row.closed && row.kind !== 'start' && row.kind !== 'run-changed') return { state: 'unheard' };
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
    case 'start': {
      const { kind, previousRun } = row.payload;
      const run = await client.workflow.start(storyOf[kind], startOptions(row.caseNumber, row.payload, taskQueue));
      if (run.firstExecutionRunId === previousRun) throw new Error('The opening before is still on its last step.');
      return;
    }
    case 'reply':
      return story.signal(customerReplied, row.payload);
    case 'settled':
      return story.signal(messageSettled, row.payload);
    case 'opted-out':
      return story.signal(customerOptedOut, row.payload);
    case 'opted-in':
      return story.signal(customerOptedIn, row.payload);
    case 'run-changed':
      return story.signal(runChanged);
  }
}

/** CANCELLED, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, UNAVAILABLE: nothing is wrong with the row. */
function isAway(error: Error): boolean {
  const cause = error instanceof ServiceError ? error.cause : error;
  return isGrpcServiceError(cause) && [1, 4, 8, 14].includes(cause.code);
}

const placeOf = ({ id, caseNumber, kind, tries }: Row) => ({ outbox: id, caseNumber, kind, tries });
