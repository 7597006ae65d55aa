import { randomInt } from 'node:crypto';
import type { Company } from './company';

export const minute = 60_000;
export const hour = 60 * minute;

interface PromiseSeen {
  kind: string;
  dueAt: string;
  madeAt: string;
  because: string[];
  outcome: string | null;
  reason: string | null;
  lateSeconds: number | null;
}

interface CaseSeen {
  caseNumber: string;
  status: string;
  ending: string | null;
  waitingFor: string;
  now: string;
  nextDueAt: string | null;
  priority: string;
  escalated: boolean;
  shortCode: string;
  pickupCode: string | null;
  promises: PromiseSeen[];
  actionsNow: { name: string }[];
  terms: { policyVersion: string } | null;
}

export interface TaskSeen {
  id: string;
  kind: string;
  role: string;
  notBefore: string;
  dueAt: string;
  holder: string | null;
  completesWith?: string;
}

export interface Said {
  phone?: string | null;
  language?: string;
  timeZone?: string;
  store?: string;
  address?: string | null;
  boughtOn?: string | null;
  sms?: boolean;
  /** With consent to be told by mail. */
  email?: string;
  channels?: string[];
  category?: string;
}

/** A number on the two-way sender that no other test has. */
export const aMobile = (prefix = '+86186') => `${prefix}${randomInt(10_000_000, 99_999_999)}`;

export type Repair = Awaited<ReturnType<typeof aRepair>>;

