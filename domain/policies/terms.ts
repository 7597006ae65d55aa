import type { OpeningHours } from '../calendar/opening-hours';
import type { Role, TaskKind } from '../promises/kinds';
import type { Ladders } from '../promises/ladders';

/** A time of day, `HH:mm`, in the zone that its owner names. */
export type TimeOfDay = string;

/** From (included) to (excluded). */
export interface Period {
  from: TimeOfDay;
  to: TimeOfDay;
}

export type Language = 'zh-CN' | 'en';

/** What a business sets: one immutable version of its policy. */
export interface Policy {
  version: string;
  /** The rules this policy carries out, by id. */
  articles: string[];
  brand: Record<Language, string>;
  /** The number customers call. */
  phone: string;
  /** When texts may go out, in the customer's zone. */
  sendingHours: Period;
  /** When the desk works and phones, every day, in the store's zone. */
  deskHours: Period;
  guidance: GuidanceTerms;
  visit: VisitTerms;
  check: CheckTerms;
  workshop: WorkshopTerms;
  pickup: PickupTerms;
  satisfaction: SatisfactionTerms;
  estimate: EstimateTerms;
  complaint: ComplaintTerms;
  stock: StockTerms;
  /** How long a closed case can be opened again under its number. */
  reopenDays: number;
  tasks: Record<TaskKind, TaskTerms>;
  ladders: Ladders;
  /** About one case, on a day of the customer's. */
  textsPerDay: number;
  /** To one number or address, about all of its cases. */
  textsPerContactPerDay: number;
}

/** The check after phone guidance (H-05) and its calls (H-75). */
export interface GuidanceTerms {
  checkAfterHours: number;
  callOpensAfterMinutes: number;
  callWithinMinutes: number;
  /** Where the channel carries no reply, the call does not wait for one. */
  oneWayCallOpensAfterMinutes: number;
  oneWayCallWithinMinutes: number;
  tries: number;
  hoursBetweenTries: number;
  /** The last try, on the day after the one before. */
  lastTryBy: TimeOfDay;
}

/** A visit to the customer's home: `from` and `by` are the earliest and the latest arrival that he was told (H-13 to H-38). */
export interface VisitTerms {
  /** What a visit is reckoned with where nobody says more: the way there, and the work itself (H-07). */
  travelMinutes: number;
  jobMinutes: number;
  /** What an engineer has in hand beside his travel, so that he comes a little early (H-23). */
  departureBufferMinutes: number;
  /** The engineer is told that long before he departs (H-22), and the dispatcher that long after, if he has not left. */
  tellEngineerBeforeMinutes: number;
  dispatcherAsksAfterMinutes: number;
  /** Before `by`, the engineer is asked where he is, and the customer is told that it gets late (H-33, H-34). */
  askEngineerBeforeMinutes: number;
  lateTextBeforeMinutes: number;
  /** By when a customer who was told no time of arrival hears one. */
  lateNewsWithinMinutes: number;
  /** He is told again only of a slip of that much, and not more often than that. */
  lateAgainFromMinutes: number;
  lateTextsAtMost: number;
  /** After `by`: late for real (H-35), so that people act; the dispatcher looks again; the visit was missed (K-16). */
  lateFromMinutes: number;
  dispatcherLooksAfterMinutes: number;
  missedAfterMinutes: number;
  /** By when the service manager contacts a customer to whom an apology was not enough. */
  managerContactsWithinMinutes: number;
  /** The engineer brings a small gift if he comes late for real (H-35). */
  lateGift: boolean;
  /** When he is reminded, in his zone; not of what was agreed only so many hours before. */
  dayBeforeAt: TimeOfDay;
  dayBeforeSkippedWithinHours: number;
  /** How long an engineer waits at a closed door. */
  nobodyHomeAfterMinutes: number;
  slotsOffered: number;
}

/** The check after a visit (H-63, H-75), with calls as after guidance, and what follows a "no" (H-76). */
export interface CheckTerms {
  /** After a visit without a trial run, and after one whose result is not certain; the earlier one where both are so. */
  afterVisitHours: number;
  uncertainHours: number;
  slotOfferedWithinMinutes: number;
  visitWithinHours: number;
}

/** A repair away from the customer, counted from the day the product left his hands, which is day 0 (D-02, D-03, TR-10). */
export interface WorkshopTerms {
  storeDays: number;
  serviceCentreWorkingDays: number;
  factoryDays: number;
  /** If nobody has said anything: the workshop is asked, then the customer is told, before it was promised (S-26). */
  askWorkingDaysBefore: number;
  tellHoursBefore: number;
  /** By when a customer who was told "it may be late" hears a firm date. */
  firmDateWithinWorkingDays: number;
  /** By when he is called to whom the new date does not suit. */
  unsuitedCallWithinMinutes: number;
  /** What a customer is offered who waits longer than promised, once (E-11). */
  delayOffer: 'none' | 'loaner' | 'warranty' | 'gift';
  /** By how much his warranty grows, where that is the offer. */
  warrantyExtraDays: number;
}

/** A product waits in a store to be collected (S-27, S-28, TR-6). */
export interface PickupTerms {
  notices: number;
  everyDays: number;
  headquartersAfterDays: number;
  parcelWithinWorkingDays: number;
  parcelAskedAfterDays: number;
  freight: 'ours' | 'yours';
  /** Categories that a parcel service takes; everything else we bring. */
  mailable: string[];
  /** How far ahead a day can be named; the naming that goes to the store manager. */
  nameableDays: number;
  managerFromNaming: number;
  /** Today can be named until so long before the store closes. */
  namedTodayUntilMinutesBeforeClosing: number;
  /** After a named day has passed, on the next open day. */
  nextStepAt: TimeOfDay;
}

/** Is the customer satisfied? (H-72, C-22, S-32) */
export interface SatisfactionTerms {
  /** On the day after the work was done. */
  askAt: TimeOfDay;
  reminderAfterDays: number;
  callAfterDays: number;
  /** By when he is called who is not satisfied. */
  callWithinMinutes: number;
  /** From the second round on: calls on so many days before a case is closed unconfirmed. */
  callsInLaterRounds: number;
}

/** A price that waits for the customer's yes (S-30). */
export interface EstimateTerms {
  validDays: number;
}

/** A complaint is answered on the day it is received, or by noon of the next (C-15). */
export interface ComplaintTerms {
  contactWithinMinutes: number;
  sameDayUntil: TimeOfDay;
  sameDayBy: TimeOfDay;
  nextDayBy: TimeOfDay;
}

/** Goods that a customer asked for (S-35, S-36). */
export interface StockTerms {
  answerAfterDays: number;
  answerAt: TimeOfDay;
  /** Days on which the store is open. */
  heldStoreDays: number;
}

/** Counted in the hours of the role that has the task. */
export interface TaskTerms extends TaskTimeTerms {
  role: Role;
  /** Where the case is of high priority or urgent. */
  whenHigh?: TaskTimeTerms;
}

export interface TaskTimeTerms {
  /** `next-day`: when the role goes home on its next day. */
  dueInMinutes: number | 'next-day';
  climbEveryMinutes: number | 'next-day';
}

/** The store at which a case was opened, as it was then. */
export interface StoreTerms {
  id: string;
  name: Record<Language, string>;
  timeZone: string;
  /** By which calendar its holidays are known: the latest version of that counts, the hours are those of the opening. */
  calendar: string;
  hours: OpeningHours;
}

/** The policy in force when a case opened, with its store. They hold to its end. */
export interface Terms extends Policy {
  store: StoreTerms;
}
