import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import twilio from 'twilio';
import RequestClient from 'twilio/lib/base/RequestClient';
import { validateRequest } from 'twilio/lib/webhooks/webhooks';
import { createPhone, type PhoneOptions } from '../../local/phone/app';

export const accountSid = `AC${'1'.repeat(32)}`;
export const authToken = 'a-token-of-the-test';
export const twoWay = '+8613800138000';
export const oneWay = '+8613900139000';

/** The library's own client, sent to another origin. */
class ClientTo extends RequestClient {
  constructor(
    private readonly origin: string,
    timeout: number,
  ) {
    super({ timeout });
  }

  override request<T>(options: RequestClient.RequestOptions<T>) {
    const { pathname, search } = new URL(options.uri);
    return super.request<T>({ ...options, uri: `${this.origin}${pathname}${search}` });
  }
}

export interface Hook {
  path: string;
  params: { [name: string]: string };
  signed: boolean;
}

/** What the people's API answers, as far as tests read it. */
interface Answer {
  items: { number: string; text: string; at: string; direction: string }[];
  total: number;
  errors: { pointer: string }[];
}

/** The real library against a phone that listens, and a site that takes its webhooks. */
export async function startPhone(options: Partial<PhoneOptions> = {}) {
  const site = await startSite();
  const phone = createPhone({ accountSid, authToken, inboundUrl: () => `${site.url}/inbound`, ...options });
  const server = createServer(phone.app);
  const url = await listen(server);
  const client = (token = authToken, timeout = 2_000) =>
    twilio(accountSid, token, { httpClient: new ClientTo(url, timeout) });

  async function people(method: string, path: string, body?: object): Promise<{ status: number; body: Answer }> {
    const response = await fetch(`${url}${path}`, {
      method,
      ...(body && { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: (text ? JSON.parse(text) : {}) as Answer };
  }

  return {
    url,
    site,
    client,
    people,
    send: (to: string, body: string, more: { from?: string; statusCallback?: string } = {}) =>
      client().messages.create({ to, from: twoWay, body, ...more }),
    textsOn: async (number: string): Promise<string[]> =>
      (await people('GET', `/phones/${number}/messages`)).body.items.map(({ text }) => text),
    quiet: () => until(async () => (await people('GET', '/callbacks/pending')).body.total === 0),
    async stop() {
      phone.stop();
      await Promise.all([close(server), site.stop()]);
    },
  };
}

export type StartedPhone = Awaited<ReturnType<typeof startPhone>>;

async function startSite() {
  const hooks: Hook[] = [];
  const answers: number[] = [];
  const app = express();
  app.use(express.urlencoded({ extended: false }));
  app.post('/*path', (request, response) => {
    const signature = request.get('x-twilio-signature') ?? '';
    const signed = validateRequest(authToken, signature, `${url}${request.originalUrl}`, request.body);
    hooks.push({ path: request.originalUrl, params: { ...request.body }, signed });
    response.status(answers.shift() ?? 200).end();
  });
  const server = createServer(app);
  const url = await listen(server);
  return {
    url,
    hooks,
    answerNextWith: (...statuses: number[]) => answers.push(...statuses),
    stop: () => close(server),
  };
}

export async function until(isSo: () => Promise<boolean> | boolean): Promise<void> {
  const giveUpAt = Date.now() + 5_000;
  while (!(await isSo())) {
    if (Date.now() > giveUpAt) throw new Error('What was waited for did not happen within 5 s.');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function close(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
}
