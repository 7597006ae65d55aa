import { DateTime } from 'luxon';
import type { Company } from './company';
import { aRepair, hour, type Repair, type Said } from './repair';

const zone = 'Asia/Shanghai';
const dayMs = 24 * hour;

export type Route = 'store' | 'service-centre' | 'factory';

/** A product that was taken in just now. */
export async function inWorkshop(company: Company, said: Said & { route?: Route; leftDaysAgo?: number } = {}) {
  const { route = 'store', leftDaysAgo, ...rest } = said;
  const repair = await aRepair(company, rest);
  await takeIn(repair, { route, ...(leftDaysAgo && { leftCustomerAt: await daysAgo(repair, leftDaysAgo) }) });
  return repair;
}

export const takeIn = (repair: Repair, more: object = {}) =>
  repair.does('receive-product', { condition: '外壳有划痕', proofSeen: true, route: 'store', ...more });

export const daysAgo = async (repair: Repair, days: number) =>
  new Date(Date.parse((await repair.look()).now) - days * dayMs).toISOString();

/** When something that is still owed is due. */
export async function dueOf(repair: Repair, kind: string): Promise<number> {
  const owed = (await repair.promises()).findLast((promise) => promise.kind === kind);
  return Date.parse(owed?.dueAt ?? '');
}

/** The workshop says that it takes so many days longer than was promised. */
export async function forecast(repair: Repair, daysLater: number, cause = '缺压缩机'): Promise<number> {
  const readyAt = (await dueOf(repair, 'repair-due')) + daysLater * dayMs;
  await repair.does('forecast-repair', { readyAt: new Date(readyAt).toISOString(), cause });
  return readyAt;
}

export const finished = (repair: Repair, more: object = {}) =>
  repair.does('report-repair-finished', { result: 'repaired', testResult: 'passed', testedBy: 'workshop-1', ...more });

/** Time passes until then. */
export const until = (repair: Repair, at: number) => repair.forward({ until: new Date(at).toISOString() });

/** The promises of a kind, and how each ended. */
export const endsOf = async (repair: Repair, kind: string) =>
  (await repair.promises()).filter((promise) => promise.kind === kind).map(({ outcome }) => outcome);

/** By the clock in Hangzhou. */
export const inShanghai = (at: number) => DateTime.fromMillis(at, { zone });
