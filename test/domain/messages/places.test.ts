import type { TemplateId } from '../../../domain/messages/message';
import { render, type RenderFacts } from '../../../domain/messages/render';
import type { Language } from '../../../domain/policies/terms';
import { example, nameOf, templates, waysOf, type Way } from './examples';

const named = templates.flatMap(waysOf).map((way) => [nameOf(way), way] as const);

describe('a text is said with exactly what its template names, or not at all', () => {
  const asked = (template: TemplateId, chosen: Way['chosen'] = waysOf(template)[0]!.chosen) =>
    example({ template, chosen }, 'en');
  const withFacts = (facts: RenderFacts, more: Record<string, string | number>): RenderFacts => ({
    ...facts,
    message: { ...facts.message, facts: { ...facts.message.facts, ...more } },
  });
  const without = (facts: Record<string, unknown>, place: string) =>
    Object.fromEntries(Object.entries(facts).filter(([name]) => name !== place));

  test.each(named)('%s: each of its places must be filled', (_name, { template, chosen }) => {
    const facts = asked(template, chosen);
    const { message, typed = {} } = facts;
    for (const place of Object.keys(message.facts))
      expect(() =>
        render({ ...facts, message: { ...message, facts: without(message.facts, place) as typeof message.facts } }),
      ).toThrow(`nothing to say for {${place}}`);
    for (const place of Object.keys(message.names))
      expect(() =>
        render({ ...facts, message: { ...message, names: without(message.names, place) as typeof message.names } }),
      ).toThrow(`nothing to say for {${place}}`);
    for (const place of Object.keys(typed))
      expect(() => render({ ...facts, typed: without(typed, place) as typeof typed })).toThrow(
        `nothing to say for {${place}}`,
      );
  });

  test.each(templates)('%s takes nothing that it does not name', (template) => {
    const facts = asked(template);
    const { message, typed } = facts;
    const other = `${template} has no {other}`;
    expect(() => render(withFacts(facts, { other: 1 }))).toThrow(other);
    expect(() => render({ ...facts, typed: { ...typed, other: 'x' } })).toThrow(other);
    const names = { ...message.names, other: 'guidance-call' as const };
    expect(() => render({ ...facts, message: { ...message, names } })).toThrow(other);
  });

  test('what belongs to one variant is not taken with another', () => {
    expect(() => render(withFacts(asked('ready-1'), { total: 128000 }))).toThrow('ready-1 has no {total}');
    expect(() => render(withFacts(asked('ready-1'), { feeLine: 'to-pay' }))).toThrow('nothing to say for {total}');
  });

  test.each([
    ['a variant that does not exist', 'visit-confirmed', { work: 'dance' }, '{work} cannot be dance'],
    ['one that every object has', 'visit-confirmed', { work: 'constructor' }, '{work} cannot be constructor'],
    ['a time without a zone', 'guidance-check', { guidedAt: '2026-11-24T12:00' }, 'not an instant'],
    ['half a period', 'visit-confirmed', { when: '2026-11-25T06:00:00.000Z' }, 'not an instant'],
    ['a day that is none', 'ready-2', { readyOn: '2026-13-01' }, 'not a day'],
    ['half a cent', 'estimate', { total: 0.5 }, 'not a whole number'],
    ['minutes in words', 'satisfaction', { withinMinutes: '30' }, 'not a whole number'],
  ] as const)('%s is refused', (_what, template, facts, message) => {
    expect(() => render(withFacts(asked(template), facts))).toThrow(message);
  });
});

describe('what people typed', () => {
  const said = (template: TemplateId, chosen: Way['chosen'], language: Language, typed: Record<string, string>) =>
    render({ ...example({ template, chosen }, language), typed });

  test('in another alphabet is left out of an English text, with the words around it', () => {
    const late = { causeLine: 'stated', etaLine: 'known' };
    expect(said('running-late', late, 'en', { engineer: '王建国', cause: '堵车' })).toContain(
      'sorry, engineer may not be with you by 14:00. Expected',
    );
    expect(said('revisit-check', {}, 'en', { engineer: '王建国' })).toContain('since our engineer left');
    expect(said('estimate', {}, 'en', { finding: '压缩机损坏' })).toContain(
      'your air conditioner: see our report. Price',
    );
    expect(said('complaint-received', {}, 'en', { owner: '葛晓雯' })).toContain('A colleague is in charge');
    const sent = { carrier: '顺丰速运', tracking: 'SF1234567890123' };
    expect(said('parcel-sent', {}, 'en', sent)).toContain('with the carrier, tracking SF1234567890123.');
  });

  test('a tracking number is never cut, and there is no parcel text without one', () => {
    const facts = example({ template: 'parcel-sent', chosen: {} }, 'zh-CN', { product: '空调'.repeat(40) });
    expect(render(facts)).toMatch(/您的(空调)+空?…已于.*运单号SF1234567890123。/);
    expect(() => said('parcel-sent', {}, 'en', { carrier: 'SF', tracking: '顺丰' })).toThrow(
      'nothing to say for {tracking}',
    );
  });

  test('is cut between letters, the product first', () => {
    const chosen = { causeLine: 'stated', offerLine: 'none' };
    const facts = { ...example({ template: 'delay-notice', chosen }, 'zh-CN'), product: '空调'.repeat(30) };
    const text = render({ ...facts, typed: { cause: '压缩机缺货，厂家来信说要等到月底' } });
    expect(text).toContain('因压缩机缺货，厂家来信说要等到月底，改为');
    expect(text).toMatch(/您的(空调)+空?…原定/);
  });
});

describe('numbers as people say them', () => {
  const within = (withinMinutes: number, language: Language) => {
    const facts = example({ template: 'satisfaction', chosen: {} }, language);
    return render({ ...facts, message: { ...facts.message, facts: { withinMinutes } } });
  };

  test.each([
    [1, '1分钟', '1 minute '],
    [30, '30分钟', '30 minutes '],
    [60, '60分钟', '60 minutes '],
    [90, '90分钟', '90 minutes '],
    [120, '2小时', '2 hours '],
    [1440, '24小时', '24 hours '],
  ])('%d minutes', (minutes, chinese, english) => {
    expect(within(minutes, 'zh-CN')).toContain(`答复后${chinese}内`);
    expect(within(minutes, 'en')).toContain(`within ${english}of`);
  });

  test.each([
    [128000, '1280', 'CNY 1280'],
    [128050, '1280.50', 'CNY 1280.50'],
    [5, '0.05', 'CNY 0.05'],
    [0, '0', 'CNY 0'],
  ])('%d fen', (total, chinese, english) => {
    const chosen = { readyState: 'repaired', feeLine: 'to-pay' };
    const text = (language: Language) => {
      const facts = example({ template: 'ready-1', chosen }, language);
      return render({ ...facts, message: { ...facts.message, facts: { ...facts.message.facts, total } } });
    };
    expect(text('zh-CN')).toContain(`应付${chinese}元`);
    expect(text('en')).toContain(`To pay: ${english}. `);
  });
});
