import { isRole } from '../../domain/promises/kinds';
import type { UpdateDefinition } from '@temporalio/client';
import { z, type ZodRawShape } from 'zod';
import type { Entered } from '../../domain/cases/case';
import type { Answer } from '../../workflows/steering';
import { entered } from '../cases/action';
import { askCase } from '../cases/ask';
import { findCase, requireStaff } from '../cases/find-case';
import type { Door } from '../door';
import { invalid, notFound } from '../problem';
import { act, type Route } from '../http/route';
import type { Caller } from '../keys';
import { changeDeskTask, type DeskRequest } from './desk-task';
import { presentTask } from './present-task';
import { placeOfTask, taskParams, taskShown } from './schema';
import { caseTaskRow, deskTaskRow, type TaskRow } from './task-row';
import { requireRole } from './who-may';

interface TaskAction<Shape extends ZodRawShape, Values extends object> {
  name: DeskRequest['action'];
  update: UpdateDefinition<Answer, [Entered & Values & { taskId: string }]>;
  summary: string;
  description?: string;
  says: Shape;
  /** Fields beside `by` that name somebody of the staff. */
  staffAt?: string[];
  words?(said: z.output<z.ZodObject<Shape>>): object;
  values(said: z.output<z.ZodObject<Shape>>, task: TaskRow, roleOfWhoSays: string): Values;
}

/** What is done with a task: an update of its case, or a row of the desk's own. */
export const taskAction =
  <Shape extends ZodRawShape, Values extends object>(of: TaskAction<Shape, Values>) =>
  (door: Door): Route =>
    act({
      method: 'post',
      path: `/v1/tasks/{id}/actions/${of.name}`,
      scope: 'cases:write',
      tag: 'tasks',
      summary: of.summary,
      ...(of.description && { description: of.description }),
      params: taskParams,
      body: z.strictObject({ ...entered, ...of.says }),
      shows: taskShown,
      async act({ params, body, caller }, claim) {
        const task = await findTask(door, params.id, caller);
        const { by, happenedAt, ...rest } = body as unknown as z.output<z.ZodObject<typeof entered>>;
        const said = rest as unknown as z.output<z.ZodObject<Shape>>;
        const role = await requireStaff(door.database.pool, by, '/by');
        for (const field of of.staffAt ?? []) {
          const name = (body as { [field: string]: string })[field] ?? '';
          if (!isRole(name)) await requireStaff(door.database.pool, name, `/${field}`);
        }
        await requireRole(door.database.pool, task, by);
        const place = placeOfTask(task.id);
        if (place && 'deskTask' in place) {
          if ('what' in rest) throw invalid({ pointer: '/what', detail: 'A task without a case keeps no words.' });
          await changeDeskTask(
            door.database.pool,
            place.deskTask,
            { action: of.name, by, ...rest } as DeskRequest,
            claim,
          );
          return { id: task.id };
        }
        const row = await findCase(door.database.pool, task.caseNumber!, caller);
        const values = { taskId: task.taskId!, ...of.values(said, task, role) };
        await askCase(door, row, of.update, { by, happenedAt, words: of.words?.(said) ?? {}, values }, claim);
        return { id: task.id };
      },
      async show({ caller }, { id }) {
        return { body: presentTask(caller)(await findTask(door, id, caller)) };
      },
    });

/** What belongs to no store is for keys that are good for all of them. */
async function findTask({ database: { pool } }: Door, id: string, { stores }: Caller): Promise<TaskRow> {
  const place = placeOfTask(id);
  if (!place) throw notFound();
  const task = await ('deskTask' in place
    ? deskTaskRow(pool, place.deskTask)
    : caseTaskRow(pool, place.caseNumber, place.task));
  if (!task || (stores && !(task.store && stores.includes(task.store)))) throw notFound();
  return task;
}
