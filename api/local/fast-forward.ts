import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { CaseRow } from '../cases/case-row';
import { findCase } from '../cases/find-case';
import { showCase } from '../cases/present-case';
import { caseParams } from '../cases/schema';
import { caseShown } from '../cases/shown';
import type { Door } from '../door';
import { invalid, problem } from '../problem';
import { instant } from '../http/input';
import { read } from '../http/route';
import { caseTime } from './case-time';
import type { PendingCallbacks } from './pending-callbacks';
import { settle } from './settle';

export interface OnOneMachine {
  pendingCallbacks: PendingCallbacks;
}

const minuteMs = 60_000;
const farthestDays = 400;
const answerWithinMs = 120_000;

/** A hop to exactly a due time may arrive before its work begins: aim past it. */
const pastDueMs = 1000;

/** The server takes a hop of nothing for one without an end: the last moments pass by themselves. */
const shortestHopMs = 1500;

const amount = z.number().positive();
const target = z
  .strictObject({
    minutes: amount.optional(),
    hours: amount.optional(),
    days: amount.optional(),
    until: instant.optional(),
  })
  .refine((given) => Object.keys(given).length === 1, 'One of minutes, hours, days, until.')
  .meta({ id: 'FastForward' });

/**
 * Moves one case's own time, and nothing else: from due time to due time, and at each the world catches up before it
 * goes on.
 */
export function fastForward(door: Door, { pendingCallbacks }: OnOneMachine) {
  const moving = new Set<string>();
  return read({
    method: 'post',
    path: '/v1/local/cases/{caseNumber}/fast-forward',
    scope: 'cases:write',
    tag: 'local',
    summary: "Move a case's time forward",
    description:
      'Only on one machine with stand-ins. Stops early where the case ends on the way; of a case that has ended, only its clock is moved.',
    params: caseParams,
    body: target,
    shows: caseShown,
    async show({ params: { caseNumber }, body, caller }) {
      const row = await findCase(door.database.pool, caseNumber, caller);
      if (moving.has(caseNumber)) throw problem('fast-forward-running');
      moving.add(caseNumber);
      try {
        if (row.ending !== null) await keepClock(door, caseNumber, goalOf(body, row.now.getTime()));
        else await forward(door, row, body, pendingCallbacks);
      } finally {
        moving.delete(caseNumber);
      }
      return showCase(await findCase(door.database.pool, caseNumber, caller), caller, door.temporalUi);
    },
  });
}

async function forward(door: Door, row: CaseRow, asked: z.output<typeof target>, pendingCallbacks: PendingCallbacks) {
  const { pool } = door.database;
  const time = caseTime(door.caseClient.client, row.caseNumber);
  const world = { pool, time, caseNumber: row.caseNumber, pendingCallbacks };
  const stopAt = Date.now() + answerWithinMs;
  await settle(world);
  let seen = await time.look();
  const goal = goalOf(asked, seen.now);
  while (seen.isRunning && seen.now < goal) {
    if (Date.now() > stopAt)
      throw problem('not-settled', `It is ${new Date(seen.now).toISOString()} there. Ask again to go on.`);
    const due = await nextDueAt(door, row.caseNumber);
    const stop = due > seen.now && due < goal ? Math.min(due + pastDueMs, goal) : goal;
    if (stop - seen.now > shortestHopMs) await time.hop(stop - seen.now);
    else await pause(stop - seen.now);
    await keepClock(door, row.caseNumber, (await time.look()).now);
    await settle(world);
    seen = await time.look();
  }
}

function goalOf({ minutes = 0, hours = 0, days = 0, until }: z.output<typeof target>, now: number): number {
  const goal = until ? Date.parse(until) : now + (minutes + hours * 60 + days * 24 * 60) * minuteMs;
  if (goal > now && goal <= now + farthestDays * 24 * 60 * minuteMs) return goal;
  throw invalid({ pointer: until ? '/until' : '', detail: `Time goes forward, by ${farthestDays} days at most.` });
}

async function nextDueAt({ database }: Door, caseNumber: string): Promise<number> {
  const { rows } = await database.pool.query<{ due: Date | null }>(
    'SELECT next_due_at AS due FROM cases WHERE case_number = $1',
    [caseNumber],
  );
  return rows[0]?.due?.getTime() ?? Infinity;
}

/** Lists, desk and phone pages reckon with it. */
async function keepClock({ database }: Door, caseNumber: string, now: number): Promise<void> {
  await database.pool.query(
    `INSERT INTO case_clocks (case_number, offset_millis) VALUES ($1, $2)
     ON CONFLICT (case_number) DO UPDATE SET offset_millis = excluded.offset_millis`,
    [caseNumber, Math.max(0, Math.round(now - Date.now()))],
  );
}
