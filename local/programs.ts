import { spawn } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { localTwilio } from '../config';
import { answersAt, keepRunning } from './keeper';
import { logOf, type Program } from './processes';
import { root, type Settings } from './settings';
import type { Site } from './site';

/** Our own programs, in the order in which they stop. */
export const ownPrograms = ['api', 'worker', 'phone', 'inbox'];

export const apiUrl = ({ ports }: Settings): string => `http://127.0.0.1:${ports.api}`;
export const phoneUrl = ({ ports }: Settings): string => `http://127.0.0.1:${ports.phone}`;

export const inboxUrl = ({ ports }: Settings): string => `http://127.0.0.1:${ports.inbox}`;

/** What config.ts reads: the product on one machine, with the phone as its carrier and the inbox as its mail server unless real ones are named. */
export function environmentFor(settings: Settings, databaseUrl: string): NodeJS.ProcessEnv {
  const { ports, namespace, temporalAddress, temporalUiUrl, dataFolder } = settings;
  const publicUrl = process.env.PUBLIC_URL ?? apiUrl(settings);
  const carrier = process.env.TWILIO_AUTH_TOKEN
    ? {}
    : {
        TWILIO_ACCOUNT_SID: localTwilio.accountSid,
        TWILIO_AUTH_TOKEN: localTwilio.authToken,
        TWILIO_API_URL: phoneUrl(settings),
      };
  const mail = process.env.SMTP_URL ? {} : { ...localMail, SMTP_URL: `smtp://127.0.0.1:${ports.smtp}` };
  return {
    ...process.env,
    ...carrier,
    ...mail,
    PUBLIC_URL: publicUrl,
    DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: temporalAddress ?? `127.0.0.1:${ports.temporal}`,
    TEMPORAL_NAMESPACE: namespace,
    TEMPORAL_UI_URL: temporalUiUrl ?? `http://127.0.0.1:${ports.temporalUi}`,
    API_HOST: '127.0.0.1',
    API_PORT: String(ports.api),
    PHONE_PORT: String(ports.phone),
    PHONE_DATA: join(dataFolder, 'phone'),
    INBOX_PORT: String(ports.inbox),
    INBOX_DATA: join(dataFolder, 'inbox'),
    SMTP_PORT: String(ports.smtp),
    API_WEBHOOKS: publicUrl,
    LOCAL_MODE: 'true',
  };
}

/** Nobody's addresses: the inbox takes mails for all, and whoever answers reaches no one. */
const localMail = {
  MAIL_FROM: 'service@anxin.example',
  MAIL_FROM_NAME: '安心服务 Anxin Service',
  MAIL_REPLY_TO: 'desk@anxin.example',
  MAIL_DOMAIN: 'anxin.example',
};

/** Applies the migrations in a process of its own: their engine holds on to what it loaded. */
export const migration =
  (stopping: AbortSignal) =>
  async (databaseUrl: string): Promise<void> => {
    const child = spawn(process.execPath, [...typescript, 'prisma/migrate.ts', 'apply'], {
      cwd: root,
      env: { ...process.env, DATABASE_URL: databaseUrl },
      stdio: ['ignore', 'pipe', 'pipe'],
      signal: stopping,
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
    if (code !== 0) throw new Error(`The migrations could not be applied:\n${output.trim()}`);
  };

export const runPhone = (site: Site, env: NodeJS.ProcessEnv): Promise<void> =>
  keepRunning(site, program('phone', 'local/phone/main.ts', env), answersAt(`${phoneUrl(site.settings)}/phones`));

export const runInbox = (site: Site, env: NodeJS.ProcessEnv): Promise<void> =>
  keepRunning(site, program('inbox', 'local/inbox/main.ts', env), answersAt(`${inboxUrl(site.settings)}/inboxes`));

export const runApi = (site: Site, env: NodeJS.ProcessEnv): Promise<void> =>
  keepRunning(site, program('api', 'api/main.ts', env), answersAt(`${apiUrl(site.settings)}/readyz`));

/** The worker listens on no port: it says in its log that it is ready. */
export function runWorker(site: Site, env: NodeJS.ProcessEnv): Promise<void> {
  const log = logOf(site.settings.dataFolder, 'worker');
  const before = existsSync(log) ? statSync(log).size : 0;
  const saysSo = () => {
    const written = existsSync(log) ? readFileSync(log) : Buffer.alloc(0);
    return Promise.resolve(written.subarray(written.length < before ? 0 : before).includes('worker ready'));
  };
  return keepRunning(site, program('worker', 'worker/main.ts', env), saysSo);
}

const typescript = ['--import', 'tsx'];

const program = (name: string, script: string, env: NodeJS.ProcessEnv): Program => ({
  name,
  command: process.execPath,
  args: [...typescript, script],
  env,
  cwd: root,
});
