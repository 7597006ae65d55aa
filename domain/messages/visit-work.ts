import type { Variant } from './template';

/** What an engineer comes for. */
export const visitWork: Record<string, Variant> = {
  repair: { words: { 'zh-CN': '维修', en: 'repair' } },
  install: { words: { 'zh-CN': '安装', en: 'install' } },
  inspect: { words: { 'zh-CN': '检测', en: 'check' } },
  service: { words: { 'zh-CN': '保养', en: 'service' } },
  'bring-back': { words: { 'zh-CN': '送回', en: 'bring back' } },
  'pick-up': { words: { 'zh-CN': '取走', en: 'pick up' } },
};
