import { z } from 'zod';
import * as steering from '../../workflows/steering';
import { instant, staffId, text } from '../http/input';
import { taskAction } from './task-action';

export const claim = taskAction({
  name: 'claim',
  update: steering.claimTask,
  summary: 'Take a task for 15 minutes, so that nobody else rings the same customer',
  says: {},
  values: (_said, { holder, claimedUntil }) =>
    holder !== null && claimedUntil === null ? { leaseOverOf: holder } : {},
});

export const snooze = taskAction({
  name: 'snooze',
  update: steering.snoozeTask,
  summary: 'Put a task off',
  says: { until: instant },
  values: ({ until }) => ({ until }),
});

export const handOver = taskAction({
  name: 'hand-over',
  update: steering.handOverTask,
  summary: 'Give a task to somebody else',
  says: { to: staffId.meta({ description: 'To whom, by staff id, or to which role.' }) },
  staffAt: ['to'],
  values: ({ to }) => ({ to }),
});

export const complete = taskAction({
  name: 'complete',
  update: steering.completeTask,
  summary: 'A task is done; `results` of the task lists how it may end',
  description:
    'A task with `completesWith` refuses this: the action named there says more. `customer-satisfied` needs `what`: who said it, and how.',
  says: { result: z.string().regex(/^[a-z-]{1,40}$/), what: text(2000).optional() },
  words: ({ what }) => ({ what }),
  values: ({ result, what }, _task, role) => ({ result, role, inWords: what !== undefined }),
});

export const taskActions = [claim, snooze, handOver, complete];
