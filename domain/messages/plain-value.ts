import type { Language } from '../policies/terms';
import { isGsm7 } from './segments';

/** Line breaks, control and direction marks, and the brackets in which a text names its sender; what joins an emoji stays. */
const notInText = /(?!\u200d)[\p{Cc}\p{Cf}\u2028\u2029【】⟦⟧]/gu;

/** Of a page: a phone would make a link of it, under our name, and some carriers drop the whole text. */
const address =
  /(?:https?:\/\/|www\.)[!-~]*|[\w.-]*\.(?:com|cn|net|org|top|xyz|info|vip|shop|site|link|app)\b[!-~]*/giu;

/**
 * What people typed, as it may stand in a text: on one line, unable to pose as another part of it or to lead elsewhere. In English it is brought
 * into the alphabet of old phones, since one other character would halve what a text may hold; of what cannot be, nothing is left.
 */
export function plainValue(typed: string, language: Language): string {
  const plain = typed.replace(notInText, ' ');
  const writable = language === 'en' ? inGsm7(plain.replace(/\s+/gu, ' ')) : plain;
  return writable.replace(address, ' ').replace(/\s+/gu, ' ').trim();
}

function inGsm7(value: string): string {
  const typewritten = value.replace(/[‘’]/g, "'").replace(/[“”]/g, '"').replace(/[–—]/g, '-').replace(/…/g, '...');
  return [...typewritten]
    .map((character) => (isGsm7(character) ? character : character.normalize('NFKD')))
    .flatMap((characters) => [...characters])
    .filter(isGsm7)
    .join('');
}
