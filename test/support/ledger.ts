import { randomBytes } from 'node:crypto';
import { openDatabase } from '../../prisma/database';
import { dropDatabase, newDatabase } from './database';

export type Ledger = Awaited<ReturnType<typeof openLedger>>;

/** Where a step stands: the length of the history, the machine's time, and its ordinal. */
export type Fence = [clock: number, taken: number, ordinal: number];

/** What a step says beside its fence; what is left out is nothing. */
export interface Said {
  opening?: number;
  firstRun?: boolean;
  at?: string;
  note?: string;
  entryId?: string;
  status?: string;
  ending?: string;
  promised?: string[];
  outcomes?: Record<string, string>;
  tasks?: Record<string, object>;
  settledMatters?: string[];
}

export const openedAt = '2026-11-24T02:00:00.000Z';
export const dueAt = '2026-11-24T04:00:00.000Z';

/** The SQL of the ledger on a database of its own, without a story: whoever writes here says himself which attempt he is. */
export async function openLedger() {
  const url = await newDatabase();
  const { pool, close } = openDatabase(url);
  const rows = async <T>(sql: string, ...values: unknown[]) => (await pool.query(sql, values)).rows as T[];

  async function aCase(): Promise<string> {
    const caseNumber = `AC-${randomBytes(4).toString('hex')}`;
    await rows(
      `INSERT INTO cases (case_number, kind, store, channel, short_code) VALUES ($1, 'repair', 'hz-01', 'phone', '1234')`,
      caseNumber,
    );
    return caseNumber;
  }

  const write = async (caseNumber: string, run: string, fence: Fence, said: Said = {}, on: Queryable = pool) =>
    (await on.query('SELECT case_step($1, $2) AS verdict', [run, stepOf(caseNumber, fence, said)])).rows[0]?.verdict;

  return {
    url,
    pool,
    rows,
    aCase,
    write,
    /** What is valid now: the notes of the case, each with its step. */
    notes: async (caseNumber: string) =>
      (
        await rows<{ step: number; note: string }>(
          'SELECT step, note FROM timeline WHERE case_number = $1 AND NOT superseded ORDER BY id',
          caseNumber,
        )
      ).map(({ step, note }) => `${step} ${note}`),
    promises: async (caseNumber: string) =>
      (
        await rows<{ promise: string; outcome: string | null }>(
          'SELECT promise, outcome FROM promises_now WHERE case_number = $1 ORDER BY promise',
          caseNumber,
        )
      ).map(({ promise, outcome }) => `${promise} ${outcome ?? 'open'}`),
    tasks: async (caseNumber: string) =>
      (
        await rows<{ task: string; role: string; holder: string | null }>(
          'SELECT task, role, holder FROM open_tasks WHERE case_number = $1 ORDER BY task',
          caseNumber,
        )
      ).map(({ task, role, holder }) => [task, role, holder].filter(Boolean).join(' ')),
    async close() {
      await close();
      await dropDatabase(url);
    },
  };
}

interface Queryable {
  query(sql: string, values: unknown[]): Promise<{ rows: { verdict: string }[] }>;
}

function stepOf(caseNumber: string, [clock, taken, ordinal]: Fence, said: Said): object {
  const { opening = 1, firstRun = true, at = openedAt, note = 'noted', entryId, status = 'guided', ending } = said;
  const times = { notBefore: openedAt, dueAt, nextAt: dueAt, because: ['a test'] };
  const due = { dueAt, because: ['a test'] };
  return {
    caseNumber,
    opening,
    ordinal,
    clock,
    taken,
    firstRun,
    at,
    status,
    waitingFor: 'desk',
    actionsNow: [],
    priority: 'normal',
    escalated: false,
    ...(ending && { ending }),
    notes: [{ note, ...(entryId && { entryId }) }],
    promised: (said.promised ?? []).map((id) => ({ id, kind: id, matter: 'guidance', keeper: 'desk', ...due })),
    outcomes: Object.entries(said.outcomes ?? {}).map(([promise, outcome]) => ({ promise, outcome })),
    tasks: Object.entries(said.tasks ?? {}).map(([id, change]) => ({
      ...{ id, kind: 'guidance-call', role: 'desk', matter: 'guidance', ...times },
      ...change,
    })),
    settledMatters: said.settledMatters ?? [],
  };
}
