import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInbox, type InboxOptions } from '../../local/inbox/app';

/** What the inbox answers, as far as tests read it. */
export interface Answer {
  items: Listed[];
  errors: { pointer: string }[];
  code: string;
}

export interface Listed {
  id: string;
  address: string;
  mails: number;
  envelope: { from: string; to: string[] };
  messageId: string;
  subject: string;
  from: string;
  to: string;
  replyTo: string;
  text: string;
  hasHtml: boolean;
  html: string | null;
  attachments: { name: string; contentType: string; bytes: number }[];
}

/** From whom the company's mails are. */
export const mailAccount = {
  from: { name: '安心服务', address: 'service@anxin.example' },
  replyTo: { address: 'answers@anxin.example' },
  domain: 'anxin.example',
};

export async function startInbox(options: InboxOptions = {}) {
  const inbox = createInbox(options);
  const server = createServer(inbox.app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  await new Promise<void>((resolve) => inbox.smtp.listen(0, '127.0.0.1', resolve));
  const portOf = (one: { address(): unknown }) => (one.address() as AddressInfo).port;
  const url = `http://127.0.0.1:${portOf(server)}`;

  async function people<A = Answer>(method: string, path: string, body?: object): Promise<{ status: number; body: A }> {
    const response = await fetch(`${url}${path}`, {
      method,
      ...(body && { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: (text ? JSON.parse(text) : {}) as A };
  }

  return {
    url,
    smtpPort: portOf(inbox.smtp.server),
    smtpUrl: `smtp://127.0.0.1:${portOf(inbox.smtp.server)}`,
    people,
    setFaults: (faults: object) => people('PUT', '/faults', faults),
    mailsTo: async (address: string) =>
      (await people('GET', `/inboxes/${encodeURIComponent(address)}/messages`)).body.items,
    sourceOf: async (id: string) => (await fetch(`${url}/messages/${id}/source`)).text(),
    async stop() {
      await inbox.stop();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

export type StartedInbox = Awaited<ReturnType<typeof startInbox>>;
