import type { Mistake, PolicyFile } from './policy-file';

/** Ids used twice, references to nothing, roles that nobody has or that climb nowhere. */
export function referenceMistakes(file: PolicyFile): Mistake[] {
  const { stores, engineers, calendars, staff, senders } = file;
  return [
    ...twice(stores, '/stores'),
    ...twice(engineers, '/engineers'),
    ...twice(calendars, '/calendars'),
    ...twice(staff, '/staff'),
    ...stores.flatMap(({ calendar }, i) => unknown(calendar, calendars, `/stores/${i}/calendar`, 'calendar')),
    ...engineers.flatMap(({ id, store }, i) => [
      ...unknown(store, stores, `/engineers/${i}/store`, 'store'),
      ...(staff.some((one) => one.id === id)
        ? []
        : [{ pointer: `/engineers/${i}/id`, message: `Nobody of the staff has the id ${id}.` }]),
    ]),
    ...senders.flatMap(({ store }, i) =>
      store === undefined ? [] : unknown(store, stores, `/senders/${i}/store`, 'store'),
    ),
    ...senderMistakes(file),
    ...roleMistakes(file),
  ];
}

function twice(items: { id: string }[], at: string): Mistake[] {
  return items.flatMap(({ id }, i) =>
    items.findIndex((other) => other.id === id) < i
      ? [{ pointer: `${at}/${i}/id`, message: `${id} is there twice.` }]
      : [],
  );
}

function unknown(id: string, items: { id: string }[], pointer: string, noun: string): Mistake[] {
  return items.some((item) => item.id === id) ? [] : [{ pointer, message: `There is no ${noun} ${id} in this file.` }];
}

function senderMistakes({ senders }: PolicyFile): Mistake[] {
  return senders.flatMap(({ prefix, store, number, twoWay }, i) => {
    const same = senders.findIndex((other) => other.prefix === prefix && other.store === store);
    return [
      ...(same < i ? [{ pointer: `/senders/${i}/prefix`, message: `${prefix} has a sender already.` }] : []),
      ...(twoWay && !number.startsWith('+')
        ? [{ pointer: `/senders/${i}/twoWay`, message: `Nobody can reply to a name like ${number}.` }]
        : []),
    ];
  });
}

function roleMistakes({ ladders, staff, policy }: PolicyFile): Mistake[] {
  const climbing: string[] = Object.values(ladders).flat(2);
  const noLadder = (role: string, pointer: string) =>
    climbing.includes(role) ? [] : [{ pointer, message: `The role ${role} is on no ladder.` }];
  return [
    ...Object.entries(ladders).flatMap(([name, rungs]) => {
      const roles = rungs.flat();
      const again = roles.find((role, i) => roles.indexOf(role) < i);
      return again ? [{ pointer: `/ladders/${name}`, message: `The role ${again} is on this ladder twice.` }] : [];
    }),
    ...twoWays(ladders),
    ...staff.flatMap(({ role, also = [] }, i) => [
      ...noLadder(role, `/staff/${i}/role`),
      ...also.flatMap((other, j) => noLadder(other, `/staff/${i}/also/${j}`)),
    ]),
    ...Object.entries(policy.tasks).flatMap(([kind, { role }]) => [
      ...noLadder(role, `/policy/tasks/${kind}/role`),
      ...(staff.some((one) => one.role === role || one.also?.includes(role))
        ? []
        : [{ pointer: `/policy/tasks/${kind}/role`, message: `Nobody of the staff has the role ${role}.` }]),
    ]),
  ];
}

/** A task knows its role, not its ladder: wherever a role stands, the same one takes over from it. */
function twoWays(ladders: PolicyFile['ladders']): Mistake[] {
  const steps = Object.entries(ladders).flatMap(([name, rungs]) =>
    rungs.flatMap((rung, i) => rung.map((role) => ({ name, role, above: rungs[i + 1]?.[0] ?? 'nobody' }))),
  );
  return steps.flatMap(({ name, role, above }, i) => {
    const other = steps.slice(0, i).find((before) => before.role === role && before.above !== above);
    return other
      ? [
          {
            pointer: `/ladders/${name}`,
            message: `${role} climbs to ${above} here, to ${other.above} on ${other.name}.`,
          },
        ]
      : [];
  });
}
