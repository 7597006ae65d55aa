import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from '../../prisma/database';
import { problem } from '../problem';
import type { CaseTime } from './case-time';
import type { PendingCallbacks } from './pending-callbacks';

export interface World {
  pool: Database['pool'];
  time: CaseTime;
  caseNumber: string;
  pendingCallbacks: PendingCallbacks;
}

const lookEveryMs = 40;
/** Quiet twice in a row is quiet: between a carrier's answer and its webhook nothing is to be seen. */
const looksOfQuiet = 2;
const stuckAfterMs = 15_000;
/** The carrier may stay away for good; a case that waits for it goes on by its own clock. */
const carrierStuckAfterMs = 2500;
/** A due time that passes without a step is one that the story no longer waits for. */
const dueMissedAfterMs = 2500;

const aRetry = 'another try';
const whatIsDue = 'what is due now';
const aMessage = 'a message';

interface Ledger {
  isWaitingForCarrier: boolean;
  isOpened: boolean;
  isDue: boolean;
  undelivered: number;
  onTheWay: number;
  phone: string | null;
  /** Grows with every change of the case, its messages, its outbox. */
  mark: string;
}

/**
 * Waits until nothing of a case is on its way: in the engine, in the outbox, with the carrier, on the phone.
 * @throws not-settled when nothing moves any more and it still is.
 */
export async function settle(world: World): Promise<void> {
  let mark = '';
  let movedAt = Date.now();
  for (let quiet = 0; quiet < looksOfQuiet;) {
    const ledger = await ledgerOf(world);
    const open = await whatIsOpen(world, ledger);
    quiet = open ? 0 : quiet + 1;
    if (mark !== `${ledger.mark}/${open}`) {
      mark = `${ledger.mark}/${open}`;
      movedAt = Date.now();
    }
    const still = Date.now() - movedAt;
    const isUpToTheCarrier = open === aRetry || (open === aMessage && ledger.isWaitingForCarrier);
    if (isUpToTheCarrier && still > carrierStuckAfterMs) return;
    if (open === whatIsDue && still > dueMissedAfterMs) return;
    if (open && still > stuckAfterMs) throw problem('not-settled', `Still on its way: ${open}.`);
    if (quiet < looksOfQuiet) await pause(lookEveryMs);
  }
}

async function whatIsOpen({ time, pendingCallbacks }: World, ledger: Ledger): Promise<string | undefined> {
  if (!ledger.isOpened) return 'the opening of the case';
  if (ledger.undelivered > 0) return 'news in the outbox';
  const { isRunning, isBusy, isRetrying } = await time.look();
  if (isBusy) return 'work in the engine';
  if (isRetrying) return aRetry;
  if (ledger.onTheWay > 0) return aMessage;
  if (ledger.phone && (await pendingCallbacks(ledger.phone)) > 0) return 'a callback of the carrier';
  if (isRunning && ledger.isDue) return whatIsDue;
  return undefined;
}

async function ledgerOf({ pool, caseNumber }: World): Promise<Ledger> {
  const { rows } = await pool.query<Ledger>(
    `SELECT c.waiting_for = 'carrier' AS "isWaitingForCarrier", c.terms IS NOT NULL AS "isOpened",
       c.next_due_at <= case_now($1) AS "isDue",
       (SELECT count(*)::int FROM outbox o WHERE o.case_number = $1 AND o.done_at IS NULL) AS undelivered,
       (SELECT count(*)::int FROM messages m WHERE m.case_number = $1 AND m.state IN ('submitting', 'unknown')) AS "onTheWay",
       (SELECT d.phone FROM case_details d WHERE d.case_number = $1) AS phone,
       concat_ws('/', c.version, (SELECT max(changed_at) FROM messages m WHERE m.case_number = $1),
         (SELECT max(id) FROM outbox o WHERE o.case_number = $1)) AS mark
     FROM cases c WHERE c.case_number = $1`,
    [caseNumber],
  );
  return rows[0]!;
}
