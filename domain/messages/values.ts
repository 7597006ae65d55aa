import { dateIn } from '../calendar/hours';
import { clockWords, dateWords, dayWords, periodWords } from '../calendar/words';
import type { Language } from '../policies/terms';
import type { FactKind } from './template';

/** By what a value is said. */
export interface Saying {
  language: Language;
  customerZone: string;
  storeZone: string;
  /** The customer's zone is named where the clocks of the store show another time. */
  namesZone: boolean;
}

/** @throws an Error when the value is not of its kind. */
export function inWords(kind: FactKind, value: string | number, saying: Saying): string {
  const { language, customerZone, storeZone, namesZone } = saying;
  const otherZone = namesZone ? storeZone : customerZone;
  switch (kind) {
    case 'instant':
      return dateWords(instant(value), language, customerZone, otherZone);
    case 'clock':
      return clockWords(instant(value), language, customerZone);
    case 'period': {
      const [from, by] = String(value).split('/');
      return periodWords([instant(from), instant(by)], language, customerZone, otherZone);
    }
    case 'day':
      return dayWords(day(value, storeZone), language);
    case 'minutes':
      return minutesInWords(whole(value), language);
    case 'days':
      return counted(whole(value), language, '天', 'day');
    case 'number':
      return String(whole(value));
    case 'fen':
      return money(whole(value), language);
  }
}

/** An instant that is promised: with its time, or as a day of the store. */
export function promisedInWords(kind: 'instant' | 'day', at: string, saying: Saying): string {
  return inWords(kind, kind === 'day' ? dateIn(at, saying.storeZone) : at, saying);
}

/** Whole hours are said as hours from two on. */
function minutesInWords(minutes: number, language: Language): string {
  if (minutes >= 120 && minutes % 60 === 0) return counted(minutes / 60, language, '小时', 'hour');
  return counted(minutes, language, '分钟', 'minute');
}

function counted(count: number, language: Language, chinese: string, english: string): string {
  if (language === 'zh-CN') return `${count}${chinese}`;
  return `${count} ${english}${count === 1 ? '' : 's'}`;
}

/** In Chinese the words around it name the unit. */
function money(fen: number, language: Language): string {
  const amount = (fen / 100).toFixed(fen % 100 === 0 ? 0 : 2);
  return language === 'en' ? `CNY ${amount}` : amount;
}

function instant(value: string | number | undefined): string {
  if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(String(value)) && !Number.isNaN(Date.parse(String(value))))
    return String(value);
  throw new Error(`not an instant: ${value}`);
}

function day(value: string | number, zone: string): string {
  if (String(value).includes('T')) return dateIn(instant(value), zone);
  if (/^\d{4}-\d\d-\d\d$/.test(String(value)) && !Number.isNaN(Date.parse(String(value)))) return String(value);
  throw new Error(`not a day: ${value}`);
}

function whole(value: string | number): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  throw new Error(`not a whole number: ${value}`);
}
