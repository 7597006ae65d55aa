import { createServer } from 'node:http';
import { z } from 'zod';
import { createInbox } from './app';

const port = z.coerce.number().int().min(1).max(65535);

const settings = z.object({
  /** Of the page and the API for scripts. */
  INBOX_PORT: port,
  INBOX_HOST: z.string().default('127.0.0.1'),
  INBOX_DATA: z.string().optional(),
  /** Of the mail server. */
  SMTP_PORT: port,
});

const parsed = settings.safeParse(process.env);
if (!parsed.success) {
  console.error(`These settings of the inbox are missing or wrong:\n${z.prettifyError(parsed.error)}`);
  process.exit(1);
}
const { INBOX_HOST: host, INBOX_PORT: pagePort, SMTP_PORT: smtpPort, INBOX_DATA: dataFolder } = parsed.data;
const server = createServer();

function cannotListen(at: number, variable: string) {
  return (error: Error): never => {
    console.error(`The inbox cannot listen on ${host}:${at}: ${error.message}. Set ${variable}.`);
    process.exit(1);
  };
}
server.once('error', cannotListen(pagePort, 'INBOX_PORT'));

// The port comes first: a second inbox beside a running one must not touch the data of the first.
server.listen(pagePort, host, () => {
  const inbox = createInbox({ ...(dataFolder && { dataFolder }) });
  inbox.smtp.server.once('error', cannotListen(smtpPort, 'SMTP_PORT'));
  inbox.smtp.listen(smtpPort, host, () => {
    server.on('request', inbox.app);
    console.log(`inbox: http://${host}:${pagePort}, mail server: smtp://${host}:${smtpPort}`);
  });

  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      void inbox.stop();
      server.close();
      server.closeAllConnections();
    });
});
