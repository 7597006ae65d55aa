import { Worker, type NativeConnection, type WorkflowBundleOption } from '@temporalio/worker';
import type { CaseActivities } from '../activities';

export interface WorkerParts {
  connection: NativeConnection;
  namespace: string;
  taskQueue: string;
  activities: CaseActivities;
  /** Made beforehand, where several workers share it; without it the stories are bundled here. */
  workflowBundle?: WorkflowBundleOption;
}

/** Cases wait for days: many are kept in memory, so that news finds them awake (38 KiB each, docs/decisions/0001). */
const casesInMemory = 2000;

/** A worker that plays the stories of all kinds of case. It ends within its grace time: what it does not finish, another does. */
export function createWorker({ workflowBundle, ...parts }: WorkerParts): Promise<Worker> {
  return Worker.create({
    ...parts,
    ...(workflowBundle ? { workflowBundle } : { workflowsPath: require.resolve('../workflows') }),
    maxCachedWorkflows: casesInMemory,
    shutdownGraceTime: '5 seconds',
  });
}
