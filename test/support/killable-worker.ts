import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { accountSid, authToken } from '../local/phone-fixture';
import type { Company } from './company';
import type { WorkerOrders } from './worker-process';

/** The company's only worker, in a process of its own, which no longer finishes anything once it is killed. */
export async function killableWorker(company: Company, databaseUrl = company.directUrl) {
  await company.stopWorkers();
  const orders: WorkerOrders = {
    databaseUrl,
    address: process.env.TEMPORAL_ADDRESS ?? '127.0.0.1:7233',
    namespace: company.namespace,
    taskQueue: company.taskQueue,
    codePath: process.env.STORIES ?? '',
    publicUrl: company.url,
    carrier: { accountSid, authToken, apiUrl: company.phone.url },
  };
  const worker = spawn(
    process.execPath,
    ['--import', 'tsx', join(__dirname, 'worker-process.ts'), JSON.stringify(orders)],
    { cwd: join(__dirname, '../..'), stdio: ['ignore', 'pipe', 'inherit'] },
  );
  await once(worker.stdout, 'data');
  return {
    async kill(): Promise<void> {
      if (worker.exitCode !== null || worker.signalCode !== null) return;
      const gone = once(worker, 'exit');
      worker.kill('SIGKILL');
      await gone;
    },
  };
}
