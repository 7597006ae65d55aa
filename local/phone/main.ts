import { createServer } from 'node:http';
import { z } from 'zod';
import { createPhone } from './app';

const settings = z.object({
  PHONE_PORT: z.coerce.number().int().min(1).max(65535),
  PHONE_HOST: z.string().default('127.0.0.1'),
  PHONE_DATA: z.string().optional(),
  TWILIO_ACCOUNT_SID: z.string().min(1),
  TWILIO_AUTH_TOKEN: z.string().min(1),
  /** The base address of our API, as it is configured there: signatures are made for it, and customers' pages stand there. */
  API_WEBHOOKS: z.url(),
});

const parsed = settings.safeParse(process.env);
if (!parsed.success) {
  console.error(`These settings of the phone are missing or wrong:\n${z.prettifyError(parsed.error)}`);
  process.exit(1);
}
const set = parsed.data;
const site = set.API_WEBHOOKS.replace(/\/$/, '');
const server = createServer();

server.once('error', (error) => {
  console.error(`The phone cannot listen on ${set.PHONE_HOST}:${set.PHONE_PORT}: ${error.message}. Set PHONE_PORT.`);
  process.exit(1);
});

// The port comes first: a second phone beside a running one must not touch the data of the first.
server.listen(set.PHONE_PORT, set.PHONE_HOST, () => {
  const phone = createPhone({
    accountSid: set.TWILIO_ACCOUNT_SID,
    authToken: set.TWILIO_AUTH_TOKEN,
    inboundUrl: () => `${site}/v1/webhooks/twilio/inbound`,
    answerPage: `${site}/track`,
    ...(set.PHONE_DATA && { dataFolder: set.PHONE_DATA }),
  });
  server.on('request', phone.app);
  console.log(`phones: http://${set.PHONE_HOST}:${set.PHONE_PORT}`);

  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      phone.stop();
      server.close();
      server.closeAllConnections();
    });
});
