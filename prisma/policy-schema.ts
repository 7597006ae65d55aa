import parsePhoneNumber from 'libphonenumber-js/max';
import { z } from 'zod';
import { isTimeZone } from '../domain/calendar/hours';
import { weekdays } from '../domain/calendar/holidays';
import { catalogue } from '../domain/messages/catalogue';
import type { TemplateId } from '../domain/messages/message';
import type { PolicyFile } from '../domain/policies/policy-file';
import { usualPolicy } from '../domain/policies/usual';
import { roles, type TaskKind } from '../domain/promises/kinds';

const id = z.string().regex(/^[a-z0-9-]{1,40}$/, 'An id has 1 to 40 of a-z, 0-9 and -.');
const words = z.string().trim().min(1, 'This text is empty.').max(200);
const inBothLanguages = z.strictObject({ 'zh-CN': words, en: words });

const date = z.iso.date('A date is YYYY-MM-DD, and one that exists.');
const time = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'A time of day is HH:mm, from 00:00 to 24:00.');
const period = z.strictObject({ from: time, to: time });
const closedOrPeriods = [z.literal('closed'), z.array(period).max(10)] as const;
const dayHours = z.union(closedOrPeriods, {
  error: 'Say "closed", or the periods as [{ "from": "09:00", "to": "12:00" }].',
});
const specialHours = z.union([z.literal('as-usual'), ...closedOrPeriods], {
  error: 'Say "as-usual", "closed", or the periods as [{ "from": "09:00", "to": "12:00" }].',
});

const more = (noun: string) =>
  z
    .int(`${noun} is a whole number.`)
    .min(1, `${noun} is more than 0.`)
    .max(366 * 24 * 60);
const duration = more('A duration');
const count = more('A count');

const taskTime = z.union([duration, z.literal('next-day')], {
  error: 'Minutes as a whole number above 0, or "next-day".',
});
const taskTimes = { dueInMinutes: taskTime, climbEveryMinutes: taskTime };
const task = z.strictObject({ role: z.enum(roles), ...taskTimes, whenHigh: z.strictObject(taskTimes).exactOptional() });

const policy = z.strictObject({
  articles: z.array(z.string().regex(/^[A-Z]{1,2}-\d{1,2}$/, 'A rule is named like H-05.')).min(1),
  brand: inBothLanguages,
  phone: z.string().regex(/^\+?\d(?:[ -]?\d){4,18}$/, 'This is no phone number: digits, grouped by spaces or hyphens.'),
  sendingHours: period,
  deskHours: period,
  guidance: z.strictObject({
    checkAfterHours: duration,
    callOpensAfterMinutes: duration,
    callWithinMinutes: duration,
    oneWayCallOpensAfterMinutes: duration,
    oneWayCallWithinMinutes: duration,
    tries: count,
    hoursBetweenTries: duration,
    lastTryBy: time,
  }),
  visit: z.strictObject({
    travelMinutes: duration,
    jobMinutes: duration,
    departureBufferMinutes: duration,
    tellEngineerBeforeMinutes: duration,
    dispatcherAsksAfterMinutes: duration,
    askEngineerBeforeMinutes: duration,
    lateTextBeforeMinutes: duration,
    lateNewsWithinMinutes: duration,
    lateAgainFromMinutes: duration,
    lateTextsAtMost: count,
    lateFromMinutes: duration,
    dispatcherLooksAfterMinutes: duration,
    missedAfterMinutes: duration,
    managerContactsWithinMinutes: duration,
    lateGift: z.boolean(),
    dayBeforeAt: time,
    dayBeforeSkippedWithinHours: duration,
    nobodyHomeAfterMinutes: duration,
    slotsOffered: count,
  }),
  check: z.strictObject({
    afterVisitHours: duration,
    uncertainHours: duration,
    slotOfferedWithinMinutes: duration,
    visitWithinHours: duration,
  }),
  workshop: z.strictObject({
    storeDays: duration,
    serviceCentreWorkingDays: duration,
    factoryDays: duration,
    askWorkingDaysBefore: duration,
    tellHoursBefore: duration,
    firmDateWithinWorkingDays: duration,
    unsuitedCallWithinMinutes: duration,
    delayOffer: z.enum(['none', 'loaner', 'warranty', 'gift']),
    warrantyExtraDays: duration,
  }),
  pickup: z.strictObject({
    notices: count,
    everyDays: duration,
    headquartersAfterDays: duration,
    parcelWithinWorkingDays: duration,
    parcelAskedAfterDays: duration,
    freight: z.enum(['ours', 'yours']),
    mailable: z.array(words),
    nameableDays: duration,
    managerFromNaming: count,
    namedTodayUntilMinutesBeforeClosing: duration,
    nextStepAt: time,
  }),
  satisfaction: z.strictObject({
    askAt: time,
    reminderAfterDays: duration,
    callAfterDays: duration,
    callWithinMinutes: duration,
    callsInLaterRounds: count,
  }),
  estimate: z.strictObject({ validDays: duration }),
  complaint: z.strictObject({ contactWithinMinutes: duration, sameDayUntil: time, sameDayBy: time, nextDayBy: time }),
  stock: z.strictObject({ answerAfterDays: duration, answerAt: time, heldStoreDays: duration }),
  reopenDays: duration,
  tasks: z.strictObject(
    Object.fromEntries(Object.keys(usualPolicy.tasks).map((kind) => [kind, task])) as Record<TaskKind, typeof task>,
  ),
  textsPerDay: count,
  textsPerContactPerDay: count,
});

