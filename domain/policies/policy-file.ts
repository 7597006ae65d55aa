import type { Calendar } from '../calendar/holidays';
import type { OpeningHours } from '../calendar/opening-hours';
import type { TemplateId } from '../messages/message';
import type { Ladders } from '../promises/ladders';
import { calendarMistakes } from './check-calendar';
import { hoursMistakes } from './check-hours';
import { referenceMistakes } from './check-references';
import type { Language, Policy } from './terms';

/** Everything a business publishes at once, under one version. */
export interface PolicyFile {
  version: string;
  policy: Omit<Policy, 'version' | 'ladders'>;
  ladders: Ladders;
  senders: PublishedSender[];
  stores: PublishedStore[];
  engineers: PublishedEngineer[];
  calendars: Calendar[];
  staff: PublishedStaff[];
}

/** One of our numbers, for customers whose number begins with the prefix; that of a store comes before that of all. */
export interface PublishedSender {
  prefix: string;
  number: string;
  store?: string | undefined;
  /** Whether it can receive replies. */
  twoWay: boolean;
  carriesUrls: boolean;
  needsTemplates: boolean;
  /** Those that are registered, where they must be; without it, all are. A text by another does not leave. */
  templates?: TemplateId[] | undefined;
}

export interface PublishedStore {
  id: string;
  name: Record<Language, string>;
  city: Record<Language, string>;
  timeZone: string;
  calendar: string;
  hours: OpeningHours;
}

export interface PublishedEngineer {
  id: string;
  /** As customers are told who comes. */
  name: Record<Language, string>;
  store: string;
  skills: string[];
}

export interface PublishedStaff {
  id: string;
  role: string;
  /** Further roles of who has several. */
  also?: string[];
}

/** Something that cannot be published, and where it stands: a JSON pointer (RFC 6901). */
export interface Mistake {
  pointer: string;
  message: string;
}

/**
 * What a well-formed file says that cannot be: gaps, overlaps, references to nothing.
 * @param today the date on which it would be published, `YYYY-MM-DD`.
 */
export function mistakesIn(file: PolicyFile, today: string): Mistake[] {
  return [
    ...hoursMistakes(file),
    ...file.calendars.flatMap((calendar, i) => calendarMistakes(calendar, `/calendars/${i}`, today)),
    ...referenceMistakes(file),
  ];
}
