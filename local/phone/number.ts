import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { z } from 'zod';

/** A phone number as the carrier writes it: `+`, country code, digits, nothing else. */
export const e164 = z.string().regex(/^\+[1-9]\d{6,14}$/, 'A phone number in E.164, such as +8613800138000.');

/** Whether the carrier could text this number at all. */
export function kindOf(number: string): 'mobile' | 'landline' | 'no-number' {
  const parsed = e164.safeParse(number).success ? parsePhoneNumberFromString(number) : undefined;
  if (!parsed?.isPossible()) return 'no-number';
  return parsed.getType() === 'FIXED_LINE' ? 'landline' : 'mobile';
}
