import { z } from 'zod';

const port = z.coerce.number().int().min(1).max(65535);

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
  /** Of one API key, in one process of the API. */
  API_REQUESTS_PER_MINUTE: z.coerce.number().int().positive().default(6000),
  /** One machine, stand-ins, fast-forward. Never in production. */
  LOCAL_MODE: z.stringbool().default(false),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
});

export interface Config {
  databaseUrl: string;
  temporal: { address: string; namespace: string; taskQueue: string; uiUrl: string };
  api: { host: string; port: number; publicUrl: string; requestsPerMinute: number };
  twilio: { accountSid: string; authTokens: string[]; apiUrl?: string };
  localMode: boolean;
  logLevel: string;
}

/** The tokens of the stand-ins: known to everybody, so refused wherever a real carrier is meant. */
export const localTwilio = { accountSid: `AC${'0'.repeat(32)}`, authToken: 'local-token' };

/**
 * The settings of one process, read once at its start.
 * @throws an Error with one line per wrong setting, naming the variable.
 */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const parsed = environment.safeParse(env);
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
    },
    twilio: {
      accountSid: set.TWILIO_ACCOUNT_SID,
      authTokens: [set.TWILIO_AUTH_TOKEN, ...(set.TWILIO_AUTH_TOKEN_PREVIOUS ? [set.TWILIO_AUTH_TOKEN_PREVIOUS] : [])],
      ...(set.TWILIO_API_URL && { apiUrl: set.TWILIO_API_URL }),
    },
    localMode: set.LOCAL_MODE,
    logLevel: set.LOG_LEVEL,
  };
}
