import type { Calendar } from '../../domain/calendar/holidays';
import { everyDay } from '../../domain/policies/every-day';
import type { Terms } from '../../domain/policies/terms';
import china from '../../policies/china-2026.json';
import { firstPolicy } from '../../prisma/seed';

/** The terms of a case at the store in Hangzhou, as the seed has them. */
export const terms: Terms = {
  ...firstPolicy,
  store: {
    id: 'hz-01',
    name: { 'zh-CN': '杭州西湖店', en: 'Hangzhou West Lake' },
    timeZone: 'Asia/Shanghai',
    calendar: 'china',
    hours: everyDay([{ from: '09:00', to: '20:00' }]),
  },
};

/** China's working days of 2026. */
export const calendar = china.calendars[0] as Calendar;

/** An instant by the clock on the wall in Hangzhou: `2026-11-24 20:30`. */
export const inHangzhou = (time: string) => new Date(`${time.replace(' ', 'T')}+08:00`).toISOString();
