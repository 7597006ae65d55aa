import type { DueRule } from '../promises/kinds';

/** One file each under `templates/`. */
export type TemplateId =
  | 'case-opened'
  | 'guidance-check'
  | 'revisit-check'
  | 'visit-confirmed'
  | 'visit-day-before'
  | 'visit-moved'
  | 'visit-cancelled'
  | 'visit-departed'
  | 'visit-unfinished'
  | 'new-slot-offered'
  | 'running-late'
  | 'late-apology'
  | 'ready-1'
  | 'ready-2'
  | 'ready-3'
  | 'parcel-sent'
  | 'parcel-arrived'
  | 'satisfaction'
  | 'delay-notice'
  | 'repair-late'
  | 'estimate'
  | 'return-refused'
  | 'complaint-received'
  | 'stock-not-yet'
  | 'stock-arrived'
  | 'named-day-ack'
  | 'stop-ack'
  | 'not-understood';

/** How words reach a person. */
export type Channel = 'sms' | 'email';

/** What each channel is reached by. */
export type Address = 'phone' | 'email';
export const addressOf: Record<Channel, Address> = { sms: 'phone', email: 'email' };

/**
 * What a story wants said: ids, closed values and instants, never prose or personal data.
 * It is rendered where it is handed over.
 */
export interface Message {
  caseNumber: string;
  opening: number;
  /** What it is about: once that is settled, it does not leave. */
  matter: string;
  /**
   * Case number / purpose / business fact / ordinal: never a run id. What is said has one key, by whatever channel; each channel and
   * address has an intent of its own under it (`intent_key` in PostgreSQL).
   */
  key: string;
  template: TemplateId;
  facts: Record<string, string | number>;
  /** Times that the text names, each counted by the rule of the promise that it is: from `at`, if not from another fact. */
  names: Record<string, NamedTime>;
  /** Where the words stand that people typed for places of the text: they are looked up where it is handed over. */
  typed?: Record<string, TypedWord>;
  /** A question's choices; digits are given to them where the number hears replies. */
  choices?: string[];
  /** It was said before then, but did not arrive: the times that it names are counted from that, and with them its use ends. */
  countedFrom?: string;
  /** The promise that it keeps was due then; a text that comes late says sorry. */
  dueAt?: string;
  /** When the reply came that it answers: for some minutes it may leave outside sending hours. */
  answersReply?: string;
  /** Case time. Older than two minutes it is not handed over: the story asks again. */
  at: string;
}

export type NamedTime = DueRule | { rule: DueRule; from: string };

/** A name of an engineer, by staff id; a word of an entry, by the entry's id and the word's name; or one of the customer's details. */
export type TypedWord = { engineer: string } | { entry: string; word: string } | { detail: 'address' };

/** What became of the hand-over. It never waits: whatever there is to wait for, the story waits for on its own clock. */
export type MessageResult =
  | Taken
  /** Not in the customer's sending hours. */
  | { state: 'deferred'; until: string }
  /** Perhaps with the carrier, perhaps not: `messageSettled` will say. */
  | { state: 'unknown' }
  /** Surely not with the carrier, or too old to be handed over: ask again later. */
  | { state: 'unreachable' }
  /** No channel will do: dead number, opted out, no consent, too many texts today, said too late. `reason` is that of the first. */
  | { state: 'failed' | 'suppressed'; reason: string }
  /** Its matter is settled. */
  | { state: 'cancelled' };

/** A carrier took it. */
export interface Taken {
  state: 'accepted';
  /** By which it left, and its intent there. */
  channel: Channel;
  intent: string;
  /** From which the times in the text were counted. */
  saidAt: string;
  /** Of the hand-over that the carrier took. */
  leftAt: string;
  /** Whether the customer can answer it there: by a text, or by a link in it. */
  twoWay: boolean;
}

/** What the story learns later about a message, when it changes the story. */
export interface MessageNews {
  key: string;
  /** Which of its intents. */
  intent: string;
  /**
   * `accepted`: it was with the carrier after all. `again`: it surely was not, hand it over again. `failed`: it did not reach
   * the customer. `stuck`: nobody can tell, a person must.
   */
  state: 'accepted' | 'again' | 'failed' | 'stuck';
}

/** What the relay makes of a reply. Without `choice` the text was not understood, or answers no open question. */
export interface Reply {
  replyId: string;
  /** The template that asked, and its matter. */
  question?: TemplateId;
  matter?: string;
  choice?: string;
  /** The day that is meant, `YYYY-MM-DD` in the store's zone, where the choice is `day`. */
  day?: string;
}

/** A text that stopped texts to its number, or brought them back. */
export interface OptNews {
  replyId: string;
}

/** A key is made from business facts, so that a reset of the workflow says nothing twice. */
export function messageKey(caseNumber: string, template: TemplateId, since: string, ordinal: number): string {
  return [caseNumber, template, since, ordinal].join('/');
}
