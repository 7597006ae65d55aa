import fc from 'fast-check';
import { completionOf } from '../../domain/cases/tasks';
import type { TaskKind } from '../../domain/promises/kinds';
import { expectAgreement } from '../support/agreement';
import { openCompany, type Company } from '../support/company';
import { askNow } from '../support/conversation';
import { aRepair, eventually, hour, type Repair } from '../support/repair';

let company: Company;
beforeAll(async () => {
  company = await openCompany();
}, 60_000);
afterAll(() => company.close());

/** Everything that may be done with a case now, by anybody; `pick` settles what is open about it. */
async function movesOf(repair: Repair, pick: number): Promise<[name: string, make: () => Promise<unknown>][]> {
  const { now, actionsNow } = await repair.look();
  const tasks = await repair.tasks();
  const one = <Choice>(choices: readonly Choice[]) => choices[pick % choices.length]!;
  const before = (hours: number) => new Date(Date.parse(now) - hours * hour).toISOString();
  const guidance = await repair.entry('guided-by-phone');
  const call = await repair.task('guidance-call');
  const said: Record<string, () => object> = {
    'add-details': () => one([{ address: '文三路 2 号' }, { boughtOn: '2026-08-30' }]),
    'change-contact': () => ({ name: '王芳' }),
    'choose-service-way': () => ({
      faultClass: 'unknown',
      way: one(['phone-guidance', 'visit', 'workshop', 'remote'] as const),
    }),
    'record-guidance': () => ({ endedAt: before(one([0, 1, 2])), what: '清洗滤网' }),
    'record-call': () => ({
      taskId: call?.task,
      ...one([
        { outcome: 'no-answer' },
        { outcome: 'does-not-work' },
        { outcome: 'no-answer' },
        { outcome: 'call-later', callAt: before(-3) },
        { outcome: 'works' },
      ]),
    }),
    'record-contact': () => ({ about: one(['chases', 'does-not-work', 'other', 'works'] as const), what: '来电' }),
    'correct-entry': () => ({ entryId: guidance, reason: '写错了', endedAt: before(one([0, 1])) }),
  };
  const names = actionsNow.map(({ name }) => name).filter((name) => name in said);
  return [
    ...names.map((name): [string, () => Promise<unknown>] => [name, () => repair.tried(name, said[name]!())]),
    ...tasks.flatMap(({ task, kind }): [string, () => Promise<unknown>][] => {
      const id = `${repair.caseNumber}~${task.replace('/', '~')}`;
      const { results } = completionOf(kind as TaskKind);
      const act = (name: string, body: object) => company.ask('POST', `/v1/tasks/${id}/actions/${name}`, body);
      return [
        ['claim', () => act('claim', { by: one(['desk-1', 'desk-2']) })],
        ['snooze', () => act('snooze', { by: 'desk-1', until: before(-0.2) })],
        ...(results
          ? [
              ['complete', () => act('complete', { by: 'desk-1', result: one(results), what: '已联系' })] as [
                string,
                () => Promise<unknown>,
              ],
            ]
          : []),
      ];
    }),
    ['reply', () => repair.reply(one(['1', '2', '师傅什么时候来']))],
    ['wait', () => repair.forward({ minutes: one([5, 31, 65, 130, 400]) })],
    ['wait', () => repair.forward({ minutes: one([121, 45, 600]) })],
  ];
}

/** Does what the numbers say, one thing after the other, until the case is over; then, if it is not, it is cancelled. */
async function walk(repair: Repair, numbers: [number, number][]): Promise<string[]> {
  const path: string[] = [];
  for (const [which, pick] of numbers) {
    const moves = await movesOf(repair, pick);
    const [name, make] = moves[which % moves.length]!;
    path.push(name);
    const answer = (await make().catch((error: Error) => ({ status: error.message }))) as
      { status?: unknown } | undefined;
    if (typeof answer?.status === 'number' && answer.status >= 500)
      throw new Error(`${path.join(', ')}: ${answer.status}`);
    await expectAgreement(company, repair);
    if ((await repair.look()).ending) return path;
  }
  await repair.does('cancel-case', { reason: '走完了' });
  return [...path, 'cancel-case'];
}

const one = fc.noBias(fc.nat());
const walks = fc.sample(fc.array(fc.tuple(one, one), { minLength: 18, maxLength: 18 }), { seed: 20261124, numRuns: 8 });

test('whatever happens to a case, in whatever order: the ledger says what the story says, and it never closes with a promise open', async () => {
  const lived = await Promise.all(
    walks.map(async (numbers, i) => {
      const repair = await aRepair(company, i % 3 === 0 ? { address: null } : {});
      if (i % 2 === 0) await askNow(repair);
      const path = await walk(repair, numbers);
      await eventually(async () => (await repair.look()).ending !== null);
      await expectAgreement(company, repair);
      expect((await repair.promises()).filter(({ outcome }) => outcome === null)).toEqual([]);
      expect(await repair.tasks()).toEqual([]);
      return path;
    }),
  );
  expect(new Set(lived.flat()).size).toBeGreaterThan(8);
});
