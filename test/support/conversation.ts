import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';
import { dateWords } from '../../domain/calendar/words';
import { authToken, twoWay } from '../local/phone-fixture';
import type { Company } from './company';
import { aRepair, eventually, hour, type Repair, type Said } from './repair';

export const called = 'no text reached the customer: he is called';

/** A guidance of two hours ago is entered: its check is due now. */
export async function dueNow(repair: Repair): Promise<void> {
  const { now } = await repair.look();
  await repair.does('record-guidance', {
    endedAt: new Date(Date.parse(now) - 2 * hour).toISOString(),
    what: '清洗滤网',
  });
}

/** A customer who was asked just now. */
export async function asked(company: Company, said: Said = {}): Promise<Repair> {
  const repair = await aRepair(company, said);
  await askNow(repair);
  return repair;
}

export async function askNow(repair: Repair): Promise<void> {
  await dueNow(repair);
  await eventually(async () => (await repair.task('guidance-call')) !== undefined);
}

/** What he got of us, without what the carrier says by itself. */
export const textsOfOurs = async (repair: Repair): Promise<string[]> =>
  (await repair.texts()).filter((text) => /^(【安心服务】|Anxin Service )/.test(text));

/** Somebody writes to our two-way number, whether he ever got a text or not, and it is stored. */
export async function writes(company: Company, number: string, text: string): Promise<void> {
  const stored = () => company.rows('SELECT FROM inbound_messages WHERE sender = $1', number);
  const { length } = await stored();
  await company.phone.people('POST', `/phones/${number}/replies`, { text, to: twoWay });
  await eventually(async () => (await stored()).length > length);
}

/** What the desk has to read that belongs to no open case, as `GET /v1/tasks` lists it. */
export async function deskTasksAbout(company: Company, number: string) {
  const rows = await company.rows<{ id: string }>(
    `SELECT 'desk~' || d.id AS id FROM desk_tasks d JOIN inbound_messages i ON i.sid = d.inbound_sid WHERE i.sender = $1`,
    number,
  );
  const { body } = await company.ask('GET', '/v1/tasks?limit=100');
  const { items } = body as {
    items: { id: string; kind: string; caseNumber: string | null; role: string; actions: { name: string }[] }[];
  };
  return items.filter((task) => rows.some(({ id }) => id === task.id));
}

/** The carrier tells at last what became of the latest text to this customer. */
export async function receiptComes(company: Company, repair: Repair, status: string): Promise<number> {
  const [attempt] = await company.rows<{ id: string; n: number }>(
    `SELECT m.id, a.n FROM attempts a JOIN messages m ON m.id = a.message_id
     WHERE m.case_number = $1 ORDER BY a.submitted_at DESC LIMIT 1`,
    repair.caseNumber,
  );
  const { items } = (await company.phone.people('GET', `/phones/${repair.phone}/messages`)).body;
  const { sid = '' } = (items.at(-1) ?? {}) as { sid?: string };
  const url = `${company.url}/v1/webhooks/twilio/status?i=${attempt?.id}&n=${attempt?.n}`;
  const form = { MessageSid: sid, MessageStatus: status };
  const signature = getExpectedTwilioSignature(authToken, url, form);
  const headers = { 'X-Twilio-Signature': signature };
  return (await fetch(url, { method: 'POST', headers, body: new URLSearchParams(form) })).status;
}

/** When something is promised, in the words of a text. */
export async function inText(repair: Repair, kind: string, language: 'zh-CN' | 'en' = 'zh-CN', zone = 'Asia/Shanghai') {
  const owed = (await repair.promises()).findLast((promise) => promise.kind === kind);
  return dateWords(owed?.dueAt ?? '', language, zone, 'Asia/Shanghai');
}

/** How many notes of a kind stand in the timeline. */
export const noted = async (repair: Repair, note: string) =>
  (await repair.notes()).filter((one) => one === note).length;

/** Of the latest text of a case. */
export const stateOfText = async (company: Company, { caseNumber }: Repair) =>
  (
    await company.rows<{ state: string }>(
      'SELECT state FROM messages WHERE case_number = $1 ORDER BY created_at DESC LIMIT 1',
      caseNumber,
    )
  )[0]?.state;

export const attemptsOf = (company: Company, { caseNumber }: Repair) =>
  company.rows<{ state: string; looks: number }>(
    'SELECT a.state, a.looks FROM attempts a JOIN messages m ON m.id = a.message_id WHERE m.case_number = $1 ORDER BY a.n',
    caseNumber,
  );

/** Why texts did not reach the customer, as the timeline says. */
export const whyNotTold = async (company: Company, { caseNumber }: Repair) =>
  (
    await company.rows<{ reason: string }>(
      `SELECT facts->>'reason' AS reason FROM timeline WHERE case_number = $1 AND note = 'not-told' AND NOT superseded ORDER BY id`,
      caseNumber,
    )
  ).map(({ reason }) => reason);

/** When the latest text of a case was last handed over, in its own time. */
export const leftAt = async (company: Company, { caseNumber }: Repair) =>
  (
    await company.rows<{ at: Date }>(
      'SELECT at FROM messages WHERE case_number = $1 ORDER BY created_at DESC LIMIT 1',
      caseNumber,
    )
  )[0]?.at.getTime() ?? 0;
