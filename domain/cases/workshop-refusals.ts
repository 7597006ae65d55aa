import type { Refusal } from '../refusal';
import { closed, refuseEntered, type Entered } from './case';
import { pickup } from './pickup';
import type { RepairState } from './repair-facts';
import { remedy, workshop, type RepairRoute } from './workshop';

type Asked<Request> = Entered & Request;

const dayMs = 24 * 3_600_000;
const lateTapMs = 2 * 60_000;
/** Who hands a product in over a weekend has his case opened some days later. */
const longestOnItsWayMs = 7 * dayMs;
const farthestForecastMs = 180 * dayMs;

/** `leftCustomerAt`: when it left the customer's hands, if not when it was received or fetched. */
export interface Received {
  route: RepairRoute;
  proofSeen: boolean;
  leftCustomerAt?: string;
}

/** Nothing is taken in before it is known where it belongs and how old it is (H-01), and no product twice. */
export function refuseReceive(state: RepairState, asked?: Asked<Received>, now = 0): Refusal | undefined {
  if (state.ending) return closed;
  if (state.missing.length > 0)
    return { code: 'details-missing', message: `Still to be asked: ${state.missing.join(', ')}.`, rule: 'H-01' };
  if ([workshop, remedy, pickup].some((matter) => matter.isOpen(state)))
    return { code: 'product-received', message: 'The product is with us already.', rule: 'D-02' };
  if (!asked) return undefined;
  return refuseEntered(state, asked, now) ?? refuseLeftCustomerAt(state, asked, now);
}

function refuseLeftCustomerAt(state: RepairState, { leftCustomerAt }: Received, now: number): Refusal | undefined {
  if (!leftCustomerAt) return undefined;
  const time = Date.parse(leftCustomerAt);
  if (time >= Date.parse(state.openedAt) - longestOnItsWayMs && time <= now + lateTapMs) return undefined;
  const message = 'leftCustomerAt lies between 7 days before the opening of the case and now.';
  return { code: 'left-customer-at-out-of-range', message, rule: 'TR-10' };
}

/** What will be is forecast, not what was. */
export function refuseForecast(state: RepairState, asked?: Asked<{ readyAt: string }>, now = 0): Refusal | undefined {
  if (state.ending) return closed;
  if (!workshop.isOpen(state)) return notReceived;
  if (!asked) return undefined;
  const readyAt = Date.parse(asked.readyAt);
  if (!(readyAt > now && readyAt <= now + farthestForecastMs))
    return { code: 'ready-at-out-of-range', message: 'readyAt lies in the next 180 days.', rule: 'S-26' };
  return refuseEntered(state, asked, now);
}

/** `category`: a known word, or `product` (category.ts). */
export interface RepairFinished {
  result: 'repaired' | 'not-repairable';
  testResult?: 'passed' | 'failed';
  testedBy?: string;
  category: string;
}

/** Whatever comes of a repair, somebody tested it; and what fails its test is not repaired (H-62, D-03). */
export function refuseFinished(state: RepairState, asked?: Asked<RepairFinished>, now = 0): Refusal | undefined {
  if (state.ending) return closed;
  if (!workshop.isOpen(state) && !remedy.isOpen(state)) return notReceived;
  if (!asked) return undefined;
  const { result, testResult, testedBy } = asked;
  if (!testResult || !testedBy)
    return { code: 'not-tested', message: 'Say how the test ended, and who tested it.', rule: 'H-62' };
  if (result === 'repaired' && testResult === 'failed')
    return { code: 'not-tested', message: 'What fails its test is repaired again.', rule: 'H-62' };
  if (result === 'not-repairable' && testResult === 'passed')
    return { code: 'not-tested', message: 'What passes its test is repaired.', rule: 'D-03' };
  if (result === 'not-repairable' && !workshop.isOpen(state))
    return { code: 'remedy-awaited', message: 'It is known that it cannot be repaired.', rule: 'S-29' };
  return refuseEntered(state, asked, now);
}

const notReceived: Refusal = {
  code: 'product-not-received',
  message: 'No product of this case is in the workshop.',
  rule: 'D-02',
};

/** Actions, as the API names them. */
export const workshopRefusals = {
  'receive-product': refuseReceive,
  'forecast-repair': refuseForecast,
  'report-repair-finished': refuseFinished,
} satisfies Record<string, (state: RepairState) => Refusal | undefined>;