const sender = z.strictObject({
  prefix: z.string().regex(/^\+\d{0,15}$/, 'A prefix is + and the first digits of the numbers it is for.'),
  number: z.string().refine(isSender, 'This is neither a phone number in E.164 nor a sender name of 3 to 11 letters.'),
  store: id.optional(),
  twoWay: z.boolean(),
  carriesUrls: z.boolean(),
  needsTemplates: z.boolean(),
  templates: z.array(z.enum(Object.keys(catalogue) as TemplateId[])).optional(),
});

const store = z.strictObject({
  id,
  name: inBothLanguages,
  city: inBothLanguages,
  timeZone: z.string().refine(isNamedZone, 'A time zone is named as IANA does, for example Asia/Shanghai.'),
  calendar: id,
  hours: z.strictObject({
    week: z.strictObject(Object.fromEntries(weekdays.map((day) => [day, dayHours])) as Record<Day, typeof dayHours>),
    holidays: specialHours,
    makeUpDays: specialHours,
    exceptions: z.record(date, dayHours),
  }),
});
type Day = (typeof weekdays)[number];

const calendar = z.strictObject({
  id,
  weekend: z.array(z.enum(weekdays)).max(6, 'Some day of the week is worked.'),
  horizon: date,
  years: z
    .array(
      z.strictObject({
        year: z.int().min(2000).max(2199),
        source: words,
        holidays: z.array(z.strictObject({ name: words, from: date, to: date })),
        makeUpDays: z.array(date),
      }),
    )
    .min(1, 'A calendar knows at least one year.'),
});

/** The form of a policy file: every field is known, and each value is one that can be. */
export const policyFile = z.strictObject({
  version: z.string().regex(/^[a-z0-9][a-z0-9.-]{0,39}$/, 'A version has 1 to 40 of a-z, 0-9, dot and hyphen.'),
  policy,
  ladders: z.record(id, z.array(z.array(z.enum(roles)).min(1, 'A rung has a role.')).min(1, 'A ladder has a rung.')),
  senders: z.array(sender).min(1, 'Somebody sends: name a sender.'),
  stores: z.array(store).min(1, 'There is at least one store.'),
  engineers: z.array(z.strictObject({ id, name: inBothLanguages, store: id, skills: z.array(words) })),
  calendars: z.array(calendar).min(1, 'There is at least one calendar.'),
  staff: z
    .array(z.strictObject({ id, role: id, also: z.array(id).exactOptional() }))
    .min(1, 'There is at least one person.'),
}) satisfies z.ZodType<PolicyFile>;

function isSender(number: string): boolean {
  if (!number.startsWith('+')) return /^(?=.*[A-Za-z])[A-Za-z0-9 ]{3,11}$/.test(number);
  const parsed = parsePhoneNumber(number);
  return parsed?.number === number && parsed.isValid();
}

function isNamedZone(name: string): boolean {
  return /^([A-Z]\w+(\/[\w+-]+){1,2}|UTC)$/.test(name) && isTimeZone(name);
}
