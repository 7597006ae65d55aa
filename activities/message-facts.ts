import type { Calendar } from '../domain/calendar/holidays';
import type { Channel, TemplateId } from '../domain/messages/message';
import type { Digits } from '../domain/messages/render';
import type { Language, Terms } from '../domain/policies/terms';

/** What a message is rendered from: the answer of `message_facts`. */
export interface MessageFacts {
  terms: Terms;
  calendar: Calendar;
  shortCode: string;
  language: Language;
  /** The customer's, if known. */
  zone: string | null;
  product: string | null;
  /** What people typed for the other places of the text. */
  typed: Record<string, string>;
  /** The customer's. */
  name: string | null;
  /** Those that the customer may be reached by, the first one first. */
  ways: Way[];
}

/** One way to the customer, and what it can carry. */
export interface Way {
  channel: Channel;
  /** Of this message by this channel to this address. */
  key: string;
  recipient: string | null;
  sender: string | null;
  /** Whether it carries texts of the customer. */
  twoWay: boolean;
  carriesUrls: boolean;
  /** The only ones that may leave by it, where templates must be registered. */
  templates: TemplateId[] | null;
  /** The digits that no question of this number holds. */
  freeDigits: string[];
  /** The questions of this number, of whatever case, that still wait for a digit. */
  openQuestions: (Omit<Digits, 'choices'> & { choices: { choice: string; digit?: string }[] })[] | null;
}
