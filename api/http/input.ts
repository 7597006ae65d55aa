import parsePhoneNumber from 'libphonenumber-js/max';
import { z } from 'zod';

/** Line feeds and tabs are text; other control characters and halves of characters are not, and no database takes them. */
const unprintable = /[\u0000-\u0008\u000b-\u001f\u007f]|\p{Surrogate}/u;
const printable = (value: string) => !unprintable.test(value);

/** Zero-width signs, fillers, blanks of every script, marks with no letter under them: a name of only these is none on any screen. */
const showsNothing = /^[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Z}\p{M}\s\u2800]+$/u;

/** What people write, in several lines if they like. */
export const text = (charactersAtMost: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(charactersAtMost)
    .refine(printable, 'This text holds characters that cannot be printed.')
    .refine((value) => !showsNothing.test(value), 'This text shows nothing.');

/** A name, a number, a word: one line. */
export const line = (charactersAtMost: number) =>
  text(charactersAtMost).refine((value) => !/[\n\t\u2028\u2029]/.test(value), 'This is one line.');

const isOfOurTime = (value: string) => value >= '1950' && value < '2200';

/** RFC 3339, in UTC. */
export const instant = z.iso
  .datetime({ error: 'An instant is RFC 3339 with Z, for example 2026-11-24T06:10:00Z.' })
  .refine(isOfOurTime, 'This is not of our time.');

/** A day that the calendar has; which zone counts, says the field. */
export const date = z.iso
  .date('A date is YYYY-MM-DD, and one that exists.')
  .refine(isOfOurTime, 'This is not of our time.');

export const staffId = z.string().regex(/^[a-z0-9-]{1,40}$/, 'A staff id has 1 to 40 of a-z, 0-9 and -.');

export const language = z.enum(['zh-CN', 'en']);

export const timeZone = z
  .string()
  .max(60)
  .refine(isZone, 'A time zone is named as IANA does, for example Asia/Shanghai.')
  .meta({ example: 'Asia/Shanghai' });

/** One address: a list, or a second line, would mail strangers. */
export const email = z.email('This is not one e-mail address.').max(254).meta({ example: 'li.wei@example.com' });

/** A number that gets SMS; in E.164, digits grouped by spaces or hyphens if you like. */
export const mobilePhone = z
  .string()
  .max(40)
  .transform((written, context) => {
    const read = readPhone(written);
    if ('no' in read) context.addIssue({ code: 'custom', message: read.no });
    return 'number' in read ? read.number : z.NEVER;
  })
  .meta({ example: '+8613800000001' });

/** The same for a search: any number that can be. */
export const anyPhone = z
  .string()
  .max(40)
  .transform((written, context) => {
    const parsed = /^\+[0-9 -]+$/.test(written) ? parsePhoneNumber(written) : undefined;
    if (!parsed)
      context.addIssue({ code: 'custom', message: 'This is no phone number in E.164, for example +8613800000001.' });
    return parsed?.number ?? z.NEVER;
  })
  .meta({ example: '+8613800000001' });

function readPhone(written: string): { number: string } | { no: string } {
  if (!/^\+[0-9 -]+$/.test(written))
    return { no: 'A phone number is E.164 in ASCII digits, for example +8613800000001.' };
  const parsed = parsePhoneNumber(written);
  // A country code written twice is read over by the library: what was written must be what is meant.
  if (!parsed?.isValid() || parsed.number !== written.replaceAll(/[ -]/g, ''))
    return { no: 'There is no such phone number.' };
  const type = parsed.getType();
  if (type === 'MOBILE' || type === 'FIXED_LINE_OR_MOBILE') return { number: parsed.number };
  return {
    no: type === 'FIXED_LINE' ? 'A landline gets no SMS: give a mobile number.' : 'This kind of number gets no SMS.',
  };
}

function isZone(name: string): boolean {
  if (!/^([A-Z]\w+(\/[\w+-]+){1,2}|UTC)$/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}

/** Which day it is there, `YYYY-MM-DD`. */
export const dayIn = (zone: string, at: Date): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(at);
