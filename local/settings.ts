import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { z } from 'zod';
import { Trouble } from './trouble';

export const root = join(__dirname, '..');

const port = z.coerce.number().int().min(1).max(65535);

const environment = z.object({
  /** Everything that lasts: databases, logs, the demo key, run.json. */
  AFTERCARE_DATA: z.string().min(1).default('.local'),
  XDG_CACHE_HOME: z.string().min(1).default(join(homedir(), '.cache')),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .refine(
      (url) => new URL(url).pathname.length > 1,
      'it must name a database, as postgres://me:secret@host:5432/aftercare does',
    )
    .optional(),
  TEMPORAL_ADDRESS: z.string().min(1).optional(),
  TEMPORAL_UI_URL: z.url().optional(),
  TEMPORAL_NAMESPACE: z.string().min(1).default('aftercare'),
  API_PORT: port.default(8080),
  PHONE_PORT: port.default(8090),
  INBOX_PORT: port.default(8025),
  /** Of the inbox's mail server. */
  SMTP_PORT: port.default(2525),
  POSTGRES_PORT: port.default(54330),
  /** The first of nine ports in a row: what programs speak to, then the server's own. */
  TEMPORAL_PORT: port.max(65535 - 8).default(7250),
  TEMPORAL_UI_PORT: port.default(8250),
});

export interface Settings {
  dataFolder: string;
  cacheFolder: string;
  namespace: string;
  databaseUrl: string | undefined;
  temporalAddress: string | undefined;
  temporalUiUrl: string | undefined;
  ports: {
    api: number;
    phone: number;
    inbox: number;
    smtp: number;
    postgres: number;
    temporal: number;
    temporalUi: number;
  };
}

/**
 * The settings of the stack on one machine; ports on the loopback address.
 * @throws Trouble that names the first wrong variable.
 */
export function readSettings(env: NodeJS.ProcessEnv = process.env): Settings {
  const parsed = environment.safeParse(env);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Trouble(`The setting ${issue?.path.join('.')} is wrong: ${issue?.message}.`);
  }
  const set = parsed.data;
  return {
    dataFolder: isAbsolute(set.AFTERCARE_DATA) ? set.AFTERCARE_DATA : join(root, set.AFTERCARE_DATA),
    cacheFolder: join(set.XDG_CACHE_HOME, 'aftercare'),
    namespace: set.TEMPORAL_NAMESPACE,
    databaseUrl: set.DATABASE_URL,
    temporalAddress: set.TEMPORAL_ADDRESS,
    temporalUiUrl: set.TEMPORAL_UI_URL,
    ports: {
      api: set.API_PORT,
      phone: set.PHONE_PORT,
      inbox: set.INBOX_PORT,
      smtp: set.SMTP_PORT,
      postgres: set.POSTGRES_PORT,
      temporal: set.TEMPORAL_PORT,
      temporalUi: set.TEMPORAL_UI_PORT,
    },
  };
}
