import { dueAt, openLedger, type Ledger } from '../support/ledger';
import { eventually } from '../support/repair';

let ledger: Ledger;
beforeAll(async () => {
  ledger = await openLedger();
});
afterAll(() => ledger.close());

const standing = async (caseNumber: string) =>
  (
    await ledger.rows<{ status: string; ending: string | null; step: number; runId: string; version: string }>(
      'SELECT status, ending, step, run_id AS "runId", version FROM cases WHERE case_number = $1',
      caseNumber,
    )
  )[0]!;

/** Two steps of one run: opened, then guided with a promise. */
async function guidedCase(): Promise<string> {
  const caseNumber = await ledger.aCase();
  await ledger.write(caseNumber, 'run-1', [3, 100, 1], { note: 'opened' });
  await ledger.write(caseNumber, 'run-1', [5, 200, 2], { note: 'guided-by-phone', promised: ['guidance-check'] });
  return caseNumber;
}

describe('one run', () => {
  test('a step that is written again changes nothing, and is told that it stands', async () => {
    const caseNumber = await guidedCase();
    const before = await standing(caseNumber);
    const again = { note: 'guided-by-phone', promised: ['guidance-check'] };
    expect(await ledger.write(caseNumber, 'run-1', [5, 200, 2], again)).toBe('repeated');
    expect(await ledger.write(caseNumber, 'run-1', [3, 100, 1], { note: 'opened' })).toBe('repeated');
    expect(await standing(caseNumber)).toEqual(before);
    expect(await ledger.promises(caseNumber)).toEqual(['guidance-check open']);
  });

  test('an attempt with a shorter history than one that wrote is outrun', async () => {
    const caseNumber = await guidedCase();
    expect(await ledger.write(caseNumber, 'run-1', [4, 900, 2], { note: 'called' })).toBe('outrun');
    expect(await ledger.notes(caseNumber)).toEqual(['1 opened', '2 guided-by-phone']);
  });

  test('of two attempts with one history length the later counts: its step replaces the other, and what followed from it', async () => {
    const caseNumber = await guidedCase();
    const lost = { note: 'told', promised: ['guidance-call'], outcomes: { 'guidance-check': 'kept' } };
    await ledger.write(caseNumber, 'run-1', [15, 300, 3], lost);
    const closing = { note: 'closed', outcomes: { 'guidance-check': 'cancelled' }, status: 'closed' };
    expect(await ledger.write(caseNumber, 'run-1', [15, 400, 3], closing)).toBe('accepted');
    expect(await ledger.notes(caseNumber)).toEqual(['1 opened', '2 guided-by-phone', '3 closed']);
    expect(await ledger.promises(caseNumber)).toEqual(['guidance-check cancelled']);
  });

  test('a late write of the attempt that was given up is outrun, even with a higher ordinal', async () => {
    const caseNumber = await guidedCase();
    await ledger.write(caseNumber, 'run-1', [15, 400, 3], { note: 'called' });
    expect(await ledger.write(caseNumber, 'run-1', [15, 301, 4], { note: 'told' })).toBe('outrun');
    expect((await standing(caseNumber)).step).toBe(3);
  });

  test('two attempts that write at once: the one that waits sees, and replaces, what the other wrote', async () => {
    const caseNumber = await guidedCase();
    const early = await ledger.pool.connect();
    try {
      await early.query('BEGIN');
      await ledger.write(caseNumber, 'run-1', [15, 300, 3], { note: 'told', promised: ['guidance-call'] }, early);
      const late = ledger.write(caseNumber, 'run-1', [15, 400, 3], { note: 'called' });
      await eventually(async () => (await waiting()) === 1);
      await early.query('COMMIT');
      expect(await late).toBe('accepted');
    } finally {
      early.release();
    }
    expect(await ledger.notes(caseNumber)).toEqual(['1 opened', '2 guided-by-phone', '3 called']);
    expect(await ledger.promises(caseNumber)).toEqual(['guidance-check open']);
  });

  test('two attempts that write at once: an older one that comes second is outrun', async () => {
    const caseNumber = await guidedCase();
    const newer = await ledger.pool.connect();
    try {
      await newer.query('BEGIN');
      await ledger.write(caseNumber, 'run-1', [15, 400, 3], { note: 'called' }, newer);
      const older = ledger.write(caseNumber, 'run-1', [15, 300, 3], { note: 'told' });
      await eventually(async () => (await waiting()) === 1);
      await newer.query('COMMIT');
      expect(await older).toBe('outrun');
    } finally {
      newer.release();
    }
    expect(await ledger.notes(caseNumber)).toEqual(['1 opened', '2 guided-by-phone', '3 called']);
  });

  const waiting = async () =>
    (
      await ledger.rows(
        `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE 'SELECT case_step%'`,
      )
    ).length;
});

