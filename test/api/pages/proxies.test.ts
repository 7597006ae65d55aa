import type { Dependencies } from '../../../api/app';
import { aBrowser, openPages, type PageWorld } from './a-customer';

let world: PageWorld;
afterEach(() => world.close());

/** Three looks at a page, each with another word about where it comes from; two are allowed to one address. */
async function looks(given: Partial<Dependencies>, forwardedFor: string[]): Promise<number[]> {
  world = await openPages({ pageLimits: { requestsOfAddress: 2 }, ...given });
  const statuses = [];
  for (const address of forwardedFor)
    statuses.push((await aBrowser(world.url, { 'X-Forwarded-For': address }).get('/track')).status);
  return statuses;
}

test('where no proxy is named, a forged X-Forwarded-For does not help past the limit of an address', async () => {
  expect(await looks({}, ['203.0.113.1', '203.0.113.2', '203.0.113.3'])).toEqual([200, 200, 429]);
});

test.each([
  ['one proxy', 1],
  ['a proxy by its address', ['loopback']],
])('behind %s each customer is counted alone', async (_which, trustProxy) => {
  expect(await looks({ trustProxy }, ['203.0.113.1', '203.0.113.2', '203.0.113.3'])).toEqual([200, 200, 200]);
});

test.each([
  ['one proxy', 1],
  ['a proxy by its address', ['loopback']],
])('behind %s what a customer writes in front of its word does not help', async (_which, trustProxy) => {
  const forged = ['198.51.100.1', '198.51.100.2', '198.51.100.3'].map((address) => `${address}, 203.0.113.1`);
  expect(await looks({ trustProxy }, forged)).toEqual([200, 200, 429]);
});
