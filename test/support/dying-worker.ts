import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import { createActivities } from '../../activities';
import { createSms } from '../../activities/providers/sms';
import { openDatabase } from '../../prisma/database';
import { createWorker } from '../../worker/create-worker';

/** Where the process stops, for each customer's number, and waits for its end. */
export type StopAt = 'before-the-carrier' | 'after-the-carrier' | 'after-the-ledger';

/** What a test tells the worker that it will kill. */
export interface Orders {
  databaseUrl: string;
  apiUrl: string;
  publicUrl: string;
  accountSid: string;
  authToken: string;
  address: string;
  namespace: string;
  taskQueue: string;
  stories: string;
}

const orders = JSON.parse(process.argv[2] ?? '') as Orders;
Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] });
const stops = new Map<string, StopAt>();
process.on('message', ([number, stopAt]: [string, StopAt]) => stops.set(number, stopAt));

/** Says so, and goes no further. */
function here(number: string): Promise<never> {
  process.send?.(number);
  return new Promise(() => undefined);
}

async function main(): Promise<void> {
  const database = openDatabase(orders.databaseUrl);
  const carrier = createSms(orders);
  const activities = createActivities({
    database,
    publicUrl: orders.publicUrl,
    sms: {
      ...carrier,
      async submit(text) {
        if (stops.get(text.to) === 'before-the-carrier') return here(text.to);
        const submission = await carrier.submit(text);
        return stops.get(text.to) === 'after-the-carrier' ? here(text.to) : submission;
      },
    },
  });
  const { sendMessage } = activities;
  const connection = await NativeConnection.connect({ address: orders.address });
  const worker = await createWorker({
    connection,
    namespace: orders.namespace,
    taskQueue: orders.taskQueue,
    workflowBundle: { codePath: orders.stories },
    activities: {
      ...activities,
      async sendMessage(message) {
        const result = await sendMessage(message);
        const { rows } = await database.pool.query<{ recipient: string }>(
          'SELECT recipient FROM messages WHERE key = $1',
          [message.key],
        );
        const number = rows[0]?.recipient ?? '';
        return stops.get(number) === 'after-the-ledger' ? here(number) : result;
      },
    },
  });
  process.send?.('ready');
  await worker.run();
}

void main();
