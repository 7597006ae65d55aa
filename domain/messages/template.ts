import type { Language } from '../policies/terms';

export type Words = Record<Language, string>;

/**
 * How a fact is given, and so how it is said: `instant` and `clock` ISO instants (date and time, time of day alone), `period` two of
 * them, `from/by`; `day` a date `YYYY-MM-DD` of the store, or an instant on it; `minutes`, `days`, `number` whole numbers; `fen` money.
 */
export type FactKind = 'instant' | 'clock' | 'period' | 'day' | 'minutes' | 'days' | 'number' | 'fen';

/** What a person typed. It is never part of a `Message`: the one who renders looks it up. */
export interface Typed {
  /** Letters (graphemes) that a text has room for; more are cut off. */
  atMost: number;
  /** Not cut, since half of it is wrong. */
  whole?: true;
  /** Said where nothing of it can be written in the language. */
  instead?: Words;
}

/** Everything that words need to become a text, by the name of its place. What is named nowhere is not accepted. */
export interface Places {
  facts?: Record<string, FactKind>;
  /** What the text promises: each an instant that is counted from its hand-over, said with its time or as a day of the store. */
  names?: Record<string, 'instant' | 'day'>;
  typed?: Record<string, Typed>;
}

/** One of several things that may stand in a place. Some need facts of their own. */
export interface Variant extends Places {
  words: Words;
}

/**
 * The words of one message. `{name}` is filled in; `⟦…⟧` is the reply clause, which stands only where the customer can answer by a
 * text, and with digits only where the question has them: there `{yes}` is the digit of that choice and `{choices}` all of them in
 * words. `{brand}`, `{case}`, `{phone}`, `{code}`, `{product}`, `{store}`, `{hours}` and `{lateLine}` need not be given.
 */
export interface Template extends Places {
  /** What a lost answer allows: to hand it over once more, or only a person's decision. */
  class: 'at-least-once' | 'at-most-once';
  words: Words;
  /** About a slot of these very minutes: it does not wait for sending hours. */
  anyHour?: true;
  /**
   * The closed values of a place. If nothing is left of what a person typed for a variant, `none` stands there, where it exists.
   */
  variants?: Record<string, Record<string, Variant>>;
  /** What it begins with if it comes late. */
  lateLine?: Words;
  /** The choices of a question, in words, for a text that lists them. */
  choices?: Record<string, Words>;
  /** It can be answered with a day (`dayOnOffer`): it is a question, with the choice `day`. */
  takesDay?: true;
  /** Said to one customer once a day, whatever case it is about. */
  onceADay?: true;
  /** It asks nothing, but the customer may add something: so says the clause that stands in the place of the reply clause. */
  takesDetails?: true;
}
