import fc from 'fast-check';
import { catalogue } from '../../../domain/messages/catalogue';
import type { TemplateId } from '../../../domain/messages/message';
import { render } from '../../../domain/messages/render';
import { isGsm7, segmentsOf } from '../../../domain/messages/segments';
import type { Words } from '../../../domain/messages/template';
import { allWaysOf, example, languages, longExample, nameOf, oneWay, templates, waysOf, type Way } from './examples';

const ways = templates.flatMap(waysOf);
const named = ways.map((way) => [nameOf(way), way] as const);
const keysIn = (words: string) => [...words.matchAll(/\{(\w+)\}/g)].map(([, key]) => key).toSorted();
const clauseIn = (words: string) => /⟦(.*)⟧/u.exec(words)?.[1] ?? '';
const allWords = (template: TemplateId): Words[] => {
  const { words, lateLine, variants = {}, choices = {} } = catalogue[template];
  return [
    words,
    ...(lateLine ? [lateLine] : []),
    ...Object.values(choices),
    ...Object.values(variants).flatMap((those) => Object.values(those).map((variant) => variant.words)),
  ];
};

describe('the words of every text, as customers read them', () => {
  test.each(named)('%s', (_name, way) => {
    expect(languages.map((language) => render(example(way, language)))).toMatchSnapshot();
  });

  test.each(templates)('%s where no reply can be sent', (template) => {
    const [way] = waysOf(template);
    expect(languages.map((language) => render(oneWay(example(way!, language))))).toMatchSnapshot();
  });
});

describe.each(templates)('%s', (template) => {
  const { words, choices = {}, takesDay, takesDetails, variants = {} } = catalogue[template];

  test('has the same keys in both languages, also in its reply clause and in each variant', () => {
    for (const { 'zh-CN': chinese, en: english } of allWords(template)) {
      expect(keysIn(english)).toEqual(keysIn(chinese));
      expect(keysIn(clauseIn(english))).toEqual(keysIn(clauseIn(chinese)));
    }
  });

  test('names each of its places, and no other', () => {
    const { facts = {}, names = {}, typed = {} } = catalogue[template];
    const given = ['brand', 'case', 'phone', 'code', 'product', 'store', 'hours', 'lateLine', 'choices'];
    const own = [...Object.keys(facts), ...Object.keys(names), ...Object.keys(typed), ...Object.keys(variants)];
    const used = keysIn(words.en);
    expect(own.filter((place) => !used.includes(place))).toEqual([]);
    expect(used.filter((place) => ![...own, ...given, ...Object.keys(choices)].includes(place!))).toEqual([]);
    for (const variant of Object.values(variants).flatMap((those) => Object.values(those))) {
      const places = [variant.facts, variant.names, variant.typed].flatMap((each) => Object.keys(each ?? {}));
      expect(keysIn(variant.words.en)).toEqual(places.toSorted());
    }
  });

  test('holds no address of a page, says who writes, and English stays in the alphabet of old phones', () => {
    for (const { 'zh-CN': chinese, en: english } of allWords(template)) {
      expect(`${chinese} ${english}`).not.toMatch(/https?:|www\.|\.(com|cn|net)\b/i);
      expect(isGsm7(english.replace(/[⟦⟧]/g, ''))).toBe(true);
    }
    expect(words['zh-CN']).toMatch(/^【\{brand\}】/);
    expect(words.en).toMatch(/^\{brand\}/);
  });

  test('has a clause where it can be answered, and it offers each choice', () => {
    for (const language of languages) {
      const clause = clauseIn(words[language]);
      expect(clause !== '').toBe(
        template === 'not-understood' || Object.keys(choices).length > 0 || Boolean(takesDay ?? takesDetails),
      );
      for (const choice of Object.keys(choices)) expect(clause).toContain(`{${choice}}`);
    }
  });

  test('without digits it names the code and the phone to call, once', () => {
    for (const language of languages) {
      const text = render(oneWay(example(waysOf(template)[0]!, language)));
      const answered = clauseIn(words[language]) !== '';
      expect(/报短码4821|code 4821/.test(text)).toBe(answered);
      if (answered) expect(text.match(/400-000-0000/g)).toHaveLength(1);
    }
  });

  const fits = (way: Way, typed: string) => {
    for (const language of languages) {
      const facts = longExample(way, language, typed);
      facts.message.dueAt = '2026-11-24T01:00:00.000Z';
      for (const text of [render(facts), render(oneWay(facts))]) {
        expect(segmentsOf(text)).toBeLessThanOrEqual(2);
        expect(text).not.toMatch(/ {2}|⟦|⟧|undefined|\(\)|（）/);
        if (language === 'en') expect(isGsm7(text)).toBe(true);
      }
    }
  };

  test('fits two segments in every way it can be said, to a customer abroad, late, with long values', () => {
    for (const way of allWaysOf(template)) fits(way, 'Siemens Electrogeräte '.repeat(5));
  });

  test('and with odd ones', () => {
    const odd = ['王建国'.repeat(20), 'مكيف هواء '.repeat(10), '👨‍👩‍👧‍👦'.repeat(20), '{{phone}} {case} '.repeat(5), ' '];
    for (const way of waysOf(template)) for (const typed of odd) fits(way, typed);
  });

  test('is not cut for a customer in the same city with usual values', () => {
    for (const way of allWaysOf(template))
      for (const language of languages) {
        expect(render(example(way, language))).not.toMatch(/…|\.\.\./);
        expect(render(oneWay(example(way, language)))).not.toMatch(/…|\.\.\./);
      }
  });
});

test('whatever people type, no text is longer than two segments, and none turns around or breaks its line', () => {
  const typed = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.string({ unit: 'grapheme', maxLength: 200 }),
  );
  fc.assert(
    fc.property(
      typed,
      fc.constantFrom(...ways),
      fc.boolean(),
      fc.constantFrom(...languages),
      (value, way, replies, language) => {
        const facts = longExample(way, language, value);
        const text = render(replies ? facts : oneWay(facts));
        expect(segmentsOf(text)).toBeLessThanOrEqual(2);
        expect(text).not.toMatch(/[\n\r\u202a-\u202e]/);
        if (language === 'en') expect(isGsm7(text)).toBe(true);
      },
    ),
    { numRuns: 200 },
  );
});

test.each(templates.filter((template) => catalogue[template].choices))(
  'the choices of %s can be listed to who was not understood',
  (question) => {
    const choices = Object.keys(catalogue[question].choices ?? {}).map((choice, i) => ({ choice, digit: `${i + 11}` }));
    for (const language of languages) {
      const facts = longExample({ template: 'not-understood', chosen: {} }, language, 'x');
      const text = render({ ...facts, digits: { template: question, choices } });
      expect(segmentsOf(text)).toBeLessThanOrEqual(2);
      for (const words of Object.values(catalogue[question].choices ?? {})) expect(text).toContain(words[language]);
    }
  },
);
