import { randomInt } from 'node:crypto';
import { z } from 'zod';
import { categoryShown } from '../../../domain/cases/category';
import * as steering from '../../../workflows/steering';
import { instant, line, staffId, text } from '../../http/input';
import { action } from '../action';
import { requireStaff } from '../find-case';
import { reason, what } from './said';

export const receiveProduct = action({
  name: 'receive-product',
  update: steering.receiveProduct,
  summary: 'The product was taken in; the answer is the receipt, with its pick-up code and the promised day',
  says: {
    condition: text(1000).meta({ description: 'How it looked when it was taken in.' }),
    accessories: text(1000).optional().meta({ description: 'What came with it.' }),
    proofSeen: z.boolean().meta({ description: 'Whether a till slip or an invoice was seen.' }),
    photos: z.array(line(200)).max(20).optional().meta({ description: 'Where photos of it are kept.' }),
    route: z.enum(['store', 'service-centre', 'factory']).meta({ description: 'Where it is repaired.' }),
    leftCustomerAt: instant
      .optional()
      .meta({ description: 'When it left the hands of the customer, if not now: from that day the promise counts.' }),
  },
  details: () => ({ pickupCode: String(randomInt(1_000_000)).padStart(6, '0') }),
  words: ({ condition, accessories, photos }) => ({ condition, accessories, photos }),
  values: ({ route, proofSeen, leftCustomerAt }) => ({ route, proofSeen, ...(leftCustomerAt && { leftCustomerAt }) }),
});

export const forecastRepair = action({
  name: 'forecast-repair',
  update: steering.forecastRepair,
  summary: 'The workshop says when it is ready; later than promised, the customer is told before',
  says: {
    readyAt: instant,
    cause: reason.meta({ description: 'As the customer may read it: true, and short.' }),
  },
  words: ({ cause }) => ({ cause }),
  values: ({ readyAt }) => ({ readyAt }),
});

export const reportRepairFinished = action({
  name: 'report-repair-finished',
  update: steering.reportRepairFinished,
  summary: 'The workshop is done, and says how it was tested; the customer is told at once',
  says: {
    result: z.enum(['repaired', 'not-repairable']),
    testResult: z.enum(['passed', 'failed']).optional().meta({ description: 'Without a test it is refused.' }),
    testedBy: staffId.optional().meta({ description: 'Who tested it, by staff id.' }),
    what: what.optional(),
  },
  async admit({ testedBy }, _by, _row, pool) {
    if (testedBy !== undefined) await requireStaff(pool, testedBy, '/testedBy');
  },
  words: ({ what }) => ({ what }),
  values: ({ result, testResult, testedBy }, { category }) => ({
    result,
    ...(testResult && { testResult }),
    ...(testedBy && { testedBy }),
    category: categoryShown(category ?? ''),
  }),
});
