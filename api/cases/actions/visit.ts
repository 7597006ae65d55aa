import { z } from 'zod';
import * as steering from '../../../workflows/steering';
import { holdSlot } from '../../engineers/hold-slot';
import { instant, staffId } from '../../http/input';
import { action } from '../action';
import { reason, what } from './said';

const slot = {
  slot: z
    .strictObject({
      from: instant.meta({ description: 'The earliest arrival that the customer is told.' }),
      by: instant.meta({ description: 'The latest; the same for one time.' }),
    })
    .meta({ description: 'As `freeSlots` and `/v1/engineers/{id}/free-slots` list them.' }),
  travelMinutes: z
    .int()
    .min(0)
    .max(480)
    .optional()
    .meta({ description: 'The way there; by default as the policy says.' }),
};
const engineerId = staffId.meta({ description: 'Who goes there.', example: 'engineer-1' });
const work = z.enum(['repair', 'inspect', 'bring-back']);

export const bookVisit = action({
  name: 'book-visit',
  update: steering.bookVisit,
  summary: 'Book a visit; where the slot cannot be, the answer lists the next free ones',
  says: { ...slot, engineerId, work },
  holding: ({ said, ...request }, ask) =>
    holdSlot({ ...request, ...said }, (held) => ask({ ...held, work: said.work })),
});

export const moveVisit = action({
  name: 'move-visit',
  update: steering.moveVisit,
  summary: 'Give the visit another slot, or another engineer',
  says: { ...slot, engineerId: engineerId.optional().meta({ description: 'If not the same.' }) },
  holding: ({ said, ...request }, ask) => holdSlot({ ...request, ...said }, ask),
});

export const cancelVisit = action({
  name: 'cancel-visit',
  update: steering.cancelVisit,
  summary: 'Take the visit back; the case goes on',
  says: { reason },
  words: ({ reason }) => ({ reason }),
  values: () => ({}),
});

export const reportDeparture = action({
  name: 'report-departure',
  update: steering.reportDeparture,
  summary: 'The engineer has left; the customer is told',
  says: {},
  values: () => ({}),
});

export const reportDelay = action({
  name: 'report-delay',
  update: steering.reportDelay,
  summary: 'The engineer comes later; the customer is told, with the cause only if it is stated here',
  says: {
    eta: instant,
    cause: reason.optional().meta({ description: 'As the customer may read it: true, and short.' }),
  },
  words: ({ cause }) => ({ cause }),
  values: ({ eta, cause }) => ({ eta, causeStated: cause !== undefined }),
});

export const reportArrival = action({
  name: 'report-arrival',
  update: steering.reportArrival,
  summary: 'The engineer is there',
  says: {},
  values: () => ({}),
});

export const finishVisit = action({
  name: 'finish-visit',
  update: steering.finishVisit,
  summary: 'The engineer has left the customer; what comes next follows from what he says',
  says: {
    outcome: z.enum([
      'repaired',
      'pull-in',
      'part-missing',
      'no-fault-found',
      'refused-by-customer',
      'postponed',
      'unsafe',
    ]),
    leftAt: instant.optional().meta({ description: 'If not now.' }),
    trialRun: z.boolean().meta({ description: 'It was tried out afterwards, before the customer.' }),
    certain: z
      .boolean()
      .meta({ description: 'The engineer is certain; without a cause on record it counts as uncertain.' }),
    cause: what.optional(),
    what,
  },
  words: ({ cause, what }) => ({ cause, what }),
  values: ({ outcome, leftAt, trialRun, certain, cause }) => ({
    outcome,
    ...(leftAt && { leftAt }),
    trialRun,
    certain,
    causeStated: cause !== undefined,
  }),
});
