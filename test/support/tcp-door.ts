import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export type TcpDoor = Awaited<ReturnType<typeof openTcpDoor>>;

/**
 * A door before a server. Shut, it refuses whoever comes and cuts off who is in; or it lets words in and no answer out, for ever, for
 * a while, or each only late.
 */
export async function openTcpDoor(host: string, port: number) {
  const sockets = new Set<Socket>();
  let isShut = false;
  let kept: string | undefined;
  let slow: { words: string; ms: number } | undefined;
  let slowHeard = 0;
  let held: (() => void)[] | undefined;

  const door = createServer((inside) => {
    if (isShut) return void inside.destroy();
    const outside = connect(port, host);
    let isAnswered = true;
    let lateBy = 0;
    inside.on('data', (words) => {
      if (kept && words.includes(kept)) isAnswered = false;
      if (slow && words.includes(slow.words)) {
        lateBy = slow.ms;
        slowHeard += 1;
      }
      outside.write(words);
    });
    outside.on('data', (answer) => {
      const pass = () => void (isAnswered && inside.writable && inside.write(answer));
      if (held) held.push(pass);
      else if (lateBy) setTimeout(pass, lateBy);
      else pass();
    });
    for (const [one, other] of [
      [inside, outside],
      [outside, inside],
    ] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));

  function shut(): void {
    isShut = true;
    sockets.forEach((socket) => socket.destroy());
  }

  return {
    port: (door.address() as AddressInfo).port,
    shut,
    open: () => void (isShut = false),
    /** Who says this waits for ever, though it was heard. */
    keepAnswersTo: (words: string) => void (kept = words),
    /** Who says this is answered so much later, from then on. */
    delayAnswersTo: (words: string, ms: number) => void (slow = { words, ms }),
    /** How often what is answered late was said. */
    timesDelayed: () => slowHeard,
    holdAnswers: () => void (held ??= []),
    letAnswersGo() {
      const waiting = held ?? [];
      held = undefined;
      for (const pass of waiting) pass();
    },
    async close() {
      shut();
      await new Promise((resolve) => door.close(resolve));
    },
  };
}

/** The same database behind a door. */
export function behind({ port }: TcpDoor, databaseUrl: string): string {
  const url = new URL(databaseUrl);
  url.hostname = '127.0.0.1';
  url.port = String(port);
  return url.href;
}

/** A door before the tests' own PostgreSQL. */
export function doorToPostgres(): Promise<TcpDoor> {
  const { hostname, port } = new URL(process.env.DATABASE_URL ?? '');
  return openTcpDoor(hostname, Number(port || 5432));
}

/** A door before the tests' own Temporal. */
export function doorToTemporal(): Promise<TcpDoor> {
  const [host = '', port] = (process.env.TEMPORAL_ADDRESS ?? '127.0.0.1:7233').split(':');
  return openTcpDoor(host, Number(port));
}
