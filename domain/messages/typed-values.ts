import type { Language } from '../policies/terms';
import { plainValue } from './plain-value';
import type { Typed, Words } from './template';

const segmenter = new Intl.Segmenter();
const dots: Words = { 'zh-CN': '…', en: '...' };

/**
 * What people typed, as it may stand in a text: first as much of it as each place has room for, then ever less, one place after
 * the other, until nothing is left. What is wrong when cut stays whole.
 */
export function* everShorter(
  typed: Record<string, string>,
  places: Record<string, Typed>,
  language: Language,
): Generator<Record<string, string>> {
  const letters = Object.entries(places).map(([place, kind]) => ({
    place,
    kind,
    letters: lettersOf(typed[place] ?? '', language),
  }));
  const said: Record<string, string> = {};
  for (const { place, kind, letters: all } of letters)
    said[place] = cut(all, kind.whole ? all.length : kind.atMost, language);
  yield said;
  for (const { place, kind, letters: all } of letters) {
    if (kind.whole) continue;
    for (let length = Math.min(all.length, kind.atMost) - 1; length >= 0; length -= 1) {
      said[place] = cut(all, length, language);
      yield said;
    }
  }
}

/** The beginning of what people typed. */
export const shortened = (value: string, atMost: number, language: Language): string =>
  cut(lettersOf(value, language), atMost, language);

/** As people see them: an emoji of several characters is one. */
function lettersOf(value: string, language: Language): string[] {
  return [...segmenter.segment(plainValue(value, language))].map(({ segment }) => segment);
}

function cut(letters: string[], atMost: number, language: Language): string {
  if (letters.length <= atMost) return letters.join('');
  return atMost > 0 ? letters.slice(0, atMost).join('').trim() + dots[language] : '';
}
