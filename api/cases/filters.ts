import { z } from 'zod';
import type { WaitingFor } from '../../domain/cases/case';
import type { RepairStatus } from '../../domain/cases/repair-facts';
import { storyOf } from '../../workflows/ids';
import { instant, line } from '../http/input';
import { paging } from '../http/page';
import type { Condition } from './case-row';

const statuses: Record<RepairStatus, true> = {
  'needs-details': true,
  choosing: true,
  guided: true,
  'visit-booked': true,
  'on-site': true,
  'in-workshop': true,
  'ready-for-pickup': true,
  'going-home': true,
  confirming: true,
  closed: true,
};

const waitedFor: Record<WaitingFor, true> = {
  terms: true,
  details: true,
  desk: true,
  customer: true,
  clock: true,
  carrier: true,
  'service-manager': true,
  engineer: true,
  workshop: true,
  store: true,
  parcel: true,
  nobody: true,
};

/** A word that no case can have is a mistake of who asks: an empty list would hide it. */
const oneOf = (words: Record<string, unknown>) => {
  const known = Object.keys(words);
  return z.enum(known, { error: `Known here: ${known.join(', ')}.` });
};

export const caseFilters = z.strictObject({
  kind: oneOf(storyOf).optional(),
  status: oneOf(statuses).optional(),
  waitingFor: oneOf(waitedFor).optional(),
  store: line(40).optional(),
  externalReference: line(100).optional(),
  dueBefore: instant.optional().meta({ description: 'Something open, a promise or a task, is due before it.' }),
  overdue: z.stringbool().optional().meta({ description: "Something open is past due by the case's own time." }),
  ...paging,
});

/** A case does not close over what is open. */
const somethingOpen = (isDue: string) => `(c.ending IS NULL AND (
  EXISTS (SELECT FROM promises_now p WHERE p.case_number = c.case_number AND p.outcome IS NULL AND p.due_at < ${isDue})
  OR EXISTS (SELECT FROM open_tasks t WHERE t.case_number = c.case_number AND t.opening = c.opening AND t.due_at < ${isDue})))`;

export function conditionsOf(query: z.output<typeof caseFilters>): Condition[] {
  const conditions: Condition[] = [];
  if (query.kind) conditions.push(['c.kind = ?', query.kind]);
  if (query.status) conditions.push(['c.status = ?', query.status]);
  if (query.waitingFor) conditions.push(['c.waiting_for = ?', query.waitingFor]);
  if (query.store) conditions.push(['c.store = ?', query.store]);
  if (query.externalReference) conditions.push(['c.external_reference = ?', query.externalReference]);
  if (query.dueBefore) conditions.push([somethingOpen('?::timestamptz'), query.dueBefore, query.dueBefore]);
  if (query.overdue !== undefined)
    conditions.push([`${query.overdue ? '' : 'NOT '}${somethingOpen('case_now(c.case_number)')}`]);
  return conditions;
}
