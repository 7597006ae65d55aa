import { createSms } from '../../activities/providers/sms';
import { messageSender } from '../../activities/send-message';
import type { Message } from '../../domain/messages/message';
import { openDatabase } from '../../prisma/database';

/** What a test tells the process that it will kill. */
export interface Orders {
  databaseUrl: string;
  apiUrl: string;
  publicUrl: string;
  accountSid: string;
  authToken: string;
  message: Message;
  /** Where it stops and waits for its end. */
  stopAt: 'before-the-carrier' | 'after-the-carrier';
}

const orders = JSON.parse(process.argv[2] ?? '') as Orders;
const carrier = createSms(orders);
const forEver = () => new Promise<never>(() => setInterval(() => undefined, 1000));

const { sendMessage } = messageSender({
  database: openDatabase(orders.databaseUrl),
  publicUrl: orders.publicUrl,
  sms: {
    async submit(text) {
      if (orders.stopAt === 'after-the-carrier') await carrier.submit(text);
      process.stdout.write('here');
      return forEver();
    },
  },
});
void sendMessage(orders.message);
