import type { z } from 'zod';
import { completionOf, type KindWithoutStory } from '../../domain/cases/tasks';
import type { TaskKind } from '../../domain/promises/kinds';
import { may } from '../http/authentication';
import type { Caller } from '../keys';
import type { taskShown } from './schema';
import type { TaskRow } from './task-row';

/** A task, with how it is done. */
export function presentTask(caller: Caller): (row: TaskRow) => z.input<typeof taskShown> {
  return (row) => {
    const { place: _place, mayReopen: _mayReopen, ...task } = row;
    const completion = completionOf(row.kind as TaskKind | KindWithoutStory);
    return {
      ...task,
      notBefore: row.notBefore.toISOString(),
      dueAt: row.dueAt.toISOString(),
      now: row.now.toISOString(),
      overdue: row.result === null && row.dueAt < row.now,
      claimedUntil: row.claimedUntil?.toISOString() ?? null,
      ...completion,
      actions: row.result === null && may(caller, 'cases:write') ? actionsOf(row, completion.completesWith) : [],
      links: { case: row.caseNumber && `/v1/cases/${row.caseNumber}` },
    };
  };
}

/** What can be done with the task, and what can be done about it with its case. */
function actionsOf({ id, caseNumber, mayReopen }: TaskRow, completesWith: string | undefined) {
  const own = ['claim', 'snooze', 'hand-over', ...(completesWith ? [] : ['complete'])];
  const ofCase = [...(completesWith ? [completesWith] : []), ...(mayReopen ? ['reopen-case'] : [])];
  return [
    ...own.map((name) => ({ name, href: `/v1/tasks/${id}/actions/${name}` })),
    ...ofCase.map((name) => ({ name, href: `/v1/cases/${caseNumber}/actions/${name}` })),
  ];
}
