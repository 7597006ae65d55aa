import { DateTime } from 'luxon';
import type { Language } from '../policies/terms';

const day: Record<Language, string> = { 'zh-CN': 'M月d日 ccc HH:mm', en: 'ccc d LLL HH:mm' };

/**
 * An instant as people write it, in the customer's zone: `11月24日 周二 14:00`, `Tue 24 Nov 14:00`.
 * The zone is named when the clocks of the store show another time then: `Tue 24 Nov 14:00 GMT-8`.
 */
export function dateWords(at: string, language: Language, customerZone: string, storeZone: string): string {
  const time = DateTime.fromISO(at, { zone: customerZone, locale: language });
  const words = time.toFormat(day[language]);
  return time.offset === time.setZone(storeZone).offset ? words : `${words} GMT${offsetOf(time)}`;
}

/** `+8`, `-3:30`; nothing at Greenwich. */
function offsetOf(time: DateTime): string {
  return time.offset === 0 ? '' : time.toFormat('Z');
}
