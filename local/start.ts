import { setTimeout as pause } from 'node:timers/promises';
import { join, relative } from 'node:path';
import { seed } from '../prisma/seed';
import { demoKey } from './demo-key';
import { takeLock } from './lock';
import { refuseTakenPorts, temporalClaims } from './ports';
import { endLeftover } from './processes';
import {
  apiUrl,
  environmentFor,
  inboxUrl,
  migration,
  ownPrograms,
  phoneUrl,
  runApi,
  runInbox,
  runPhone,
  runWorker,
} from './programs';
import { readRun, removeRun, writeRun, type Run } from './run-file';
import { readSettings, type Settings } from './settings';
import type { Site } from './site';
import { bringUp, takeDown } from './stack';
import { show, Trouble } from './trouble';
import { wishToStop } from './wish-to-stop';

/** `npm start`: the whole product on one machine, until it is told to stop. */
async function start(): Promise<void> {
  const stop = wishToStop();
  const site: Site = { settings: readSettings(), say: console.log, stopping: stop.signal };
  const { dataFolder } = site.settings;
  const release = await onlyOneIn(dataFolder, stop.signal);
  try {
    const run = await everythingUp(site);
    writeRun(dataFolder, run);
    console.log(table(run, dataFolder));
    await new Promise((resolve) => stop.signal.addEventListener('abort', resolve));
  } catch (error) {
    if (!stop.signal.aborted) {
      show(error);
      process.exitCode = 1;
    }
  } finally {
    if (stop.signal.aborted) console.log('Stopping everything; open cases continue with the next start.');
    stop.abort();
    removeRun(dataFolder);
    await takeDown(site, ownPrograms);
    release();
  }
}

/**
 * Waits until a start before this one is gone, or has come up. The first build of the server takes minutes.
 * @throws Trouble when the other one is running, or says nothing for too long, or when this one is told to stop meanwhile.
 */
async function onlyOneIn(dataFolder: string, stopping: AbortSignal): Promise<() => void> {
  const giveUpAt = Date.now() + otherStartTakesAtMostMs;
  for (let told = false; ; told = true) {
    const { release, holder } = takeLock(join(dataFolder, 'start.lock'));
    if (release) return release;
    const run = readRun(dataFolder);
    if (run)
      throw new Trouble(
        `aftercare is already running here (process ${holder.pid}), its API at ${run.api}: use that one, or set AFTERCARE_DATA and the ports for a second.`,
      );
    if (!told)
      console.log(`Another start (process ${holder.pid}) is coming up or going down in ${dataFolder}; waiting for it.`);
    if (Date.now() > giveUpAt)
      throw new Trouble(
        `Process ${holder.pid} holds ${dataFolder}, but does not say where it runs: end it, then start again.`,
      );
    await pause(200, undefined, { signal: stopping }).catch(() => {
      throw new Trouble('Stopped while waiting for the other start.');
    });
  }
}

const otherStartTakesAtMostMs = 20 * 60_000;

async function everythingUp(site: Site): Promise<Run> {
  const { settings } = site;
  await clearTheWay(settings);
  const prepare = async (databaseUrl: string) => {
    await seed(databaseUrl);
    const env = environmentFor(settings, databaseUrl);
    await Promise.all([runPhone(site, env), runInbox(site, env), runApi(site, env)]);
  };
  const { databaseUrl, temporal } = await bringUp(site, {
    ui: true,
    fresh: false,
    migrate: migration(site.stopping),
    prepare,
  });
  await runWorker(site, environmentFor(settings, databaseUrl));
  return {
    api: apiUrl(settings),
    docs: `${apiUrl(settings)}/docs`,
    temporalUi: temporal.uiUrl,
    temporalAddress: temporal.address,
    namespace: settings.namespace,
    phone: phoneUrl(settings),
    inbox: inboxUrl(settings),
    apiKey: await demoKey(settings.dataFolder, databaseUrl),
    databaseUrl,
  };
}

/** What a killed start left running is ended; what others run on our ports is named before anything is started. */
async function clearTheWay({ dataFolder, ports, temporalAddress, temporalUiUrl }: Settings): Promise<void> {
  removeRun(dataFolder);
  await Promise.all([...ownPrograms, 'temporal-ui', 'temporal'].map((name) => endLeftover(dataFolder, name)));
  await refuseTakenPorts([
    { port: ports.api, purpose: 'the API', variable: 'API_PORT' },
    { port: ports.phone, purpose: 'the phones', variable: 'PHONE_PORT' },
    { port: ports.inbox, purpose: 'the inbox', variable: 'INBOX_PORT' },
    { port: ports.smtp, purpose: "the inbox's mail server", variable: 'SMTP_PORT' },
    ...(temporalAddress ? [] : temporalClaims(ports.temporal)),
    ...(temporalUiUrl ? [] : [{ port: ports.temporalUi, purpose: 'the Temporal UI', variable: 'TEMPORAL_UI_PORT' }]),
  ]);
}

const table = (run: Run, dataFolder: string) => `
aftercare is ready, ${process.uptime().toFixed(1)} s after it was asked for.

  API            ${run.api}
  Documentation  ${run.docs}
  Temporal UI    ${run.temporalUi}
  Phones         ${run.phone}  the texts that customers got, and their answers
  Inbox          ${run.inbox}  the mails that customers got
  Demo API key   ${run.apiKey}

Ctrl-C stops everything. Logs are in ${relative('', join(dataFolder, 'logs'))}.`;

void start()
  .catch((error) => {
    show(error);
    process.exitCode = 1;
  })
  .then(() => process.exit());
