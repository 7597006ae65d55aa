import { z } from 'zod';
import { isOneAddress, type MailAddress } from './domain/messages/mail-address';

const port = z.coerce.number().int().min(1).max(65535);
const mailAddress = z.string().refine(isOneAddress, 'This is not one mail address.');

const proxy = z.union([
  z.ipv4(),
  z.ipv6(),
  z.union([z.cidrv4(), z.cidrv6()]).refine((subnet) => !subnet.endsWith('/0')),
  z.enum(['loopback', 'linklocal', 'uniquelocal']),
]);

const environment = z.object({
  /** One's own PostgreSQL; without it `npm start` runs one in the data folder. */
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  TEMPORAL_ADDRESS: z.string().default('127.0.0.1:7233'),
  TEMPORAL_NAMESPACE: z.string().default('aftercare'),
  TEMPORAL_TASK_QUEUE: z.string().default('aftercare'),
  /** Where people open the Temporal UI; links in answers and details point there. */
  TEMPORAL_UI_URL: z.url().default('http://127.0.0.1:8233'),
  API_HOST: z.string().default('127.0.0.1'),
  API_PORT: port.default(8080),
  /** The address under which the carrier reaches the webhooks; signatures are checked against it, never against the Host header. */
  PUBLIC_URL: z.url().optional(),
  /** Another carrier API than Twilio's own: the phone on one machine. */
  TWILIO_API_URL: z.url().optional(),
  TWILIO_ACCOUNT_SID: z.string().min(1),
  TWILIO_AUTH_TOKEN: z.string().min(1),
  /** The token before the last rotation: webhooks signed with it are still accepted. */
  TWILIO_AUTH_TOKEN_PREVIOUS: z.string().optional(),
  /** The mail server, `smtp://` or `smtps://`, with user and password if need be. It and the three below it belong together: all, or no mails. */
  SMTP_URL: z
    .url({ protocol: /^smtps?$/, hostname: /./, error: 'A mail server is smtp://host:port or smtps://host:port.' })
    .refine((url) => !url.includes('?'), 'Nothing may follow after a "?".')
    .optional(),
  MAIL_FROM: mailAddress.optional(),
  MAIL_FROM_NAME: z.string().max(100).optional(),
  /** Where a customer's answer to a mail goes: to people, since no mail is read here. */
  MAIL_REPLY_TO: mailAddress.optional(),
  /** The right side of every `Message-ID`; it must stay the same, or a mail that is sent again is not known as the same one. */
  MAIL_DOMAIN: z
    .string()
    .refine((domain) => isOneAddress(`x@${domain}`), 'This is no domain.')
    .optional(),
  /** How many proxies stand in front of the API, or which: only their word says from where a customer comes. */
  TRUST_PROXY: z
    .string()
    .transform((said) => (/^\d$/.test(said) ? Number(said) : said.split(',').map((one) => one.trim())))
    .refine(
      (said) => typeof said === 'number' || said.every((one) => proxy.safeParse(one).success),
      'Say how many proxies stand in front (0 to 9), or which: addresses, subnets, loopback, with commas between.',
    )
    .default(0),
  /** Of one API key, in one process of the API. */
  API_REQUESTS_PER_MINUTE: z.coerce.number().int().positive().default(6000),
  /** One machine, stand-ins, fast-forward. Never in production. */
  LOCAL_MODE: z.stringbool().default(false),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
});

export interface Config {
  databaseUrl: string;
  temporal: { address: string; namespace: string; taskQueue: string; uiUrl: string };
  api: { host: string; port: number; publicUrl: string; requestsPerMinute: number; trustProxy: number | string[] };
  twilio: { accountSid: string; authTokens: string[]; apiUrl?: string };
  /** Without it no mails are sent. */
  mail?: { smtpUrl: string; from: MailAddress; replyTo: MailAddress; domain: string };
  localMode: boolean;
  logLevel: string;
}

/** The tokens of the stand-ins: known to everybody, so refused wherever a real carrier is meant. */
export const localTwilio = { accountSid: `AC${'0'.repeat(32)}`, authToken: 'local-token' };

/**
 * The settings of one process, read once at its start. What is empty is not set: so a compose file writes what may be left out.
 * @throws an Error with one line per wrong setting, naming the variable and never its value.
 */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const parsed = environment.safeParse(Object.fromEntries(Object.entries(env).filter(([, value]) => value !== '')));
  if (!parsed.success) {
    const lines = parsed.error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`);
    throw new Error(`These settings are missing or wrong:\n${lines.join('\n')}`);
  }
  const set = parsed.data;
  if (!set.LOCAL_MODE && set.TWILIO_AUTH_TOKEN === localTwilio.authToken)
    throw new Error('TWILIO_AUTH_TOKEN is the one of the local stand-in; set the real one, or LOCAL_MODE=true.');
  return {
    databaseUrl: set.DATABASE_URL,
    temporal: {
      address: set.TEMPORAL_ADDRESS,
      namespace: set.TEMPORAL_NAMESPACE,
      taskQueue: set.TEMPORAL_TASK_QUEUE,
      uiUrl: set.TEMPORAL_UI_URL,
    },
    api: {
      host: set.API_HOST,
      port: set.API_PORT,
      publicUrl: set.PUBLIC_URL ?? `http://${set.API_HOST}:${set.API_PORT}`,
      requestsPerMinute: set.API_REQUESTS_PER_MINUTE,
      trustProxy: set.TRUST_PROXY,
    },
    twilio: {
      accountSid: set.TWILIO_ACCOUNT_SID,
      authTokens: [set.TWILIO_AUTH_TOKEN, ...(set.TWILIO_AUTH_TOKEN_PREVIOUS ? [set.TWILIO_AUTH_TOKEN_PREVIOUS] : [])],
      ...(set.TWILIO_API_URL && { apiUrl: set.TWILIO_API_URL }),
    },
    ...mailOf(set),
    localMode: set.LOCAL_MODE,
    logLevel: set.LOG_LEVEL,
  };
}

function mailOf(set: z.output<typeof environment>): Pick<Config, 'mail'> {
  const { SMTP_URL: smtpUrl, MAIL_FROM: from, MAIL_FROM_NAME: name, MAIL_REPLY_TO: replyTo, MAIL_DOMAIN: domain } = set;
  if (smtpUrl && from && replyTo && domain)
    return { mail: { smtpUrl, from: { address: from, ...(name && { name }) }, replyTo: { address: replyTo }, domain } };
  if (!smtpUrl && !from && !name && !replyTo && !domain) return {};
  const missing = Object.entries({ SMTP_URL: smtpUrl, MAIL_FROM: from, MAIL_REPLY_TO: replyTo, MAIL_DOMAIN: domain })
    .filter(([, value]) => value === undefined)
    .map(([variable]) => variable);
  throw new Error(
    `Mails need all of SMTP_URL, MAIL_FROM, MAIL_REPLY_TO and MAIL_DOMAIN; set ${missing.join(', ')} too.`,
  );
}
