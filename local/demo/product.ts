import { randomInt, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { caseShown, messageShown, promiseShown } from '../../api/cases/shown';
import { taskShown } from '../../api/tasks/schema';
import type { Run } from '../run-file';
import { answerOnPage } from './customer-page';
import { answerOf, eventually, request } from './http';

const promisesShown = z.object({ items: z.array(promiseShown) });
const messagesShown = z.object({ items: z.array(messageShown) });
const tasksShown = z.object({ items: z.array(taskShown), nextCursor: z.string().nullable() });
const slotsShown = z.object({ items: z.array(z.object({ from: z.iso.datetime(), by: z.iso.datetime() })) });
const onPhone = z.object({
  items: z.array(z.object({ direction: z.enum(['sent', 'received']), text: z.string(), segments: z.number() })),
});

export type CaseSeen = z.output<typeof caseShown>;
export type TaskSeen = z.output<typeof taskShown>;
export type PromiseSeen = z.output<typeof promiseShown>;

export interface Customer {
  name: string;
  language: 'zh-CN' | 'en';
  store: string;
  product: { category: string; model: string };
  fault: string;
  /** Whether her number can be answered: the other kind only hears. */
  phone: 'two-way' | 'one-way';
}

export type Product = ReturnType<typeof productAt>;
export type OpenCase = Awaited<ReturnType<Product['open']>>;

const dayMs = 24 * 3_600_000;

/** The product as a support system knows it: over HTTP, with a key; and the phones as their owners do. */
export function productAt({ api, phone, apiKey }: Run) {
  const headersOf = (method: string) => ({
    authorization: `Bearer ${apiKey}`,
    ...(method === 'POST' && { 'idempotency-key': randomUUID() }),
  });
  const ask = <Body>(shows: z.ZodType<Body>, method: string, path: string, body?: object) =>
    request(shows, method, `${api}${path}`, body, headersOf(method));

  return {
    phonePage: phone,
    trackPage: `${api}/track`,
    /** When this engineer has time, two hours each, between two instants. */
    freeSlots: async (engineer: string, from: string, until: string) =>
      (await ask(slotsShown, 'GET', `/v1/engineers/${engineer}/free-slots?from=${from}&until=${until}&minutes=120`))
        .items,
    async open({ name, language, store, product, fault, phone: way }: Customer) {
      // Nobody has texted this number before: so the digits of its first question are 1 and 2.
      const number = `${way === 'two-way' ? '+861860000' : '+861390000'}${randomInt(1000, 9999)}`;
      const boughtOn = new Date(Date.now() - 90 * dayMs).toISOString().slice(0, 10);
      const { caseNumber, shortCode } = await ask(caseShown, 'POST', '/v1/cases', {
        kind: 'repair',
        customer: { name, phone: number, language, address: '1 Wensan Road', consents: { sms: true, email: false } },
        product: { ...product, boughtOn },
        fault: { description: fault },
        store,
        channel: 'phone',
      });
      const path = `/v1/cases/${caseNumber}`;
      const look = () => ask(caseShown, 'GET', path);
      const promises = async () => (await ask(promisesShown, 'GET', `${path}/promises`)).items;
      /** What a role must do for this case, wherever it stands in the list of its store. */
      async function tasks(): Promise<TaskSeen[]> {
        const mine: TaskSeen[] = [];
        for (let after = ''; ;) {
          const { items, nextCursor } = await ask(tasksShown, 'GET', `/v1/tasks?store=${store}&limit=100${after}`);
          mine.push(...items.filter((task) => task.caseNumber === caseNumber));
          if (nextCursor === null) return mine;
          after = `&cursor=${encodeURIComponent(nextCursor)}`;
        }
      }
      return {
        tasks,
        /** The open task of this kind, but not the one that is done: it may come a step after the news that calls for it. */
        nextTask: (kind: string, done?: string) =>
          eventually(
            async () => (await tasks()).find((task) => task.kind === kind && task.id !== done),
            (task) => task !== undefined,
          ),
        caseNumber,
        shortCode,
        number,
        url: `${api}${path}`,
        look,
        act: (action: string, body: object) => ask(caseShown, 'POST', `${path}/actions/${action}`, body),
        /** What is answered where it is refused. */
        refusal: async (action: string, body: object) =>
          (await answerOf('POST', `${api}${path}/actions/${action}`, body, headersOf('POST'))).said,
        promises,
        promise: async (kind: string) => (await promises()).findLast((promise) => promise.kind === kind),
        /** What is owed now, due after this: a text may be on the phone a step before what it promises is in the ledger. */
        owed: (kind: string, after = '') =>
          eventually(
            async () =>
              (await promises()).find((one) => one.kind === kind && one.outcome === null && one.dueAt > after),
            (promise) => promise !== undefined,
          ),
        /** What was handed over for her, oldest first. */
        messages: async () =>
          (await ask(messagesShown, 'GET', `${path}/messages`)).items.filter(
            ({ direction }) => direction === 'outbound',
          ),
        forwardTo: (time: number | string) =>
          ask(caseShown, 'POST', `/v1/local${path.slice(3)}/fast-forward`, { until: new Date(time).toISOString() }),
        taskDone: (id: string, action: string, body: object) =>
          ask(z.unknown(), 'POST', `/v1/tasks/${id}/actions/${action}`, body),
        texts: async () =>
          (await request(onPhone, 'GET', `${phone}/phones/${number}/messages`)).items.filter(
            ({ direction }) => direction === 'received',
          ),
        reply: (text: string) => request(z.unknown(), 'POST', `${phone}/phones/${number}/replies`, { text }),
        /** She types case number and short code on our page, and answers there. */
        answerOnPage: (choice: string) => answerOnPage(api, { case: caseNumber, code: shortCode }, choice),
        /** Waits for what comes from outside the case: its opening, and what the customer answers. */
        until: (isSo: (seen: CaseSeen) => boolean) => eventually(look, isSo),
      };
    },
  };
}
