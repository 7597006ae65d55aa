import type { Language } from '../policies/terms';

/**
 * The words of one message. `{name}` is filled in; `⟦…⟧` is the reply clause, which stands only where the question has digits:
 * there `{yes}` is the digit of that choice and `{choices}` all of them in words.
 */
export interface Template {
  /** What a lost answer allows: to hand it over once more, or only a person's decision. */
  class: 'at-least-once' | 'at-most-once';
  words: Record<Language, string>;
  /** What it begins with if it comes late. */
  lateLine?: Record<Language, string>;
  /** The choices of a question, in words, for a text that lists them. */
  choices?: Record<string, Record<Language, string>>;
}
