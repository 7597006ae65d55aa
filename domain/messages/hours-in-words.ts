import { dateIn } from '../calendar/hours';
import { weekdayOf, weekdays, type Calendar } from '../calendar/holidays';
import { addDays } from '../calendar/local-time';
import { periodsOn, type DayHours } from '../calendar/opening-hours';
import { weekdayWords } from '../calendar/words';
import type { Language, StoreTerms } from '../policies/terms';

/** Days that a text looks ahead: each weekday comes once. */
const week = 7;

/**
 * When a store is open in the week that begins with a date, in its zone: in one line where its days are alike,
 * `9:00-12:00, 13:00-20:00`, else by weekdays, `Mon-Fri 9:00-20:00; Sat 10:00-16:00; Sun closed`. The second is shorter, for a text that
 * has no room for the first: only the next day on which the store opens, `Sat 10:00-16:00`.
 * @param at ISO instant in case time: from its day on.
 */
export function hoursInWords(store: StoreTerms, calendar: Calendar, at: string, language: Language): string[] {
  const today = dateIn(at, store.timeZone);
  const days = Array.from({ length: week }, (_, n) => {
    const date = addDays(today, n);
    return { date, hours: dayInWords(periodsOn(date, { ...store, calendar }), language) };
  });
  const [first] = days;
  if (days.every(({ hours }) => hours === first?.hours)) return [first?.hours ?? ''];
  const nextOpen = days.find(({ hours }) => hours !== closed[language]) ?? first;
  return [
    byWeekdays(days, language),
    nextOpen ? `${weekdayWords(nextOpen.date, language)}${space(language)}${nextOpen.hours}` : '',
  ];
}

interface Day {
  date: string;
  hours: string;
}

/** From Monday on; days in a row with the same hours are said once. */
function byWeekdays(days: Day[], language: Language): string {
  const rows: { from: Day; to: Day }[] = [];
  const place = ({ date }: Day) => weekdays.indexOf(weekdayOf(date));
  for (const day of days.toSorted((a, b) => place(a) - place(b))) {
    const row = rows.at(-1);
    if (row?.to.hours === day.hours) row.to = day;
    else rows.push({ from: day, to: day });
  }
  const said = rows.map(({ from, to }) => {
    const days = [from, ...(from === to ? [] : [to])].map(({ date }) => weekdayWords(date, language));
    return `${days.join(upTo[language])}${space(language)}${from.hours}`;
  });
  return said.join(language === 'en' ? '; ' : '；');
}

function dayInWords(hours: DayHours, language: Language): string {
  if (hours === 'closed') return closed[language];
  const periods = hours.map(({ from, to }) => `${from}-${to}`.replaceAll(/\b0(?=\d:)/g, ''));
  return periods.join(language === 'en' ? ', ' : '、');
}

const closed: Record<Language, string> = { 'zh-CN': '休息', en: 'closed' };
const upTo: Record<Language, string> = { 'zh-CN': '至', en: '-' };
const space = (language: Language) => (language === 'en' ? ' ' : '');
