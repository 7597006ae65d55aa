import type { Language } from '../policies/terms';
import type { Message } from './message';
import { missing } from './places';
import type { Template, Typed, Variant } from './template';

/**
 * In one pass, so that braces in a value stay what they are. A value of which nothing is left leaves no hole.
 * @throws an Error when a value is missing.
 */
export function fill(words: string, values: Record<string, string>): string {
  const text = words.replace(/\{(\w+)\}/g, (_place, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) throw missing(name);
    return value;
  });
  return text.replace(/ {2,}/g, ' ');
}

/** What people typed, and what is said where nothing of it is left. */
export function typedOrInstead(
  said: Record<string, string>,
  places: Record<string, Typed>,
  language: Language,
): Record<string, string> {
  const words = Object.entries(places).map(([place, { instead }]) => [place, said[place] || instead?.[language]]);
  return Object.fromEntries(words.filter(([, value]) => value !== undefined)) as Record<string, string>;
}

/** The chosen variants in words; without what a person should have typed for one, `none` stands there. */
export function variantsInWords(
  { variants = {} }: Template,
  chosen: Message['facts'],
  values: Record<string, string>,
  language: Language,
): Record<string, string> {
  const filled = Object.entries(variants).map(([place, those]) => {
    const variant = those[String(chosen[place])];
    if (!variant) throw missing(place);
    const { words } = those.none && lacksTyped(variant, values) ? those.none : variant;
    return [place, fill(words[language], values)];
  });
  return Object.fromEntries(filled) as Record<string, string>;
}

const lacksTyped = ({ typed = {} }: Variant, values: Record<string, string>) =>
  Object.keys(typed).some((place) => values[place] === undefined);
