import { startInbox } from './inbox-fixture';
import { startPhone } from './phone-fixture';

const pages = [
  ['the phones', startPhone],
  ['the inbox', startInbox],
] as const;

/** What a page, a script of it or a style names to be loaded. */
const named = (text: string) =>
  [...text.matchAll(/(?:src|href)="([^"]+)"|from '\.\/([^']+)'/g)].map(([, tag, imported]) => tag ?? imported!);

test.each(pages)('the page of %s has all that it and its scripts name', async (_whose, start) => {
  const server = await start();
  const seen = new Set(['']);
  for (const file of seen) {
    const response = await fetch(`${server.url}/${file}`);
    expect([file, response.status]).toEqual([file, 200]);
    for (const next of named(await response.text())) if (!next.startsWith('http')) seen.add(next);
  }
  expect([...seen]).toEqual(expect.arrayContaining(['page.css', 'live.js', 'fault-switches.js', 'requests.js']));
  await server.stop();
});

test.each(pages)('the page of %s is told at once when something is new', async (_whose, start) => {
  const server = await start();
  const leaving = new AbortController();
  const { body } = await fetch(`${server.url}/view/changes`, { signal: leaving.signal });
  const told = body!.pipeThrough(new TextDecoderStream()).getReader();
  expect((await told.read()).value).toContain('event: changed');
  await server.people('PUT', '/faults', { down: 1 });
  expect((await told.read()).value).toContain('event: changed');
  expect(await (await fetch(`${server.url}/view`)).json()).toMatchObject({ faults: { items: [{ down: 1 }] } });
  leaving.abort();
  await server.stop();
});
