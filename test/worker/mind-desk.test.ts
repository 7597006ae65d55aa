import { randomUUID } from 'node:crypto';
import { firstPolicy } from '../../prisma/seed';
import { openDatabase, type Database } from '../../prisma/database';
import { mindDesk } from '../../worker/mind-desk';
import { dropDatabase, newDatabase } from '../support/database';
import { inHangzhou } from '../support/terms';

let url: string;
let database: Database;
beforeAll(async () => {
  url = await newDatabase();
  database = openDatabase(url, { connections: 4 });
  const content = { ...firstPolicy, version: 'test-1' } as object;
  await database.prisma.policy.create({ data: { version: 'test-1', content } });
});
beforeEach(() => database.pool.query('DELETE FROM desk_tasks'));
afterAll(async () => {
  await database.close();
  await dropDatabase(url);
});

/** Somebody wrote to us at that time. */
async function aReplyAt(time: string): Promise<string> {
  const { rows } = await database.pool.query<{ id: string }>(
    `INSERT INTO desk_tasks (kind, inbound_sid, not_before, due_at) VALUES ('read-reply', $1, $2, $2::timestamptz + interval '30 minutes') RETURNING id`,
    [randomUUID(), inHangzhou(time)],
  );
  return rows[0]!.id;
}
/** The engine room found a case that nobody plays. */
async function aStoppedStoryAt(time: string): Promise<string> {
  const { rows } = await database.pool.query<{ id: string }>(
    `INSERT INTO desk_tasks (kind, case_number, role, not_before, due_at)
     VALUES ('story-stopped', $1, 'service-manager', $2, $2::timestamptz + interval '30 minutes') RETURNING id`,
    [randomUUID(), inHangzhou(time)],
  );
  return rows[0]!.id;
}
const minded = (time: string) => mindDesk(database, new Date(inHangzhou(time)));
const seen = async (id: string) => {
  const { rows } = await database.pool.query<{
    role: string;
    reminded: boolean;
    next: Date;
    dueAt: Date;
    holder: string;
  }>('SELECT role, reminded, next_at AS next, due_at AS "dueAt", holder FROM desk_tasks WHERE id = $1', [id]);
  return rows[0]!;
};
const notes = async (id: string) =>
  (
    await database.pool.query<{ note: string }>('SELECT note FROM desk_task_notes WHERE task_id = $1 ORDER BY id', [id])
  ).rows.map(({ note }) => note);

test('a reply without a case reminds when due, climbs level by level, and reminds daily at the top, in desk hours (S-03, E-22)', async () => {
  const id = await aReplyAt('2026-11-24 19:40');
  const steps: [at: string, role: string, next: string][] = [
    ['2026-11-24 19:41', 'desk', '2026-11-24 20:10'],
    ['2026-11-24 20:10', 'desk', '2026-11-24 20:40'],
    ['2026-11-24 20:40', 'service-manager', '2026-11-25 08:10'],
    ['2026-11-25 08:10', 'centre-head', '2026-11-25 08:40'],
    ['2026-11-25 08:40', 'headquarters', '2026-11-26 08:40'],
    ['2026-11-26 08:40', 'headquarters', '2026-11-27 08:40'],
  ];
  for (const [at, role, next] of steps) {
    expect(await minded(at)).toBe(1);
    expect(await minded(at)).toBe(0);
    const task = await seen(id);
    expect([at, task.role, task.next.toISOString()]).toEqual([at, role, inHangzhou(next)]);
  }
  expect(await notes(id)).toEqual(['task-reminded', ...Array(3).fill('task-climbed'), 'task-reminded']);
});

test('a reply in the night is due in the morning, and nobody is reminded before', async () => {
  const id = await aReplyAt('2026-11-24 23:15');
  await minded('2026-11-24 23:15');
  expect((await seen(id)).dueAt.toISOString()).toBe(inHangzhou('2026-11-25 08:30'));
  expect(await minded('2026-11-25 08:29')).toBe(0);
});

test('two workers mind one task once', async () => {
  const ids = await Promise.all(Array.from({ length: 8 }, () => aReplyAt('2026-11-24 10:00')));
  const both = () => Promise.all([1, 2, 3].map(() => minded('2026-11-24 10:30')));
  expect((await both()).reduce((sum, n) => sum + n)).toBe(8); // counted
  expect((await both()).reduce((sum, n) => sum + n)).toBe(8); // reminded
  expect((await both()).reduce((sum, n) => sum + n)).toBe(0);
  for (const id of ids) expect(await notes(id)).toEqual(['task-reminded']);
});

test('after five hours without a worker a task of the desk climbs one level, not five', async () => {
  const id = await aReplyAt('2026-11-24 09:00');
  await minded('2026-11-24 09:00');
  await minded('2026-11-24 09:30');
  while ((await minded('2026-11-24 14:30')) > 0);
  const { role, next } = await seen(id);
  expect([role, next.toISOString()]).toEqual(['service-manager', inHangzhou('2026-11-24 15:00')]);
});

test('what climbs is let go by who had it, and what is done is not minded any more', async () => {
  const id = await aReplyAt('2026-11-24 09:00');
  for (const at of ['09:00', '09:30']) await minded(`2026-11-24 ${at}`);
  await database.pool.query(`UPDATE desk_tasks SET holder = 'desk-1' WHERE id = $1`, [id]);
  await minded('2026-11-24 10:00');
  expect((await seen(id)).holder).toBeNull();
  await database.pool.query(`UPDATE desk_tasks SET done_at = now() WHERE id = $1`, [id]);
  expect(await minded('2026-11-25 10:00')).toBe(0);
});

test('what is said of a stopped story is about the story, and not about a reply', async () => {
  const id = await aStoppedStoryAt('2026-11-24 10:00');
  await minded('2026-11-24 10:00');
  const { rows } = await database.pool.query<{ because: string[] }>('SELECT because FROM desk_tasks WHERE id = $1', [
    id,
  ]);
  expect(rows[0]!.because).toEqual(['30 min: somebody sees to it that the story runs again']);
});