describe('a reset', () => {
  test('replaces what the run before wrote, from the first step it writes itself', async () => {
    const caseNumber = await guidedCase();
    await ledger.write(caseNumber, 'run-1', [15, 300, 3], { note: 'told', outcomes: { 'guidance-check': 'kept' } });
    await ledger.write(caseNumber, 'run-1', [25, 400, 4], { note: 'closed', ending: 'satisfied', status: 'closed' });
    const verdict = await ledger.write(caseNumber, 'run-2', [10, 500, 3], { note: 'run-changed', firstRun: false });
    expect(verdict).toBe('accepted');
    expect(await ledger.notes(caseNumber)).toEqual(['1 opened', '2 guided-by-phone', '3 run-changed']);
    expect(await ledger.promises(caseNumber)).toEqual(['guidance-check open']);
    expect(await standing(caseNumber)).toMatchObject({ status: 'guided', ending: null, step: 3, runId: 'run-2' });
  });

  test('a run of the past never writes again, however long its history', async () => {
    const caseNumber = await guidedCase();
    await ledger.write(caseNumber, 'run-2', [5, 500, 2], { note: 'guided-by-phone', firstRun: false });
    await ledger.write(caseNumber, 'run-3', [5, 600, 2], { note: 'guided-by-phone', firstRun: false });
    for (const run of ['run-1', 'run-2'])
      expect(await ledger.write(caseNumber, run, [999, 999, 9], { note: 'told' })).toBe('outrun');
    expect((await standing(caseNumber)).runId).toBe('run-3');
  });

  test('a case that is over can be reset to its beginning', async () => {
    const caseNumber = await guidedCase();
    await ledger.write(caseNumber, 'run-1', [25, 400, 3], { note: 'closed', ending: 'satisfied', status: 'closed' });
    expect(await ledger.write(caseNumber, 'run-2', [3, 500, 1], { note: 'opened', firstRun: false })).toBe('accepted');
    expect(await ledger.notes(caseNumber)).toEqual(['1 opened']);
  });
});

describe('openings', () => {
  test('a second start of an opening that has ended is turned away, and changes nothing', async () => {
    const caseNumber = await guidedCase();
    await ledger.write(caseNumber, 'run-1', [25, 400, 3], { note: 'closed', ending: 'satisfied', status: 'closed' });
    const before = await standing(caseNumber);
    expect(await ledger.write(caseNumber, 'run-9', [3, 500, 1], { note: 'opened' })).toBe('closed');
    expect(await standing(caseNumber)).toEqual(before);
  });

  test('a start whose first run was lost before it ended takes the opening over', async () => {
    const caseNumber = await guidedCase();
    expect(await ledger.write(caseNumber, 'run-9', [3, 500, 1], { note: 'opened' })).toBe('accepted');
    expect(await ledger.notes(caseNumber)).toEqual(['1 opened']);
    expect(await ledger.promises(caseNumber)).toEqual([]);
  });

  test('a second opening counts its steps from one, and leaves the first as it ended', async () => {
    const caseNumber = await guidedCase();
    await ledger.write(caseNumber, 'run-1', [25, 400, 3], { note: 'closed', ending: 'satisfied', status: 'closed' });
    const again = { opening: 2, note: 'opened', promised: ['guidance-check'] };
    expect(await ledger.write(caseNumber, 'run-2', [3, 500, 1], again)).toBe('accepted');
    expect(await ledger.notes(caseNumber)).toEqual(['1 opened', '2 guided-by-phone', '3 closed', '1 opened']);
    expect(await ledger.promises(caseNumber)).toEqual(['guidance-check open', 'guidance-check open']);
  });
});

