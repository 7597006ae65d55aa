import { randomUUID } from 'node:crypto';
import { createLink, type LinkPurpose } from '../../../prisma/links';
import type { Dependencies } from '../../../api/app';
import { openDatabase } from '../../../prisma/database';
import { firstPolicy } from '../../../prisma/seed';
import { dropDatabase, newDatabase } from '../../support/database';
import { aPhone, aRepair, openDoor } from '../a-door';

/** Nobody is slowed down but in the test about that. */
const noLimits = { requestsOfAddress: 1e6, triesOfAddress: 1e6, triesAtPlace: 1e6 };

export type PageWorld = Awaited<ReturnType<typeof openPages>>;
export type CustomerCase = Awaited<ReturnType<PageWorld['aCase']>>;

export interface About {
  customer?: object;
  product?: object;
  terms?: object;
}

/** The real app on a database of its own. Steps of stories are written as their SQL functions leave them: no worker runs here. */
export async function openPages(given: Partial<Dependencies> = {}, through = (url: string) => url) {
  const databaseUrl = await newDatabase();
  const door = await openDoor({ database: openDatabase(through(databaseUrl)), pageLimits: noLimits, ...given });
  const { database } = door;
  const rows = async <T>(sql: string, ...values: unknown[]): Promise<T[]> =>
    (await database.pool.query(sql, values)).rows as T[];

  async function aCase({ customer = {}, product = {}, terms = {} }: About = {}) {
    const phone = aPhone();
    const opened = await door.post('/v1/cases', aRepair({ customer: { phone, ...customer }, product }));
    if (opened.status !== 201) throw new Error(JSON.stringify(opened.body));
    const { caseNumber, shortCode } = opened.body as { caseNumber: string; shortCode: string };
    const store = { id: 'hz-01', name: { 'zh-CN': '杭州西湖店', en: 'Hangzhou' }, timeZone: 'Asia/Shanghai' };
    await rows('UPDATE cases SET terms = $2 WHERE case_number = $1', caseNumber, { ...firstPolicy, store, ...terms });
    const link = (purpose: LinkPurpose = 'answer', expiresAt = new Date(Date.now() + 3_600_000)) =>
      createLink(database, { caseNumber, purpose, expiresAt });

    return {
      caseNumber,
      shortCode,
      phone,
      digits: phone.slice(-4),
      link,
      track: { case: caseNumber, code: shortCode },
      wrongCode: shortCode === '1111' ? '2222' : '1111',
      promised: (kind: string, dueAt: Date, madeAt = new Date(), because: string[] = []) =>
        rows(
          `INSERT INTO promises (case_number, opening, step, promise, kind, matter, keeper, made_at, due_at, because)
           VALUES ($1, 1, 2, $2, $3, 'guidance/x', 'system', $4, $5, $6)`,
          ...[caseNumber, `${kind}/${randomUUID()}`, kind, madeAt, dueAt, JSON.stringify(because)],
        ),
      /** A text that the carrier took; with choices, a question. */
      async sent(body: string, choices?: string[], template = 'guidance-check'): Promise<string> {
        const [message] = await rows<{ id: string }>(
          `INSERT INTO messages (key, message_key, case_number, opening, matter, template, class, facts, at, state, sender, recipient, body)
           VALUES ($1, $1, $2, 1, 'guidance/x', $3, 'at-least-once', '{}', now(), 'accepted', '+8613900139000', $4, $5) RETURNING id`,
          ...[randomUUID(), caseNumber, template, phone, body],
        );
        if (choices)
          await rows(
            `INSERT INTO questions (message_id, case_number, opening, matter, template, sender, number, choices)
             VALUES ($1, $2, 1, 'guidance/x', $3, '+8613900139000', $4, $5)`,
            ...[message!.id, caseNumber, template, phone, JSON.stringify(choices.map((choice) => ({ choice })))],
          );
        return message!.id;
      },
      closeQuestion: (id: string) => rows('UPDATE questions SET closed_at = now() WHERE message_id = $1', id),
      async ended(ending: string, daysAgo = 0): Promise<void> {
        await rows(`UPDATE cases SET ending = $2, status = 'closed' WHERE case_number = $1`, caseNumber, ending);
        await rows(
          `INSERT INTO timeline (case_number, opening, run_id, clock, taken, step, at, written_at, note)
           VALUES ($1, 1, 'run', 1, 1, 3, now(), now() - $2 * interval '1 day', 'closed')`,
          ...[caseNumber, daysAgo],
        );
        await rows('UPDATE questions SET closed_at = now() WHERE case_number = $1', caseNumber);
      },
      answers: () =>
        rows<{ choice: string; source: string; sender: string; recipient: string; body: string; kind: string }>(
          `SELECT choice, source, sender, recipient, body, kind FROM inbound_messages WHERE case_number = $1 ORDER BY received_at`,
          caseNumber,
        ),
      heard: async () =>
        (
          await rows<{ payload: object }>(
            `SELECT payload FROM outbox WHERE case_number = $1 AND kind = 'reply' ORDER BY id`,
            caseNumber,
          )
        ).map(({ payload }) => payload),
    };
  }

  /** Everything that is stored, but for what a visit and its tries are counted by; to see that nothing changed. */
  const stored = async () => {
    const tables = await rows<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1`,
    );
    const counted = tables.map(async ({ name }) => [
      name,
      (
        await rows<{ all: string }>(
          `SELECT coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') AS all FROM "${name}" t`,
        )
      )[0]!.all,
    ]);
    return Object.fromEntries((await Promise.all(counted)) as [string, string][]);
  };

  return {
    ...door,
    rows,
    aCase,
    stored,
    browser: (headers?: { [name: string]: string }) => aBrowser(door.url, headers),
    async close() {
      await door.close();
      await dropDatabase(databaseUrl);
    },
  };
}

