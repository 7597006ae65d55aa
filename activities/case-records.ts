import { activityInfo } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { Calendar } from '../domain/calendar/holidays';
import { shortTime } from '../domain/calendar/hours';
import type { Step, StepWritten, TaskChange, TaskTimes } from '../domain/cases/step';
import type { Policy, StoreTerms } from '../domain/policies/terms';
import { wholeTerms, type StoredTerms } from '../domain/policies/whole-terms';
import { dueBy, type DueFacts } from '../domain/promises/due';
import { climbsAt } from '../domain/promises/task-times';
import type { Database } from '../prisma/database';

type Verdict = 'accepted' | 'repeated' | 'outrun' | 'closed';

/** The ledger, as the stories write it: one fenced statement per step. */
export function caseRecords({ pool }: Database) {
  /**
   * Writes one step, once, and answers with the case's terms (first step only) and the due times of what it promised and assigned.
   * @throws outrun (retryable) when a later attempt or another run has written already; unknown-case (final).
   */
  async function recordStep(step: Step): Promise<StepWritten> {
    const answer = answerTo(step, await factsOf(step.caseNumber, step.ordinal === 1));
    const verdict = await write(step, answer);
    if (verdict === 'outrun') throw ApplicationFailure.retryable('A later attempt has written already.', 'outrun');
    if (verdict === 'repeated') return answerTo(step, await factsOf(step.caseNumber, false));
    return { ...answer, ...(verdict === 'closed' && { endedBefore: true }) };
  }

  async function write(step: Step, { terms, promised, tasks }: StepWritten): Promise<Verdict | undefined> {
    const row = {
      ...step,
      ...(terms && { terms }),
      nextDueAt: earliestWait(step, promised, tasks),
      promised: step.promised.map((made) => ({ ...made, ...promised[made.id] })),
      tasks: step.tasks.map(({ task, result, claimMinutes }) => ({ ...task, ...tasks[task.id], result, claimMinutes })),
    };
    const runId = activityInfo().workflowExecution?.runId;
    const { rows } = await pool.query<{ verdict: Verdict }>('SELECT step_with_slot($1, $2) AS verdict', [runId, row]);
    return rows[0]?.verdict;
  }

  /** The case's own terms; on its first step those of the policy in force, with the store as it is then. */
  async function factsOf(caseNumber: string, first: boolean): Promise<DueFacts> {
    const { rows } = await pool.query<CaseFacts>(
      `SELECT c.terms, p.content AS policy, coalesce(d.time_zone, s.time_zone) AS "customerZone",
         jsonb_build_object('id', s.id, 'name', s.name, 'timeZone', s.time_zone, 'calendar', s.calendar, 'hours', s.hours) AS store,
         case_calendar(c.case_number, $2) AS calendar
       FROM cases c JOIN stores s ON s.id = c.store LEFT JOIN case_details d USING (case_number)
         CROSS JOIN LATERAL (SELECT content || jsonb_build_object('version', version) AS content FROM policies WHERE published_at <= c.opened_at ORDER BY published_at DESC, version DESC LIMIT 1) p
       WHERE c.case_number = $1`,
      [caseNumber, first],
    );
    const known = rows[0];
    if (!known) throw ApplicationFailure.nonRetryable('There is no such case.', 'unknown-case');
    const stored = !first && known.terms ? known.terms : { ...known.policy, store: known.store };
    return { terms: wholeTerms(stored), customerZone: known.customerZone, calendar: known.calendar };
  }

  return { recordStep };
}

interface CaseFacts {
  terms: StoredTerms | null;
  policy: Policy;
  store: StoreTerms;
  customerZone: string;
  calendar: Calendar;
}

function answerTo(step: Step, known: DueFacts): StepWritten {
  const facts = { ...known, priority: step.priority };
  const shown = (at: string) => shortTime(at, facts.terms.store.timeZone);
  const promised = step.promised.map(({ id, rule, from }) => {
    const due = dueBy(rule, from, facts);
    return [id, { ...due, dueShown: shown(due.dueAt) }];
  });
  const tasks = step.tasks.map((change) => {
    const { dueAt, nextAt, ...times } = timesOf(change, facts);
    const both = {
      ...(dueAt && { dueAt, dueShown: shown(dueAt) }),
      ...(nextAt && { nextAt, nextShown: shown(nextAt) }),
    };
    return [change.task.id, { ...times, ...both }];
  });
  return {
    promised: Object.fromEntries(promised) as StepWritten['promised'],
    tasks: Object.fromEntries(tasks) as StepWritten['tasks'],
    ...(step.ordinal === 1 && { terms: facts.terms }),
  };
}

function timesOf({ task, counted, climbFrom }: TaskChange, facts: DueFacts): TaskTimes {
  if (counted) {
    const due = dueBy(counted.rule, counted.from, { ...facts, role: task.role });
    return { ...due, nextAt: due.dueAt };
  }
  if (!climbFrom) return {};
  return { nextAt: climbsAt(task, climbFrom, facts) };
}

/** What operators see as "next", and where a fast-forward hops to. */
function earliestWait(step: Step, promised: StepWritten['promised'], tasks: StepWritten['tasks']): string | null {
  if (step.ending) return null;
  const settled = new Set(step.outcomes.map(({ promise }) => promise));
  const finished = new Set(step.tasks.flatMap(({ task, result }) => (result ? [task.id] : [])));
  const times = [
    step.nextDueAt,
    ...Object.entries(promised).map(([id, { dueAt }]) => (settled.has(id) ? undefined : dueAt)),
    ...Object.entries(tasks).map(([id, { nextAt }]) => (finished.has(id) ? undefined : nextAt)),
  ];
  return times.filter((time) => time !== undefined && time > step.at).sort()[0] ?? null;
}
