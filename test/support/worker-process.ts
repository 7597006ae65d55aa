import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import { createActivities } from '../../activities';
import { createSms } from '../../activities/providers/sms';
import { openDatabase } from '../../prisma/database';
import { createWorker } from '../../worker/create-worker';

/** What a test tells a worker that it may kill. */
export interface WorkerOrders {
  databaseUrl: string;
  address: string;
  namespace: string;
  taskQueue: string;
  codePath: string;
  publicUrl: string;
  carrier: { accountSid: string; authToken: string; apiUrl: string };
}

async function work({ databaseUrl, address, publicUrl, codePath, carrier, ...place }: WorkerOrders): Promise<void> {
  Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] });
  const activities = createActivities({ database: openDatabase(databaseUrl), sms: createSms(carrier), publicUrl });
  const connection = await NativeConnection.connect({ address });
  const worker = await createWorker({ ...place, connection, activities, workflowBundle: { codePath } });
  process.stdout.write('ready');
  await worker.run();
}

void work(JSON.parse(process.argv[2] ?? '') as WorkerOrders);
