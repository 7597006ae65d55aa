import {
  Client,
  Connection,
  isGrpcServiceError,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import type { UpdateDefinition } from '@temporalio/common';
import { setTimeout as pause } from 'node:timers/promises';
import { isNativeError } from 'node:util/types';
import type { Refusal } from '../domain/refusal';
import { workflowIdOf, storyOf } from '../workflows/ids';
import { startOptions, type Opening } from '../workflows/start-case';
import type { Answer } from '../workflows/steering';
import { isRefusalCode } from './errors';
import { outcomeUnknown, refused } from './problem';

/** One request to a case: closed values only, the rest stands in its entry. */
export interface CaseRequest<Said> {
  caseNumber: string;
  update: UpdateDefinition<Answer, [Said]>;
  said: Said;
  updateId: string;
  /** Read only if the case has to be started first. */
  opening(): Promise<Opening>;
}

/** The one way from the API to the running cases. */
export interface CaseClient {
  /** Starts a case, within a second or not at all: then the relay does. @returns whether it runs now. */
  tryStart(caseNumber: string, opening: Opening): Promise<boolean>;
  /**
   * Asks a running case; answers once the whole effect stands in PostgreSQL.
   * @throws Problem: the refusal of a rule (409), or outcome-unknown (503) when nobody answered within 5 seconds.
   */
  ask<Said>(request: CaseRequest<Said>): Promise<void>;
  isReachable(): Promise<boolean>;
  /** For what only a machine with stand-ins does (local/). */
  client: Client;
  close(): Promise<void>;
}

export interface TemporalPlace {
  address: string;
  namespace: string;
  taskQueue: string;
}

const answerWithinMs = 5000;
const startWithinMs = 1000;

/** `FAILED_PRECONDITION`: another event came while a case was closing; the next attempt finds it in order. */
const unhandledCommand = 9;
/** Cancelled, deadline exceeded, resource exhausted, unavailable. */
const nobodyAnswered = [1, 4, 8, 14];

/** By itself gRPC looks ever less often, up to two minutes apart, whether Temporal is back. */
const backWithinASecond = { 'grpc.initial_reconnect_backoff_ms': 500, 'grpc.max_reconnect_backoff_ms': 1000 };

/** Connects when it is first used, so that the door opens while Temporal is away. */
export function createCaseClient({ address, namespace, taskQueue }: TemporalPlace): CaseClient {
  const connection = Connection.lazy({ address, channelArgs: backWithinASecond });
  const client = new Client({ connection, namespace });

  const start = (caseNumber: string, opening: Opening) =>
    client.workflow.start(storyOf[opening.kind], startOptions(caseNumber, opening, taskQueue));

  async function askUntil<Said>(deadline: number, request: CaseRequest<Said>): Promise<void> {
    const { caseNumber, update, said, updateId } = request;
    try {
      const handle = client.workflow.getHandle(workflowIdOf(caseNumber));
      await connection.withDeadline(deadline, () => handle.executeUpdate(update, { args: [said], updateId }));
    } catch (error) {
      const again = error instanceof WorkflowNotFoundError || codeOf(error) === unhandledCommand;
      if (!again) throw error;
      if (Date.now() >= deadline - 100) throw outcomeUnknown();
      if (error instanceof WorkflowNotFoundError)
        await connection.withDeadline(deadline, async () => start(caseNumber, await request.opening()));
      await pause(50);
      await askUntil(deadline, request);
    }
  }

  return {
    client,
    async tryStart(caseNumber, opening) {
      try {
        await connection.withDeadline(Date.now() + startWithinMs, () => start(caseNumber, opening));
        return true;
      } catch (error) {
        return error instanceof WorkflowExecutionAlreadyStartedError;
      }
    },
    async ask(request) {
      try {
        await askUntil(Date.now() + answerWithinMs, request);
      } catch (error) {
        throw asProblem(error);
      }
    },
    async isReachable() {
      try {
        await connection.withDeadline(Date.now() + startWithinMs, () => connection.workflowService.getSystemInfo({}));
        return true;
      } catch {
        return false;
      }
    },
    close: () => connection.close(),
  };
}

/** Only known codes are refusals: a bug in a validator arrives in the same clothes, as `TypeError`. */
function asProblem(error: unknown): unknown {
  if (error instanceof WorkflowUpdateFailedError) {
    const { type, message, details } = error.cause as { type?: string; message: string; details?: unknown[] };
    if (!type || !isRefusalCode(type)) return error;
    return refused({ code: type, message, ...(details?.[0] as Partial<Refusal> | undefined) });
  }
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return outcomeUnknown();
  // The ledger says open, the engine says over: the step that closes the case is on its way.
  if (error instanceof WorkflowExecutionAlreadyStartedError) return outcomeUnknown();
  return nobodyAnswered.includes(codeOf(error) ?? -1) ? outcomeUnknown() : error;
}

function codeOf(error: unknown): number | undefined {
  for (let cause = error; isNativeError(cause); cause = cause.cause) if (isGrpcServiceError(cause)) return cause.code;
  return undefined;
}
