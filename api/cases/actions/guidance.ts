import { z } from 'zod';
import * as steering from '../../../workflows/steering';
import { instant } from '../../http/input';
import { action } from '../action';
import { callOutcome, reason, what } from './said';

export const recordGuidance = action({
  name: 'record-guidance',
  update: steering.recordGuidance,
  summary: 'The customer was guided by phone; two hours after it he is asked whether it works',
  says: { endedAt: instant, what },
  words: ({ what }) => ({ what }),
  values: ({ endedAt }) => ({ endedAt }),
});

export const recordCall = action({
  name: 'record-call',
  update: steering.recordCall,
  summary: 'A call was made or tried; completes its task',
  says: {
    taskId: z
      .string()
      .regex(/^[a-z-]{1,40}\/\d{1,6}$/)
      .meta({ description: 'As the case knows it.', example: 'guidance-call/3' }),
    outcome: callOutcome,
    callAt: instant.optional().meta({ description: 'With `call-later`: the time agreed.' }),
    what: what.optional(),
  },
  words: ({ what }) => ({ what }),
  values: ({ taskId, outcome, callAt }) => ({ taskId, outcome, ...(callAt && { callAt }) }),
});

export const recordContact = action({
  name: 'record-contact',
  update: steering.recordContact,
  summary: 'The customer contacted us by himself',
  says: {
    about: z.enum(['works', 'does-not-work', 'satisfied', 'not-satisfied', 'told', 'send-it', 'chases', 'other']),
    what,
  },
  words: ({ what }) => ({ what }),
  values: ({ about }) => ({ about }),
});

export const correctEntry = action({
  name: 'correct-entry',
  update: steering.correctEntry,
  summary: 'Put an entry right; the ledger keeps both',
  says: {
    entryId: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .meta({ description: '`entryId` of a note in the timeline.' }),
    reason,
    endedAt: instant.optional(),
    outcome: callOutcome.optional(),
  },
  words: ({ reason }) => ({ reason }),
  values: ({ entryId, endedAt, outcome }) => ({
    corrects: entryId,
    ...(endedAt && { endedAt }),
    ...(outcome && { outcome }),
  }),
});
