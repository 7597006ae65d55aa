import type { CaseState, OpenTask } from '../../domain/cases/case';
import { openTask, refuseClaim, refuseCompletion, refuseHandOver, refuseSnooze } from '../../domain/cases/tasks';
import { isRole } from '../../domain/promises/kinds';
import { roleAbove } from '../../domain/promises/ladders';
import { claimTask, completeTask, handOverTask, snoozeTask } from '../steering';
import { now, untilTime } from './clock';
import type { Story } from './story';

const claimMinutes = 15;

/** What people do with tasks as such: take them, put them off, hand them over. Completing them is up to who assigned them. */
export function hearDesk<State extends CaseState>(story: Story<State>): void {
  const { state } = story;
  const { changeTask, recount, finishTask } = story.owing;
  const withTask = (id: string, act: (task: OpenTask) => void) => {
    const task = openTask(state, id);
    if (task) act(task);
  };

  story.onRequest(claimTask, refuseClaim, (asked) =>
    withTask(asked.taskId, (task) => {
      story.note('task-claimed', { task: task.id }, asked);
      task.holder = asked.by;
      task.seenAt = now();
      changeTask(task, { claimMinutes });
    }),
  );

  story.onRequest(snoozeTask, refuseSnooze, (asked) =>
    withTask(asked.taskId, (task) => {
      story.note('task-snoozed', { task: task.id, until: asked.until }, asked);
      recount(task, { from: asked.until, rule: 'snoozed' });
    }),
  );

  story.onRequest(handOverTask, refuseHandOver, (asked) =>
    withTask(asked.taskId, (task) => {
      story.note('task-handed-over', { task: task.id, to: asked.to }, asked);
      delete task.holder;
      if (isRole(asked.to)) {
        task.role = asked.to;
        delete task.climbedFrom;
      } else task.holder = asked.to;
      changeTask(task, task.holder ? { claimMinutes } : {});
    }),
  );

  story.onRequest(completeTask, refuseCompletion, (asked) =>
    withTask(asked.taskId, (task) => {
      story.note('task-completed', { task: task.id, result: asked.result }, asked);
      finishTask(task, asked.result);
      story.completed[task.kind]?.(asked.result, task);
    }),
  );
}

/**
 * A task that nobody finishes is never forgotten: when due, who has it is reminded; if that did not help it climbs, one level at a
 * time; at the top somebody is reminded every day (S-03, E-22).
 */
export async function mindTasks<State extends CaseState>(story: Story<State>): Promise<never> {
  const { state } = story;
  for (;;) {
    await story.until(() => nextOf(state) !== undefined);
    const task = nextOf(state);
    const at = task?.nextAt;
    if (!task || !at) continue;
    const above = aboveOf(story, task);
    const then = above ? `climbs to ${above}` : 'reminder';
    await untilTime(at, `task ${task.kind} (${task.role}): ${then} ${task.nextShown} if not done`, () => {
      const next = nextOf(state);
      return next !== task || next.nextAt !== at;
    });
    if (nextOf(state) !== task || task.nextAt !== at || Date.parse(at) > Date.now()) continue;
    remindOrClimb(story, task);
  }
}

function remindOrClimb<State extends CaseState>(story: Story<State>, task: OpenTask): void {
  const above = aboveOf(story, task); // as it stands now: it may have been handed over meanwhile
  delete task.nextAt;
  if (above) {
    task.climbedFrom ??= task.role;
    task.role = above;
    delete task.holder;
    story.note('task-climbed', { task: task.id, to: above });
  } else {
    task.reminded = true;
    story.note('task-reminded', { task: task.id, role: task.role });
  }
  // Not from when it should have been: after an outage nobody had a chance to act on the rungs that were missed.
  story.owing.changeTask(task, { climbFrom: now() });
}

const aboveOf = <State extends CaseState>({ terms }: Story<State>, task: OpenTask) =>
  task.reminded ? roleAbove(task.role, terms.ladders) : undefined;

const nextOf = (state: CaseState) =>
  state.tasks.reduce<OpenTask | undefined>(
    (first, task) => (task.nextAt && (!first?.nextAt || task.nextAt < first.nextAt) ? task : first),
    undefined,
  );