/** A repair as a support system opens it, and the words with which tests speak about it; all of it goes through the door. */
export async function aRepair(company: Company, said: Said = {}) {
  const {
    phone = aMobile(),
    language = 'zh-CN',
    store = 'hz-01',
    sms = true,
    category = '空调',
    email,
    channels,
  } = said;
  const { address = '文三路 1 号', boughtOn = '2026-08-30', timeZone } = said;
  const opened = await company.ask('POST', '/v1/cases', {
    kind: 'repair',
    customer: {
      name: '王芳',
      ...(phone && { phone }),
      ...((email ?? !phone) && { email: email ?? 'wang@example.com' }),
      ...(channels && { channels }),
      language,
      ...(timeZone && { timeZone }),
      ...(address && { address }),
      consents: { sms, email: email !== undefined },
    },
    product: { category, model: 'KFR-35', ...(boughtOn && { boughtOn }) },
    fault: { description: '不制冷' },
    store,
    channel: 'phone',
  });
  if (opened.status !== 201) throw new Error(`not opened: ${JSON.stringify(opened.body)}`);
  const { caseNumber } = opened.body as CaseSeen;
  const path = `/v1/cases/${caseNumber}`;
  const tried = (action: string, body: object = {}) =>
    company.ask('POST', `${path}/actions/${action}`, { by: 'desk-1', ...body });

  const repair = {
    caseNumber,
    phone: phone ?? '',
    handle: company.client.workflow.getHandle(caseNumber),
    tried,
    async does(action: string, body: object = {}): Promise<CaseSeen> {
      const { status, body: seen } = await tried(action, body);
      if (status !== 200) throw new Error(`${action}: ${status} ${JSON.stringify(seen)}`);
      return seen as CaseSeen;
    },
    look: async () => (await company.ask('GET', path)).body as CaseSeen,
    async forward(by: { minutes?: number; hours?: number; days?: number; until?: string }): Promise<CaseSeen> {
      const { status, body } = await company.ask('POST', `/v1/local/cases/${caseNumber}/fast-forward`, by);
      if (status !== 200) throw new Error(`fast-forward: ${status} ${JSON.stringify(body)}`);
      return body as CaseSeen;
    },
    /** To the next time of day, `HH:mm`, in Shanghai. */
    async forwardTo(timeOfDay: string): Promise<CaseSeen> {
      const { now } = await repair.look();
      const shanghai = new Date(Date.parse(now) + 8 * hour).toISOString().slice(0, 10);
      const today = Date.parse(`${shanghai}T${timeOfDay}:00+08:00`);
      const until = today > Date.parse(now) + minute ? today : today + 24 * hour;
      return repair.forward({ until: new Date(until).toISOString() });
    },
    /** Guided just now. Answers when that ended and when the check is due. */
    async guided(): Promise<{ endedAt: number; due: number }> {
      const { now: endedAt } = await repair.look();
      const { promises } = await repair.does('record-guidance', { endedAt, what: '清洗滤网' });
      const due = promises.find(({ kind }) => kind === 'guidance-check')?.dueAt ?? '';
      return { endedAt: Date.parse(endedAt), due: Date.parse(due) };
    },
    promises: async () => ((await company.ask('GET', `${path}/promises`)).body as { items: PromiseSeen[] }).items,
    outcomes: async () => (await repair.promises()).map(({ kind, outcome }) => `${kind} ${outcome}`),
    tasks: () =>
      company.rows<{ task: string; kind: string; role: string; notBefore: Date; dueAt: Date; holder: string | null }>(
        `SELECT task, kind, role, not_before AS "notBefore", due_at AS "dueAt", holder FROM open_tasks WHERE case_number = $1 ORDER BY id`,
        caseNumber,
      ),
    task: async (kind: string) => (await repair.tasks()).find((task) => task.kind === kind),
    /** The entry behind a row of the timeline, by which it can be corrected. */
    async entry(note: string): Promise<string | undefined> {
      const { body } = await company.ask('GET', `${path}/timeline`);
      return (body as { items: { note: string; entryId?: string }[] }).items.find((row) => row.note === note)?.entryId;
    },
    /** Records a call for the open call task. */
    async called(outcome: string, more: object = {}, kind = 'guidance-call'): Promise<CaseSeen> {
      const task = await repair.task(kind);
      return repair.does('record-call', { taskId: task?.task, outcome, ...more });
    },
    completed: async (kind: string, result: string, by = 'manager-1', what = '客户在电话里说的') => {
      const task = await repair.task(kind);
      const id = encodeURIComponent(`${caseNumber}~${task?.task.replace('/', '~')}`);
      return company.ask('POST', `/v1/tasks/${id}/actions/complete`, { by, result, what });
    },
    /** What the phone truly got. */
    texts: async () =>
      (await company.phone.people('GET', `/phones/${phone}/messages`)).body.items
        .filter(({ direction }) => direction === 'received')
        .map(({ text }) => text),
    /** What his inbox truly got. */
    mails: () => company.inbox.mailsTo(email ?? ''),
    reply: (text: string) => company.phone.people('POST', `/phones/${phone}/replies`, { text }),
    /** What the customer answers, until it stands in the ledger of this case. */
    async replies(text: string): Promise<void> {
      const { body } = await company.phone.people('POST', `/phones/${phone}/replies`, { text });
      const { sid } = body as unknown as { sid: string };
      await eventually(async () => {
        const heard = await company.rows(
          `SELECT FROM timeline WHERE case_number = $1 AND NOT superseded AND facts->>'replyId' = $2`,
          caseNumber,
          sid,
        );
        return heard.length > 0;
      });
    },
    /** When the texts of this case were handed over, in its own time. */
    sentAt: async () =>
      (
        await company.rows<{ at: Date }>(
          `SELECT said_at AS at FROM messages WHERE case_number = $1 AND said_at IS NOT NULL ORDER BY created_at`,
          caseNumber,
        )
      ).map(({ at }) => at.getTime()),
    notes: async () =>
      (
        await company.rows<{ note: string }>(
          'SELECT note FROM timeline WHERE case_number = $1 AND NOT superseded ORDER BY id',
          caseNumber,
        )
      ).map(({ note }) => note),
  };
  await eventually(async () => (await repair.look()).terms !== null);
  return repair;
}

/** Waits for what must come; the bound is for what never does. */
export async function eventually(isSo: () => Promise<boolean> | boolean, withinMs = 20_000): Promise<void> {
  const giveUpAt = Date.now() + withinMs;
  while (!(await isSo())) {
    if (Date.now() > giveUpAt) throw new Error(`What was waited for did not happen within ${withinMs} ms.`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
