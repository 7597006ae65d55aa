import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { createApp, type Dependencies } from '../../api/app';
import { createCaseClient } from '../../api/case-client';
import { createKey, type NewKey, type Scope } from '../../api/keys';
import { readConfig } from '../../config';
import { openDatabase } from '../../prisma/database';

export const mayAll: Scope[] = ['cases:read', 'cases:write', 'cases:personal'];

/** What came back; `body` as JSON, where it is. */
export interface Answer {
  status: number;
  headers: Headers;
  // Tests look into answers as a client would: by the names it knows.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  body: any;
}

export type Door = Awaited<ReturnType<typeof openDoor>>;

/** The real app, listening, on the database and the engine of `npm test`; its cases are played only by a worker of the same queue. */
export async function openDoor(given: Partial<Dependencies> & { temporalAddress?: string } = {}, knownKey?: string) {
  const { databaseUrl, temporal, twilio } = readConfig();
  const { temporalAddress = temporal.address, ...parts } = given;
  const taskQueue = `test-${randomUUID()}`;
  const database = parts.database ?? openDatabase(databaseUrl);
  const caseClient = createCaseClient({ ...temporal, address: temporalAddress, taskQueue });
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const log = pino({ level: 'silent' });
  const app = createApp({
    database,
    caseClient,
    log,
    temporalUi: (caseNumber) => `http://127.0.0.1:8233/namespaces/test/workflows/${caseNumber}`,
    carrier: { authTokens: twilio.authTokens, publicUrl: url },
    rateLimit: { requests: 100_000, perSeconds: 60 },
    ...parts,
  });
  server.on('request', app);

  const newKey = (wanted: Partial<NewKey> = {}) =>
    createKey(database.pool, { name: 'test', scopes: mayAll, ...wanted });
  const key = knownKey ?? (await newKey());

  const send = async (path: string, init: RequestInit, as = key): Promise<Answer> => {
    const headers = { Authorization: `Bearer ${as}`, ...(init.headers as { [name: string]: string }) };
    const response = await fetch(url + path, { ...init, headers });
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('Content-Type') ?? '');
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
  };
  const post = (path: string, body: unknown, more: { [header: string]: string } = {}, as = key) =>
    send(
      path,
      {
        method: 'POST',
        body: typeof body === 'string' ? body : JSON.stringify(body),
        headers: { 'Content-Type': 'application/json', 'Idempotency-Key': randomUUID(), ...more },
      },
      as,
    );

  return {
    url,
    database,
    caseClient,
    taskQueue,
    log,
    app,
    key,
    newKey,
    send,
    post,
    get: (path: string, as = key) => send(path, {}, as),
    act: (caseNumber: string, action: string, body: object, more?: { [header: string]: string }) =>
      post(`/v1/cases/${caseNumber}/actions/${action}`, { by: 'desk-1', ...body }, more),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await Promise.all([database.close(), caseClient.close()]);
    },
  };
}

/** A repair as a support system opens it; nothing is missing. */
export const aRepair = ({
  customer = {},
  product = {},
  ...more
}: { customer?: object; product?: object; [field: string]: unknown } = {}) => ({
  kind: 'repair',
  customer: {
    name: '李伟',
    phone: '+8613800000001',
    language: 'zh-CN',
    address: '杭州市西湖区文三路1号',
    consents: { sms: true, email: false },
    ...customer,
  },
  product: { category: 'air conditioner', model: 'KFR-35GW', boughtOn: '2026-08-30', ...product },
  fault: { description: '不制冷' },
  store: 'hz-01',
  channel: 'phone',
  ...more,
});

let numbers = 0;
/** A mobile number of this test alone. */
export const aPhone = () =>
  `+86138${String(process.pid % 10_000).padStart(4, '0')}${String((numbers += 1)).padStart(4, '0')}`;
