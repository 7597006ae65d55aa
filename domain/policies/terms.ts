import type { Role, TaskKind } from '../promises/kinds';

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
  tasks: Record<TaskKind, TaskTerms>;
  textsPerDay: number;
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

/** Counted in the hours of the role that has the task. */
export interface TaskTerms {
  role: Role;
  dueInMinutes: number;
  climbEveryMinutes: number;
}

/** The store at which a case was opened, as it was then. */
export interface StoreTerms {
  id: string;
  name: Record<Language, string>;
  timeZone: string;
  openingHours: Period[];
}

/** The policy in force when a case opened, with its store. They hold to its end. */
export interface Terms extends Policy {
  store: StoreTerms;
}
