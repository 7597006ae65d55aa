import { DateTime } from 'luxon';
import type { Language } from '../policies/terms';

const dayFormat: Record<Language, string> = { 'zh-CN': 'M月d日 ccc', en: 'ccc d LLL' };
const clockFormat = 'HH:mm';

/**
 * An instant as people write it, in the customer's zone: `11月24日 周二 14:00`, `Tue 24 Nov 14:00`.
 * The zone is named when the clocks of the store show another time then: `Tue 24 Nov 14:00 GMT-8`.
 */
export function dateWords(at: string, language: Language, customerZone: string, storeZone: string): string {
  const time = local(at, language, customerZone);
  return `${time.toFormat(`${dayFormat[language]} ${clockFormat}`)}${zoneWords(time, storeZone)}`;
}

/** Only the time of day, for a text about the customer's own place that is read on the same day: `14:00`. */
export function clockWords(at: string, language: Language, customerZone: string): string {
  return local(at, language, customerZone).toFormat(clockFormat);
}

/** From one instant to another of the same day, or one time: `Tue 24 Nov 14:00-16:00`. The zone is named as in `dateWords`. */
export function periodWords(
  [from, by]: [from: string, by: string],
  language: Language,
  customerZone: string,
  storeZone: string,
): string {
  const [start, end] = [local(from, language, customerZone), local(by, language, customerZone)];
  const until = +start === +end ? '' : `-${end.toFormat(clockFormat)}`;
  return `${start.toFormat(`${dayFormat[language]} ${clockFormat}`)}${until}${zoneWords(start, storeZone)}`;
}

/** A calendar day, `YYYY-MM-DD`: `11月24日 周二`, `Tue 24 Nov`. */
export function dayWords(date: string, language: Language): string {
  return DateTime.fromISO(date, { zone: 'utc', locale: language }).toFormat(dayFormat[language]);
}

/** `周二`, `Tue`. */
export function weekdayWords(date: string, language: Language): string {
  return DateTime.fromISO(date, { zone: 'utc', locale: language }).toFormat('ccc');
}

const local = (at: string, language: Language, zone: string) => DateTime.fromISO(at, { zone, locale: language });

/** ` GMT+8`, ` GMT-3:30`, ` GMT` at Greenwich; nothing where the store's clocks show the same. */
function zoneWords(time: DateTime, storeZone: string): string {
  if (time.offset === time.setZone(storeZone).offset) return '';
  return ` GMT${time.offset === 0 ? '' : time.toFormat('Z')}`;
}