describe('what a step changes, and takes back when it is replaced', () => {
  test('a task as it stood before the step that is replaced is open again', async () => {
    const caseNumber = await guidedCase();
    await ledger.write(caseNumber, 'run-1', [15, 300, 3], { tasks: { 'guidance-call/1': {} } });
    await ledger.write(caseNumber, 'run-1', [20, 350, 4], {
      tasks: { 'guidance-call/1': { role: 'service-manager', holder: 'manager-1' } },
    });
    expect(await ledger.tasks(caseNumber)).toEqual(['guidance-call/1 service-manager manager-1']);
    await ledger.write(caseNumber, 'run-1', [25, 400, 5], { tasks: { 'guidance-call/1': { result: 'works' } } });
    expect(await ledger.tasks(caseNumber)).toEqual([]);
    await ledger.write(caseNumber, 'run-1', [25, 500, 4], { note: 'called' });
    expect(await ledger.tasks(caseNumber)).toEqual(['guidance-call/1 desk']);
  });

  test('a task whose times are not counted anew keeps those it had', async () => {
    const caseNumber = await guidedCase();
    await ledger.write(caseNumber, 'run-1', [15, 300, 3], { tasks: { 'guidance-call/1': {} } });
    const unchanged = { notBefore: null, dueAt: null, nextAt: null, because: undefined };
    await ledger.write(caseNumber, 'run-1', [20, 350, 4], { tasks: { 'guidance-call/1': unchanged } });
    const [task] = await ledger.rows<{ dueAt: Date }>(
      'SELECT due_at AS "dueAt" FROM open_tasks WHERE case_number = $1',
      caseNumber,
    );
    expect(task?.dueAt.toISOString()).toBe(dueAt);
  });

  test('a question that the step closed is open again', async () => {
    const caseNumber = await guidedCase();
    await ledger.rows(
      `WITH m AS (INSERT INTO messages (key, message_key, case_number, opening, matter, template, class, facts, at)
         VALUES ($1 || '/q', $1 || '/q', $1, 1, 'guidance/1', 'guidance-check', 'at-least-once', '{}', now()) RETURNING id)
       INSERT INTO questions (message_id, case_number, opening, matter, template, sender, number, choices)
       SELECT id, $1, 1, 'guidance/1', 'guidance-check', '+8613800138000', '+8618600000000', '[]' FROM m`,
      caseNumber,
    );
    const isOpen = async () =>
      (await ledger.rows('SELECT FROM open_questions WHERE case_number = $1', caseNumber)).length === 1;
    await ledger.write(caseNumber, 'run-1', [15, 300, 3], { settledMatters: ['another/1'] });
    expect(await isOpen()).toBe(true);
    await ledger.write(caseNumber, 'run-1', [20, 350, 4], { settledMatters: ['guidance/1'] });
    expect(await isOpen()).toBe(false);
    await ledger.write(caseNumber, 'run-1', [20, 400, 4], { note: 'called' });
    expect(await isOpen()).toBe(true);
    await ledger.write(caseNumber, 'run-1', [25, 500, 5], { note: 'closed', ending: 'satisfied', status: 'closed' });
    expect(await isOpen()).toBe(false);
  });

  test('an entry counts while the step that accepted it does, and the details of the customer follow', async () => {
    const caseNumber = await guidedCase();
    const entry = (id: string, details: object) =>
      ledger.rows(
        `INSERT INTO entries (id, case_number, kind, by, details) VALUES ($1, $2, 'addDetails', 'desk-1', $3)`,
        `${caseNumber}/${id}`,
        caseNumber,
        details,
      );
    const address = async () =>
      (await ledger.rows<{ address: string }>('SELECT address FROM case_details WHERE case_number = $1', caseNumber))[0]
        ?.address;
    await entry('first', { address: '1 First Street' });
    await entry('second', { address: '2 Second Street' });
    await ledger.write(caseNumber, 'run-1', [15, 300, 3], { entryId: `${caseNumber}/first` });
    expect(await address()).toBe('1 First Street');
    await ledger.write(caseNumber, 'run-1', [20, 350, 4], { entryId: `${caseNumber}/second` });
    expect(await address()).toBe('2 Second Street');
    await ledger.write(caseNumber, 'run-1', [20, 400, 4], { note: 'called' });
    expect(await address()).toBe('1 First Street');
    const accepted = await ledger.rows<{ id: string }>(
      'SELECT id FROM entries WHERE case_number = $1 AND step IS NOT NULL',
      caseNumber,
    );
    expect(accepted.map(({ id }) => id)).toEqual([`${caseNumber}/first`]);
  });

  test('what is planned for a settled matter does not leave any more; what has left stays', async () => {
    const caseNumber = await guidedCase();
    for (const [key, state] of Object.entries({ a: 'planned', b: 'deferred', c: 'submitting', d: 'accepted' }))
      await ledger.rows(
        `INSERT INTO messages (key, message_key, case_number, opening, matter, template, class, facts, at, state)
         VALUES ($1, $1, $2, 1, 'guidance/1', 'guidance-check', 'at-least-once', '{}', now(), $3)`,
        `${caseNumber}/${key}`,
        caseNumber,
        state,
      );
    await ledger.write(caseNumber, 'run-1', [15, 300, 3], { settledMatters: ['guidance/1'] });
    const messages = await ledger.rows<{ state: string }>(
      'SELECT state FROM messages WHERE case_number = $1 ORDER BY key',
      caseNumber,
    );
    expect(messages.map(({ state }) => state)).toEqual(['cancelled', 'cancelled', 'submitting', 'accepted']);
  });
});

