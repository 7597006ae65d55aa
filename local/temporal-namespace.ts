import { setTimeout as pause } from 'node:timers/promises';
import { Connection, isGrpcServiceError } from '@temporalio/client';
import { encodeSearchAttributeIndexedValueType } from '@temporalio/common/lib/search-attributes';
import { msToTs } from '@temporalio/common/lib/time';
import { searchAttributes } from '../workflows/search-attributes';
import { Trouble } from './trouble';

/** All of them from the first case on: adding one later breaks the replay of cases that run. */
const wanted = Object.values(searchAttributes);

/** How long a closed case can still be looked at in the Temporal UI; its ledger stays. */
const retentionDays = 30;

const { INVALID_ARGUMENT, NOT_FOUND, ALREADY_EXISTS } = { INVALID_ARGUMENT: 3, NOT_FOUND: 5, ALREADY_EXISTS: 6 };

/** Whether the server answers; a second of patience. */
export async function temporalAnswers(address: string): Promise<boolean> {
  const connection = Connection.lazy({ address });
  try {
    await connection.withDeadline(Date.now() + 1000, () => connection.workflowService.getSystemInfo({}));
    return true;
  } catch {
    return false;
  } finally {
    await connection.close();
  }
}

/**
 * Makes the namespace and its search attributes where they are missing, and returns once they can be used.
 * @throws Trouble when the server does not answer.
 */
export async function ensureNamespace(address: string, namespace: string, stopping: AbortSignal): Promise<void> {
  const connection = Connection.lazy({ address });
  try {
    const work = async () => {
      await register(connection, namespace);
      await addMissingAttributes(connection, namespace);
      while (!(await isUsable(connection, namespace))) await pause(100, undefined, { signal: stopping });
    };
    await connection.withDeadline(Date.now() + 60_000, work);
  } catch (error) {
    if (!isGrpcServiceError(error)) throw error;
    throw new Trouble(
      `The Temporal server at ${address} does not give us the namespace ${namespace} (${error.details}): start it, or correct TEMPORAL_ADDRESS and TEMPORAL_NAMESPACE.`,
    );
  } finally {
    await connection.close();
  }
}

async function register(connection: Connection, namespace: string): Promise<void> {
  const { workflowService } = connection;
  try {
    await workflowService.describeNamespace({ namespace });
  } catch (error) {
    if (codeOf(error) !== NOT_FOUND) throw error;
    await workflowService
      .registerNamespace({ namespace, workflowExecutionRetentionPeriod: msToTs(`${retentionDays} days`) })
      .catch(unless(ALREADY_EXISTS));
  }
}

async function addMissingAttributes(connection: Connection, namespace: string): Promise<void> {
  const { operatorService } = connection;
  for (;;) {
    try {
      const { customAttributes } = await operatorService.listSearchAttributes({ namespace });
      const missing = wanted.filter(({ name }) => !(name in (customAttributes ?? {})));
      if (missing.length === 0) return;
      await operatorService
        .addSearchAttributes({
          namespace,
          searchAttributes: Object.fromEntries(
            missing.map(({ name, type }) => [name, encodeSearchAttributeIndexedValueType(type)!]),
          ),
        })
        .catch(unless(ALREADY_EXISTS));
      return;
    } catch (error) {
      // The server keeps namespaces in a cache: one that was just made is not found for a moment.
      if (codeOf(error) !== NOT_FOUND) throw error;
      await pause(100);
    }
  }
}

/** A question that names every search attribute is only answered when the server has taken them in. */
async function isUsable(connection: Connection, namespace: string): Promise<boolean> {
  const query = wanted.map(({ name }) => `${name} IS NULL`).join(' AND ');
  try {
    await connection.workflowService.listWorkflowExecutions({ namespace, query, pageSize: 1 });
    return true;
  } catch (error) {
    if (codeOf(error) === NOT_FOUND || codeOf(error) === INVALID_ARGUMENT) return false;
    throw error;
  }
}

const codeOf = (error: unknown): number | undefined => (isGrpcServiceError(error) ? error.code : undefined);

const unless = (code: number) => (error: unknown) => {
  if (codeOf(error) !== code) throw error;
};
