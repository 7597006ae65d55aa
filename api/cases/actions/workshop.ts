import { randomInt } from 'node:crypto';
import { z } from 'zod';
import { categoryShown } from '../../../domain/cases/category';
import * as steering from '../../../workflows/steering';
import { staffId, text } from '../../http/input';
import { action } from '../action';
import { requireStaff } from '../find-case';
import { what } from './said';

export const receiveProduct = action({
  name: 'receive-product',
  update: steering.receiveProduct,
  summary: 'The product was taken in; the answer is the receipt, with its pick-up code',
  says: {
    condition: text(1000).meta({ description: 'How it looked when it was taken in.' }),
    accessories: text(1000).optional().meta({ description: 'What came with it.' }),
    proofSeen: z.boolean().meta({ description: 'Whether a till slip or an invoice was seen.' }),
    route: z.enum(['store', 'service-centre', 'factory']).meta({ description: 'Where it is repaired.' }),
  },
  details: () => ({ pickupCode: String(randomInt(1_000_000)).padStart(6, '0') }),
  words: ({ condition, accessories }) => ({ condition, accessories }),
  values: ({ route, proofSeen }) => ({ route, proofSeen }),
});

export const reportRepairFinished = action({
  name: 'report-repair-finished',
  update: steering.reportRepairFinished,
  summary: 'The repair was tested: the product waits to be collected, and its customer is told at once',
  says: {
    testResult: z.enum(['passed', 'failed']),
    testedBy: staffId.meta({ description: 'Who tested it, by staff id.' }),
    what: what.optional(),
  },
  async admit({ testedBy }, _by, _row, pool) {
    await requireStaff(pool, testedBy, '/testedBy');
  },
  words: ({ what }) => ({ what }),
  values: ({ testResult, testedBy }, { category }) => ({
    testResult,
    testedBy,
    category: categoryShown(category ?? ''),
  }),
});
