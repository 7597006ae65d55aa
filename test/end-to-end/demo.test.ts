import { guidedAndVisited } from '../../local/demo/guided-and-visited';
import { namesFriday } from '../../local/demo/names-friday';
import { createPage } from '../../local/demo/page';
import { productAt, type Product } from '../../local/demo/product';
import { sentHome } from '../../local/demo/sent-home';
import { openCompany, type Company } from '../support/company';

let company: Company;
let product: Product;
beforeAll(async () => {
  company = await openCompany({ policy: {} }); // hours as a business has them, whenever this runs
  const { url: api, apiKey, phone } = company;
  const elsewhere = { docs: '', temporalUi: '', temporalAddress: '', namespace: '', inbox: '', databaseUrl: '' };
  product = productAt({ ...elsewhere, api, apiKey, phone: phone.url });
}, 60_000);
afterAll(() => company.close());

/** Of a terminal: a Chinese character takes two columns. */
const columnsOf = (line: string) => [...line].reduce((sum, one) => sum + (/[\u2e80-\uffef]/.test(one) ? 2 : 1), 0);

/** A text without the box it is shown in, and without its line breaks. */
const unboxed = (lines: string[]) =>
  lines
    .filter((line) => line.includes('│ '))
    .map((line) => line.split('│ ')[1])
    .join('')
    .replace(/\s/g, '');

test.each([
  ['whose repair is checked after guidance and after a visit', guidedAndVisited],
  ['who does not collect, whose product goes home by parcel', sentHome],
  ['who names Friday and collects', namesFriday],
])(
  'the story of a customer %s is told to its good end, each text as the phone got it',
  async (_who, story) => {
    const lines: string[] = [];
    await story(
      product,
      createPage((line) => lines.push(line)),
    );
    expect(lines.join('\n')).toContain('The case is closed: satisfied.');
    expect(lines.filter((line) => columnsOf(line) > 88)).toEqual([]);
    const number = /\+86\d+/.exec(lines.join('\n'))?.[0] ?? '';
    const { items } = (await company.phone.people('GET', `/phones/${number}/messages`)).body;
    const texts = items.filter(({ direction }) => direction === 'received').map((item) => item.text);
    expect(unboxed(lines)).toBe(texts.join('').replace(/\s/g, ''));
  },
  60_000,
);

test('a line that is not so is not told, and ends the story', () => {
  const lines: string[] = [];
  const page = createPage((line) => lines.push(line));
  expect(() => page.tell('2026-11-24T02:00:00Z', 'Her phone lights up.', false)).toThrow('Not as told');
  expect(lines).toEqual([]);
});
