import type { Policy } from '../domain/policies/terms';
import { usualPolicy } from '../domain/policies/usual';
import { openDatabase } from './database';

/** The first version of the policy: what is usual in the trade. */
export const firstPolicy: Policy = {
  ...usualPolicy,
  version: '2026-11',
  brand: { 'zh-CN': '安心服务', en: 'Anxin Service' },
  phone: '400-000-0000',
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
