import { spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { Trouble } from './trouble';

export interface Claim {
  port: number;
  purpose: string;
  variable: string;
}

/** The server takes a row of ports from its first on; the environment variables are those of its built-in configuration. */
export const temporalPorts = (first: number): Record<string, number> => ({
  FRONTEND_GRPC_PORT: first,
  HISTORY_GRPC_PORT: first + 1,
  MATCHING_GRPC_PORT: first + 2,
  WORKER_GRPC_PORT: first + 3,
  FRONTEND_HTTP_PORT: first + 4,
  FRONTEND_MEMBERSHIP_PORT: first + 5,
  HISTORY_MEMBERSHIP_PORT: first + 6,
  MATCHING_MEMBERSHIP_PORT: first + 7,
  WORKER_MEMBERSHIP_PORT: first + 8,
});

export const temporalClaims = (first: number): Claim[] =>
  Object.values(temporalPorts(first)).map((port) => ({
    port,
    purpose: 'the Temporal server',
    variable: 'TEMPORAL_PORT (the first of nine ports in a row)',
  }));

/** @throws Trouble naming the first port that is taken or meant for two, and the variable that moves it. */
export async function refuseTakenPorts(claims: Claim[]): Promise<void> {
  for (const claim of claims) {
    const twin = claims.find((other) => other !== claim && other.port === claim.port);
    if (twin)
      throw new Trouble(
        `Port ${claim.port} is meant for both ${claim.purpose} and ${twin.purpose}: set ${claim.variable} to another port.`,
      );
    if (!(await isFree(claim.port)))
      throw new Trouble(
        `Port ${claim.port}, meant for ${claim.purpose}, is taken by another program${holderOf(claim.port)}: end that program, or set ${claim.variable} to a free port.`,
      );
  }
}

/** Who listens there, where the system tells: to find the program, and the person, to ask. */
function holderOf(port: number): string {
  const { stdout } = spawnSync('ss', ['-Hltnp', `sport = :${port}`], { encoding: 'utf8' });
  const [, name, pid] = /"([^"]+)",pid=(\d+)/.exec(stdout ?? '') ?? [];
  return pid ? ` (${name}, process ${pid})` : '';
}

export function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** The first of `count` free ports in a row, at or after `from`. */
export async function freeRow(from: number, count: number): Promise<number> {
  for (let first = from; first + count <= 65536; first += count) {
    const row = Array.from({ length: count }, (_, i) => first + i);
    if ((await Promise.all(row.map(isFree))).every(Boolean)) return first;
  }
  throw new Trouble(`No ${count} free ports in a row after ${from}: end some of the programs that listen there.`);
}
