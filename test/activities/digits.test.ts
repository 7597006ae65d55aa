import { aMobile } from '../support/repair';
import { openWorld, type World } from './message-world';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const digitsOf = async ({ caseNumber }: { caseNumber: string }) =>
  (
    await world.rows<{ digit: string }>(
      `SELECT choice->>'digit' AS digit FROM questions, jsonb_array_elements(choices) choice WHERE case_number = $1`,
      caseNumber,
    )
  ).map(({ digit }) => digit);

test('two cases open on one number ask with different digits, even in the same instant', async () => {
  const phone = aMobile();
  const [one, two] = [await world.aCase({ phone }), await world.aCase({ phone })];
  await Promise.all([world.send(one), world.send(two)]);
  expect([...(await digitsOf(one)), ...(await digitsOf(two))].toSorted()).toEqual(['1', '2', '3', '4']);
  expect((await world.textsOn(phone)).join()).toMatch(
    /能用回1，不能用回2.*能用回3，不能用回4|能用回3，不能用回4.*能用回1，不能用回2/,
  );
});

test('nine cases that ask one number in the same instant share no digit', async () => {
  const phone = aMobile();
  const cases = await Promise.all(Array.from({ length: 9 }, () => world.aCase({ phone })));
  await Promise.all(cases.map((one) => world.send(one)));
  const given = (await Promise.all(cases.map(digitsOf))).flat().filter((digit) => digit !== null);
  expect(given.toSorted()).toEqual(['1', '2', '3', '4', '5', '6', '7', '8']);
});

test('a digit rests for seven days after its question was closed', async () => {
  const phone = aMobile();
  const one = await world.aCase({ phone });
  await world.send(one);
  const close = (days: number) =>
    world.rows(
      `UPDATE questions SET closed_at = now() - $2 * interval '1 day' WHERE case_number = $1`,
      one.caseNumber,
      days,
    );
  await close(6.9);
  const two = await world.aCase({ phone });
  await world.send(two);
  expect(await digitsOf(two)).toEqual(['3', '4']);
  await close(7.1);
  const three = await world.aCase({ phone });
  await world.send(three);
  expect(await digitsOf(three)).toEqual(['1', '2']);
});

test('when too few are left the question names phone and short code', async () => {
  const phone = aMobile();
  const results: unknown[] = [];
  for (let i = 0; i < 5; i += 1) results.push(await world.send(await world.aCase({ phone })));
  expect(results.map((result) => (result as { twoWay: boolean }).twoWay)).toEqual([true, true, true, true, false]);
  expect((await world.textsOn(phone)).at(-1)).toContain('答复请致电400-000-0000，报短码4821。');
});

test('a number that hears no replies gets phone and short code', async () => {
  const message = await world.aCase({ phone: aMobile().replace('+86186', '+86139') });
  expect(await world.send(message)).toMatchObject({ state: 'accepted', twoWay: false });
  expect((await world.textsOn(message.phone))[0]).toContain('报短码4821');
});

test('a reply that was not understood is told the digits of the question that is open', async () => {
  const message = await world.aCase();
  await world.send(message);
  const { choices: _none, ...reply } = message;
  await world.send({
    ...reply,
    key: `${message.key}/reply`,
    template: 'not-understood',
    facts: {},
    names: { callBy: 'reply-answered' },
  });
  expect((await world.textsOn(message.phone)).at(-1)).toContain('也可以只回数字：1=能用，2=不能用。');
});

test('a text that takes a day is a question without digits, also beside one that has them', async () => {
  const { choices: _none, dueAt: _due, ...message } = await world.aCase();
  const ready = {
    ...message,
    template: 'ready-1',
    facts: { readyState: 'repaired', feeLine: 'none' },
    names: { nextOn: 'reply-answered' },
  } as const;
  expect(await world.send(ready)).toMatchObject({ state: 'accepted', twoWay: true });
  expect((await world.textsOn(message.phone)).at(-1)).toContain('请回复日期');
  const third = { ...ready, key: `${ready.key}/3`, template: 'ready-3', choices: ['send'] } as const;
  const facts = { notice: 3, way: 'none', freight: 'ours' };
  await world.send({ ...third, facts, names: { mailOn: 'reply-answered' }, choices: ['send'] });
  expect((await world.textsOn(message.phone)).at(-1)).toContain('送回请回1');
  const questions = await world.rows<{ choices: object[] }>(
    'SELECT choices FROM questions WHERE case_number = $1 ORDER BY opened_at',
    message.caseNumber,
  );
  expect(questions.map(({ choices }) => choices)).toEqual([
    [{ choice: 'day' }],
    [{ choice: 'send', digit: '1' }, { choice: 'day' }],
  ]);
});
