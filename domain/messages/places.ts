import { catalogue } from './catalogue';
import type { Message } from './message';
import type { Places, Variant } from './template';

export type Worded = Pick<Message, 'template' | 'facts' | 'names'>;

/**
 * What the words of a message need: those of its template and of the variants that its facts choose. Who renders looks up `typed`.
 * @throws an Error when a variant is unknown, when anything is missing, or when something was given that has no place.
 */
export function placesOf({ template, facts, names }: Worded): Required<Places> {
  const { variants = {}, ...own } = catalogue[template];
  const chosen = Object.entries(variants).map(([place, those]) => variantOf(those, place, facts[place]));
  const all = [own, ...chosen];
  const places = {
    facts: merged(all.map((each) => each.facts)),
    names: merged(all.map((each) => each.names)),
    typed: merged(all.map((each) => each.typed)),
  };
  mustEqual([...Object.keys(variants), ...Object.keys(places.facts)], facts, template);
  mustEqual(Object.keys(places.names), names, template);
  return places;
}

/** @throws an Error when not exactly these were given: a fault of the story, never a hole in a text. */
export function mustEqual(places: string[], given: object, template: string): void {
  for (const place of places) if (!Object.hasOwn(given, place)) throw missing(place);
  for (const name of Object.keys(given)) if (!places.includes(name)) throw new Error(`${template} has no {${name}}`);
}

export const missing = (place: string) => new Error(`nothing to say for {${place}}`);

function variantOf(those: Record<string, Variant>, place: string, chosen: string | number | undefined): Variant {
  if (chosen === undefined) throw missing(place);
  const variant = Object.hasOwn(those, chosen) ? those[chosen] : undefined;
  if (!variant) throw new Error(`{${place}} cannot be ${chosen}`);
  return variant;
}

function merged<Kind>(all: (Record<string, Kind> | undefined)[]): Record<string, Kind> {
  return Object.assign({}, ...all) as Record<string, Kind>;
}