export interface Seen {
  status: number;
  headers: Headers;
  text: string;
  /** Where it leads, as a path. */
  location: string;
  cookie: string;
}

export type Browser = ReturnType<typeof aBrowser>;

/** Somebody's browser, without scripts: it keeps cookies by their path, and follows nothing by itself. */
export function aBrowser(url: string, headers: { [name: string]: string } = { 'Accept-Language': 'zh-CN' }) {
  const jar = new Map<string, string>();

  async function request(method: string, path: string, form?: { [field: string]: string }): Promise<Seen> {
    const kept = [...jar].filter(([under]) => `${path}/`.startsWith(`${under}/`) || path.startsWith(`${under}?`));
    const response = await fetch(url + path, {
      method,
      redirect: 'manual',
      headers: { ...headers, ...(kept.length > 0 && { Cookie: kept.map(([, pair]) => pair).join('; ') }) },
      ...(form && { body: new URLSearchParams(form) }),
    });
    const cookie = response.headers.get('Set-Cookie') ?? '';
    if (cookie) jar.set(/Path=([^;]+)/.exec(cookie)![1]!, cookie.split(';')[0]!);
    const location = response.headers.get('Location') ?? '';
    return { status: response.status, headers: response.headers, text: await response.text(), location, cookie };
  }

  const browser = {
    request,
    get: (path: string) => request('GET', path),
    post: (path: string, form: { [field: string]: string } = {}) => request('POST', path, form),
    /** Enters and looks at the case. */
    async enters(path: string, form: { [field: string]: string }): Promise<Seen> {
      const { status, location } = await browser.post(path, form);
      if (status !== 303) throw new Error(`not entered: ${status}`);
      return browser.get(location);
    },
    /** Presses the button of a choice on a page, and looks at what comes then. */
    async presses({ text }: Pick<Seen, 'text'>, choice: string): Promise<Seen> {
      const { status, location } = await browser.post(actionOf(text), { csrf: csrfOf(text), choice });
      if (status !== 303) throw new Error(`not answered: ${status}`);
      return browser.get(location);
    },
    takeCookiesOf(other: { cookies(): Map<string, string> }, rename: (path: string) => string = (path) => path) {
      for (const [path, pair] of other.cookies()) jar.set(rename(path), pair);
    },
    cookies: () => jar,
  };
  return browser;
}

export const csrfOf = (html: string): string => /name="csrf" value="([^"]+)"/.exec(html)?.[1] ?? '';
export const actionOf = (html: string): string => /action="([^"]*\/answers\/[^"]+)"/.exec(html)?.[1] ?? '';
