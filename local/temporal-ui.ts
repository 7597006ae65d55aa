import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Program } from './processes';

/** The Temporal UI on the loopback address (without `host` it would listen on all of them), asking nobody outside for news. */
export function temporalUi(
  binary: string,
  address: string,
  namespace: string,
  port: number,
  dataFolder: string,
): Program {
  const folder = join(dataFolder, 'temporal-ui');
  mkdirSync(join(folder, 'config'), { recursive: true });
  const settings = {
    temporalGrpcAddress: address,
    host: '127.0.0.1',
    port,
    enableUi: true,
    defaultNamespace: namespace,
    disableNewsFetch: true,
  };
  writeFileSync(
    join(folder, 'config', 'local.yaml'),
    Object.entries(settings)
      .map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`)
      .join(''),
  );
  return {
    name: 'temporal-ui',
    command: binary,
    args: ['--root', folder, '--config', 'config', '--env', 'local', 'start'],
    cwd: folder,
    env: process.env,
  };
}
