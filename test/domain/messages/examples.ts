import { catalogue } from '../../../domain/messages/catalogue';
import type { TemplateId } from '../../../domain/messages/message';
import type { Digits, RenderFacts } from '../../../domain/messages/render';
import type { FactKind, Places } from '../../../domain/messages/template';
import { everyDay } from '../../../domain/policies/every-day';
import type { Language, Terms } from '../../../domain/policies/terms';
import { firstPolicy } from '../../../prisma/seed';
import { calendar } from '../../support/terms';

export const languages: Language[] = ['zh-CN', 'en'];
export const templates = Object.keys(catalogue) as TemplateId[];

const terms: Terms = {
  ...firstPolicy,
  store: {
    id: 'hz-01',
    name: { 'zh-CN': '杭州西湖店', en: 'Hangzhou West Lake' },
    timeZone: 'Asia/Shanghai',
    calendar: 'china',
    hours: everyDay([
      { from: '09:00', to: '12:00' },
      { from: '13:00', to: '20:00' },
    ]),
  },
};

const facts: Record<string, string | number> = {
  guidedAt: '2026-11-24T04:00:00.000Z',
  leftAt: '2026-11-24T03:00:00.000Z',
  when: '2026-11-25T06:00:00.000Z/2026-11-25T08:00:00.000Z',
  slot: '2026-11-24T06:00:00.000Z',
  arrivedAt: '2026-11-24T06:40:00.000Z',
  eta: '2026-11-24T06:30:00.000Z',
  withinMinutes: 30,
  oldDue: '2026-11-24',
  expectedOn: '2026-12-02',
  namedDay: '2026-11-27',
  readyOn: '2026-11-21',
  sentOn: '2026-11-24',
  total: 128000,
  parts: 100000,
  labour: 28000,
  warrantyDays: 90,
  readyDays: 3,
  limitDays: 7,
  extraDays: 30,
  article: 14,
  notice: 3,
};

const typedIn: Record<Language, Record<string, string>> = {
  'zh-CN': {
    engineer: '王建国',
    owner: '葛晓雯',
    cause: '压缩机缺货',
    finding: '压缩机损坏',
    addressHint: '文三路',
    carrier: '顺丰速运',
    tracking: 'SF1234567890123',
  },
  en: {
    engineer: 'Wang Jianguo',
    owner: 'Ge Xiaowen',
    cause: 'the compressor is out of stock',
    finding: 'compressor broken',
    addressHint: 'Wensan Road',
    carrier: 'SF Express',
    tracking: 'SF1234567890123',
  },
};

/** One way to say a template: a variant for each of its places. */
export interface Way {
  template: TemplateId;
  chosen: Record<string, string>;
}

/** Every variant at least once, the others as they come first. */
export const waysOf = (template: TemplateId): Way[] => {
  const { variants = {} } = catalogue[template];
  const first = Object.fromEntries(Object.entries(variants).map(([place, those]) => [place, Object.keys(those)[0]!]));
  const others = Object.entries(variants).flatMap(([place, those]) =>
    Object.keys(those)
      .slice(1)
      .map((variant) => ({ template, chosen: { ...first, [place]: variant } })),
  );
  return [{ template, chosen: first }, ...others];
};

/** Every combination of variants. */
export const allWaysOf = (template: TemplateId): Way[] => {
  let ways: Way['chosen'][] = [{}];
  for (const [place, those] of Object.entries(catalogue[template].variants ?? {}))
    ways = ways.flatMap((way) => Object.keys(those).map((variant) => ({ ...way, [place]: variant })));
  return ways.map((chosen) => ({ template, chosen }));
};

export const nameOf = ({ template, chosen }: Way) => [template, ...Object.values(chosen)].join(' · ');

/** A message said in a way, with real values, to a customer in Hangzhou whose number hears replies. */
export function example(way: Way, language: Language, more: Partial<RenderFacts> = {}): RenderFacts {
  const places = placesOfWay(way);
  const typed = Object.fromEntries(Object.keys(places.typed).map((name) => [name, typedIn[language][name]!]));
  return {
    message: {
      caseNumber: 'AC-7K3M-9XQ2',
      template: way.template,
      facts: { ...way.chosen, ...Object.fromEntries(Object.keys(places.facts).map((name) => [name, facts[name]!])) },
      names: Object.fromEntries(
        Object.entries(places.names).map(([name, kind]) => [
          name,
          kind === 'day' ? 'next-step-carried-out' : 'guidance-call',
        ]),
      ),
      at: '2026-11-24T06:00:00.000Z',
    },
    terms,
    calendar,
    language,
    customerZone: 'Asia/Shanghai',
    shortCode: '4821',
    product: language === 'en' ? 'air conditioner' : '空调',
    typed,
    twoWay: true,
    ...digitsOf(way.template),
    ...more,
  };
}

/** The same with everything as long as people make it. */
export function longExample(way: Way, language: Language, typed: string, more: Partial<RenderFacts> = {}): RenderFacts {
  const short = example(way, language);
  const names = Object.keys(short.typed ?? {});
  const { tracking } = typedIn[language];
  return {
    ...short,
    terms: { ...terms, store: { ...terms.store, name: { 'zh-CN': typed, en: typed } } },
    product: typed,
    typed: Object.fromEntries(names.map((name) => [name, name === 'tracking' ? tracking! : typed])),
    customerZone: 'America/St_Johns',
    ...more,
  };
}

export function oneWay({ digits: _digits, ...facts }: RenderFacts): RenderFacts {
  return { ...facts, twoWay: false };
}

/** As their types say, without asking the code under test. */
function placesOfWay({ template, chosen }: Way): Required<Places> {
  const { variants = {}, ...own } = catalogue[template];
  const all: Places[] = [own, ...Object.entries(chosen).map(([place, variant]) => variants[place]![variant]!)];
  return {
    facts: Object.assign({}, ...all.map((each) => each.facts)) as Record<string, FactKind>,
    names: Object.assign({}, ...all.map((each) => each.names)) as Required<Places>['names'],
    typed: Object.assign({}, ...all.map((each) => each.typed)) as Required<Places>['typed'],
  };
}

function digitsOf(template: TemplateId): { digits?: Digits } {
  const question = template === 'not-understood' ? 'guidance-check' : template;
  const choices = Object.keys(catalogue[question].choices ?? {});
  if (choices.length === 0) return {};
  return { digits: { template: question, choices: choices.map((choice, i) => ({ choice, digit: String(i + 1) })) } };
}
