import { randomBytes } from 'node:crypto';
import type { Company } from './company';
import { aRepair, eventually, hour, minute, type Repair, type Said } from './repair';

/** Somebody who goes out from the store in Hangzhou, with nothing to do yet. */
export async function anEngineer(company: Company): Promise<string> {
  const id = `engineer-${randomBytes(4).toString('hex')}`;
  await company.rows(
    `INSERT INTO engineers (id, store, skills, name) VALUES ($1, 'hz-01', '{}', '{"zh-CN": "王建国", "en": "Wang Jianguo"}')`,
    id,
  );
  return id;
}

export type Visited = Repair & { engineerId: string; from: number; by: number };

/** At ten in the morning in Hangzhou, for two to four in the afternoon some days later; all of it through the door. */
export async function aVisit(
  company: Company,
  { daysAhead = 1, ...said }: Said & { daysAhead?: number } = {},
): Promise<Visited> {
  const repair = await aRepair(company, said);
  const engineerId = await anEngineer(company);
  await repair.forwardTo('10:00');
  const { now } = await repair.look();
  const from = Math.round(Date.parse(now) / minute) * minute + daysAhead * 24 * hour + 4 * hour;
  const by = from + 2 * hour;
  await repair.does('book-visit', { ...slot(from, by), engineerId, work: 'repair' });
  return { ...repair, engineerId, from, by };
}

export const at = (time: number) => new Date(time).toISOString();
export const slot = (from: number, by = from) => ({ slot: { from: at(from), by: at(by) } });

export const textsUntil = (repair: Repair, count: number) =>
  eventually(async () => (await repair.texts()).length >= count);

/** The kinds of its open tasks that may be done by now. */
export async function tasksNow(repair: Repair): Promise<string[]> {
  const { now } = await repair.look();
  return (await repair.tasks()).filter(({ notBefore }) => notBefore <= new Date(now)).map(({ kind }) => kind);
}

/** What was handed over, in order, by template. */
export const told = async (company: Company, { caseNumber }: Repair) =>
  (
    await company.rows<{ template: string }>(
      `SELECT template FROM messages WHERE case_number = $1 AND said_at IS NOT NULL AND state <> 'cancelled' ORDER BY created_at`,
      caseNumber,
    )
  ).map(({ template }) => template);
