import type { Policy } from '../domain/policies/terms';
import { openDatabase } from './database';

/** The first version of the policy: what is usual in the trade. */
export const firstPolicy: Policy = {
  version: '2026-11',
  articles: ['H-01', 'H-02', 'H-04', 'H-05', 'H-17', 'H-75', 'H-79', 'S-03', 'E-22'],
  brand: { 'zh-CN': '安心服务', en: 'Anxin Service' },
  phone: '400-000-0000',
  sendingHours: { from: '08:00', to: '21:00' },
  deskHours: { from: '08:00', to: '21:00' },
  guidance: {
    checkAfterHours: 2,
    callOpensAfterMinutes: 30,
    callWithinMinutes: 60,
    oneWayCallOpensAfterMinutes: 10,
    oneWayCallWithinMinutes: 40,
    tries: 3,
    hoursBetweenTries: 2,
    lastTryBy: '12:00',
  },
  tasks: {
    'complete-details': { role: 'desk', dueInMinutes: 240, climbEveryMinutes: 240 },
    'guidance-call': { role: 'desk', dueInMinutes: 30, climbEveryMinutes: 30 },
    'agree-next-step': { role: 'desk', dueInMinutes: 30, climbEveryMinutes: 30 },
    'decide-unreached': { role: 'service-manager', dueInMinutes: 240, climbEveryMinutes: 240 },
    'read-reply': { role: 'desk', dueInMinutes: 30, climbEveryMinutes: 30 },
    'message-unknown': { role: 'desk', dueInMinutes: 30, climbEveryMinutes: 30 },
    'customer-chases': { role: 'service-manager', dueInMinutes: 60, climbEveryMinutes: 60 },
  },
  textsPerDay: 6,
};

const openingHours = [
  { from: '09:00', to: '12:00' },
  { from: '13:00', to: '20:00' },
];
const stores = [
  { id: 'hz-01', name: { 'zh-CN': '杭州西湖店', en: 'Hangzhou West Lake' }, city: { 'zh-CN': '杭州', en: 'Hangzhou' } },
  { id: 'sh-01', name: { 'zh-CN': '上海徐汇店', en: 'Shanghai Xuhui' }, city: { 'zh-CN': '上海', en: 'Shanghai' } },
].map((store) => ({ ...store, timeZone: 'Asia/Shanghai', openingHours }));

const staff = [
  { id: 'desk-1', role: 'desk' },
  { id: 'desk-2', role: 'desk' },
  { id: 'manager-1', role: 'service-manager' },
];

/** Our numbers, by the beginning of the customer's: the longest that fits sends. Customers with +86139 show what one way means. */
const senders = [
  { prefix: '+86', number: '+8613800138000', twoWay: true },
  { prefix: '+86139', number: '+8613900139000', twoWay: false },
  { prefix: '+', number: '+14155550100', twoWay: true },
];

/** Puts the first stores, staff, senders and policy into an empty database. */
export async function seed(databaseUrl: string): Promise<void> {
  const database = openDatabase(databaseUrl, { connections: 2 });
  try {
    const { prisma } = database;
    if ((await prisma.policy.count()) > 0) return; // what was published since then says what there is
    await prisma.store.createMany({ data: stores, skipDuplicates: true });
    await prisma.staff.createMany({ data: staff, skipDuplicates: true });
    await prisma.sender.createMany({ data: senders, skipDuplicates: true });
    const content = { ...firstPolicy } as object;
    await prisma.policy.createMany({ data: [{ version: firstPolicy.version, content }], skipDuplicates: true });
  } finally {
    await database.close();
  }
}
