import type { Refusal } from '../refusal';
import { closed, refuseEntered, type Entered } from './case';
import { pickup } from './pickup';
import type { RepairState } from './repair-facts';
import { workshop } from './workshop';

/** Nothing is taken in before it is known where it belongs and how old it is (H-01), and no product twice. */
export function refuseReceive(state: RepairState, asked?: Entered, now = 0): Refusal | undefined {
  if (state.ending) return closed;
  if (state.missing.length > 0)
    return { code: 'details-missing', message: `Still to be asked: ${state.missing.join(', ')}.`, rule: 'H-01' };
  if (workshop.isOpen(state) || pickup.isOpen(state))
    return { code: 'product-received', message: 'The product is with us already.', rule: 'D-02' };
  return asked && refuseEntered(state, asked, now);
}

/** `category`: a known word, or `product` (category.ts). */
export interface RepairFinished {
  testResult: 'passed' | 'failed';
  testedBy: string;
  category: string;
}

/** A repair is finished when it was tested, and the test was passed (H-62, D-03). */
export function refuseFinished(state: RepairState, asked?: Entered & RepairFinished, now = 0): Refusal | undefined {
  if (state.ending) return closed;
  if (!workshop.isOpen(state))
    return { code: 'product-not-received', message: 'No product of this case is in the workshop.', rule: 'D-02' };
  if (asked?.testResult === 'failed')
    return { code: 'not-tested', message: 'What fails its test is repaired again.', rule: 'H-62' };
  return asked && refuseEntered(state, asked, now);
}

/** Actions, as the API names them. */
export const workshopRefusals = {
  'receive-product': refuseReceive,
  'report-repair-finished': refuseFinished,
} satisfies Record<string, (state: RepairState) => Refusal | undefined>;