describe('late or not', () => {
  async function keptAfter(seconds: number) {
    const caseNumber = await guidedCase();
    const at = new Date(Date.parse(dueAt) + seconds * 1000).toISOString();
    await ledger.write(caseNumber, 'run-1', [15, 300, 3], { at, outcomes: { 'guidance-check': 'kept' } });
    const [kept] = await ledger.rows<{ outcome: string; late: number | null }>(
      'SELECT outcome, late_seconds AS late FROM promises_now WHERE case_number = $1',
      caseNumber,
    );
    return [kept?.outcome, kept?.late];
  }

  test('a promise kept up to five minutes after its time is kept, and how late it was is known', async () => {
    expect(await keptAfter(-60)).toEqual(['kept', null]);
    expect(await keptAfter(0)).toEqual(['kept', null]);
    expect(await keptAfter(300)).toEqual(['kept', 300]);
  });

  test('a promise kept later than that is kept late', async () => {
    expect(await keptAfter(301)).toEqual(['kept-late', 301]);
  });

  test('a promise ends once: a second outcome of the same promise is refused by the ledger', async () => {
    const caseNumber = await guidedCase();
    await ledger.write(caseNumber, 'run-1', [15, 300, 3], { outcomes: { 'guidance-check': 'kept' } });
    const second = ledger.write(caseNumber, 'run-1', [20, 350, 4], { outcomes: { 'guidance-check': 'cancelled' } });
    await expect(second).rejects.toThrow('promise_outcomes_once');
    expect(await ledger.promises(caseNumber)).toEqual(['guidance-check kept']);
  });
});
