import type { OpenTask } from '../../domain/cases/case';
import { repair as kind } from '../../domain/cases/repair';
import type { RepairState } from '../../domain/cases/repair-facts';
import type { Company } from './company';
import type { Repair } from './repair';

/** One case, as far as the ledger and its story both know it. */
interface Account {
  status: string;
  ending: string | null;
  waitingFor: string;
  priority: string;
  actionsNow: string[];
  promises: string[];
  tasks: string[];
}

const agreeWithinMs = 15_000;

/**
 * The ledger and the story say the same of a case, its steps stand there without a gap, and no promise has two outcomes; once it is
 * closed, each has one. Notes are in the story first and a moment later in the ledger: that moment is waited for.
 */
export async function expectAgreement(company: Company, repair: Repair): Promise<void> {
  const giveUpAt = Date.now() + agreeWithinMs;
  let ledger = await ledgerOf(company, repair);
  let story = storyOf(await repair.handle.query<RepairState>('viewCase'));
  while (JSON.stringify(ledger) !== JSON.stringify(story) && Date.now() < giveUpAt) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    story = storyOf(await repair.handle.query<RepairState>('viewCase'));
    ledger = await ledgerOf(company, repair);
  }
  expect(ledger).toEqual(story);
  const steps = await company.rows<{ step: number }>(
    'SELECT DISTINCT step FROM timeline WHERE case_number = $1 AND NOT superseded ORDER BY step',
    repair.caseNumber,
  );
  expect(steps.map(({ step }) => step)).toEqual(steps.map((_, i) => i + 1));
  const outcomes = await company.rows<{ promise: string; outcome: string | null; known: number }>(
    `SELECT promise, min(outcome) AS outcome, count(*)::int AS known FROM promises_now WHERE case_number = $1 GROUP BY promise`,
    repair.caseNumber,
  );
  expect(outcomes.filter(({ known }) => known !== 1)).toEqual([]);
  if (story.ending) expect(outcomes.filter(({ outcome }) => outcome === null)).toEqual([]);
}

function storyOf(state: RepairState): Account {
  return {
    status: kind.statusOf(state),
    ending: state.ending ?? null,
    waitingFor: kind.waitingFor(state),
    priority: state.priority,
    actionsNow: kind.actionsNow(state),
    promises: state.promises.map(({ id, dueAt }) => `${id} due ${dueAt}`).sort(),
    tasks: state.tasks.map(taskLine).sort(),
  };
}

const taskLine = ({ id, role, holder, notBefore, dueAt, nextAt, reminded }: Omit<OpenTask, 'kind' | 'matter'>) =>
  `${id} ${role} ${holder ?? '-'} ${notBefore} ${dueAt} ${nextAt} ${reminded ?? false}`;

interface TaskRow {
  id: string;
  role: OpenTask['role'];
  holder: string | null;
  notBefore: Date;
  dueAt: Date;
  nextAt: Date;
  reminded: boolean;
}

async function ledgerOf(company: Company, { caseNumber }: Repair): Promise<Account> {
  const [row] = await company.rows<Omit<Account, 'promises' | 'tasks'>>(
    `SELECT status, ending, waiting_for AS "waitingFor", priority, actions_now AS "actionsNow" FROM cases WHERE case_number = $1`,
    caseNumber,
  );
  const promises = await company.rows<{ id: string; dueAt: Date }>(
    'SELECT promise AS id, due_at AS "dueAt" FROM promises_now WHERE case_number = $1 AND outcome IS NULL',
    caseNumber,
  );
  const tasks = await company.rows<TaskRow>(
    `SELECT task AS id, role, holder, not_before AS "notBefore", due_at AS "dueAt", next_at AS "nextAt", reminded
     FROM open_tasks WHERE case_number = $1`,
    caseNumber,
  );
  return {
    ...row!,
    promises: promises.map(({ id, dueAt }) => `${id} due ${dueAt.toISOString()}`).sort(),
    tasks: tasks
      .map(({ holder, reminded, notBefore, dueAt, nextAt, ...task }) =>
        taskLine({
          ...task,
          ...(holder && { holder }),
          ...(reminded && { reminded }),
          notBefore: notBefore.toISOString(),
          dueAt: dueAt.toISOString(),
          nextAt: nextAt.toISOString(),
        }),
      )
      .sort(),
  };
}
