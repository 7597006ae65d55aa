import { request } from 'node:http';
import { pino } from 'pino';
import { z } from 'zod';
import { problemKinds } from '../../api/errors';
import { read } from '../../api/http/route';
import { routerOf } from '../../api/http/router';
import { aRepair, openDoor, type Door } from './a-door';

let door: Door;
beforeAll(async () => void (door = await openDoor({ onOneMachine: { pendingCallbacks: () => Promise.resolve(0) } })));
afterAll(() => door.close());

interface Layer {
  route?: { path: string | string[]; methods: { [method: string]: boolean } };
  handle: { stack?: Layer[] };
}

/** Pages for people, and what only the carrier calls. */
const beside = /^\/(docs|problems|status|inbound|track|p\/)/;

test('the OpenAPI document is the router: the same methods on the same paths', async () => {
  const walk = (stack: Layer[]): string[] =>
    stack.flatMap(({ route, handle }) => {
      if (!route) return walk(handle.stack ?? []);
      const paths = [route.path].flat().filter((path) => !beside.test(path));
      const methods = Object.keys(route.methods).filter((method) => route.methods[method] && method !== '_all');
      return paths.flatMap((path) => methods.map((method) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`));
    });
  const served = walk((door.app as unknown as { router: { stack: Layer[] } }).router.stack);
  const { body: document } = await door.get('/openapi.json');
  const documented = Object.entries(document.paths as { [path: string]: object }).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  );
  expect(document.openapi).toBe('3.1.0');
  expect(served.sort()).toEqual(documented.sort());
  expect(served).toContain('post /v1/cases/{caseNumber}/actions/record-guidance');
});

test('every POST that creates or acts documents its Idempotency-Key, and every route but the public ones its key', async () => {
  const { body: document } = await door.get('/openapi.json');
  for (const [path, { post, get }] of Object.entries<{
    post?: { parameters?: { name: string }[] };
    get?: { security?: object[] };
  }>(document.paths)) {
    const isAct = /^\/v1\/(cases$|.*\/actions\/)/.test(path);
    if (post)
      expect([path, Boolean(post.parameters?.some(({ name }) => name === 'Idempotency-Key'))]).toEqual([path, isAct]);
    if (get && path.startsWith('/v1')) expect(get.security).toEqual([{ apiKey: [] }]);
  }
});

test('a route without a scope does not open', () => {
  const open = {
    method: 'get',
    path: '/v1/open',
    tag: 'cases',
    summary: '',
    shows: z.unknown(),
    show: () => Promise.resolve({ body: 1 }),
  };
  expect(() =>
    routerOf([read(open as never)], { database: door.database, countRequest: () => Promise.resolve({}) }),
  ).toThrow('get /v1/open declares no scope');
});

test('the type of every problem is a page that exists', async () => {
  for (const code of problemKinds.keys()) {
    const { status, headers } = await door.get(`/problems/${code}`);
    expect([code, status, headers.get('Content-Type')]).toEqual([code, 200, 'text/html; charset=utf-8']);
  }
  expect((await door.get('/problems/none')).status).toBe(404);
});

test.each([
  ['an address that is none', 'GET', '/v1/nothing', 404, 'not-found'],
  ['an address that cannot be decoded', 'GET', '/v1/cases/%E0%A4%A', 404, 'not-found'],
  ['a case number that cannot be', 'GET', "/v1/cases/'", 404, 'not-found'],
  ['an unknown action', 'POST', '/v1/cases/AC-0000-0000/actions/dance', 404, 'not-found'],
  ['a method that is not known there', 'DELETE', '/v1/cases', 405, 'method-not-allowed'],
  ['a filter that is unknown', 'GET', '/v1/cases?colour=red', 422, 'invalid-request'],
  ['a filter given twice', 'GET', '/v1/cases?store=hz-01&store=sh-01', 422, 'invalid-request'],
  ['a NUL in a filter', 'GET', '/v1/cases?store=%00', 422, 'invalid-request'],
  ['a page that is too long', 'GET', '/v1/cases?limit=101', 422, 'invalid-request'],
  ['a cursor of somebody else', 'GET', '/v1/cases?cursor=nonsense', 422, 'invalid-request'],
  ['a cursor of somebody else in the feed', 'GET', '/v1/events?after=WzFd', 422, 'invalid-request'],
])('%s', async (_what, method, path, status, code) => {
  const answer = await door.send(path, { method });
  expect({ status: answer.status, code: answer.body.code }).toEqual({ status, code });
  expect(answer.headers.get('Content-Type')).toMatch(/^application\/problem\+json/);
  expect(answer.body).toMatchObject({ type: `/problems/${code}`, status, traceId: answer.headers.get('Trace-Id') });
});

test('an unknown method is answered with those that are known', async () => {
  expect((await door.send('/v1/cases', { method: 'DELETE' })).headers.get('Allow')).toBe('POST, GET, HEAD');
});

const post = (body: string, headers: { [name: string]: string } = {}) => door.post('/v1/cases', body, headers);
const deep = (levels: number): string => '{"a":'.repeat(levels) + '1' + '}'.repeat(levels);

test.each([
  ['no JSON', () => post('{"kind":'), 400, 'malformed-request'],
  ['a bare word', () => post('"repair"'), 400, 'malformed-request'],
  ['nothing', () => post(''), 422, 'invalid-request'],
  ['a form', () => post('a=b', { 'Content-Type': 'application/x-www-form-urlencoded' }), 415, 'unsupported-media-type'],
  [
    'another character set',
    () => post('{}', { 'Content-Type': 'application/json; charset=gb2312' }),
    415,
    'unsupported-media-type',
  ],
  ['65 KiB', () => post(JSON.stringify({ a: 'x'.repeat(65 * 1024) })), 413, 'body-too-large'],
  ['nine levels', () => post(deep(9)), 422, 'invalid-request'],
  ['thirty thousand levels', () => post('['.repeat(30_000) + ']'.repeat(30_000)), 422, 'invalid-request'],
  ['a list of 101', () => post(JSON.stringify({ list: Array(101).fill(1) })), 422, 'invalid-request'],
  ['a body that names the prototype', () => post('{"__proto__":{"a":1}}'), 422, 'invalid-request'],
])('as a body: %s', async (_what, send, status, code) => {
  const answer = await send();
  expect({ status: answer.status, code: answer.body.code }).toEqual({ status, code });
});

test.each([{ 'Content-Length': 10_000_000 }, { 'Transfer-Encoding': 'chunked' }])(
  '10 MB are turned away: %p',
  async (size) => {
    const headers = { Authorization: `Bearer ${door.key}`, 'Content-Type': 'application/json', ...size };
    const status = await new Promise((resolve, reject) => {
      const upload = request(`${door.url}/v1/cases`, { method: 'POST', headers }, ({ statusCode }) =>
        resolve(statusCode),
      );
      upload.on('error', reject).end(Buffer.alloc(10_000_000, 'x'));
    });
    expect(status).toBe(413);
  },
);

test('nothing tells what it runs on, or what went wrong inside', async () => {
  const { headers } = await door.get('/healthz');
  expect(headers.get('X-Powered-By')).toBeNull();
  const broken = await openDoor();
  try {
    broken.database.pool.query = () => Promise.reject(new Error('secret of the database')) as never;
    const { status, body } = await broken.get('/v1/cases');
    expect({ status, code: body.code }).toEqual({ status: 500, code: 'internal-error' });
    expect(JSON.stringify(body)).not.toContain('secret');
  } finally {
    await broken.close();
  }
});

test('the log names no person, no word, no number and no secret', async () => {
  const lines: string[] = [];
  const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
  const written = await openDoor({ log });
  try {
    const { body } = await written.post('/v1/cases', aRepair({ customer: { phone: '+8613800008000' } }));
    await written.get('/v1/cases?externalReference=whisper');
    await written.post('/v1/cases/search', { phone: '+8613800008000', name: '李伟' });
    await written.post('/v1/cases', aRepair({ store: 'bj-99' }));
    written.database.pool.query = () => Promise.reject(new Error('李伟 13800008000')) as never;
    await written.get(`/v1/cases/${body.caseNumber}`);
    const all = lines.join('');
    expect(all).toContain('/v1/cases/{caseNumber}');
    for (const personal of ['13800008000', '李伟', '文三路', '不制冷', 'whisper', written.key.slice(13)])
      expect(all).not.toContain(personal);
  } finally {
    await written.close();
  }
});

test('the trace id of the caller is kept', async () => {
  const traceId = 'a'.repeat(32);
  const { headers } = await door.send('/healthz', { headers: { traceparent: `00-${traceId}-${'b'.repeat(16)}-01` } });
  expect(headers.get('Trace-Id')).toBe(traceId);
});

test('who asks too much waits, by its own key alone', async () => {
  const busy = await openDoor({ rateLimit: { requests: 2, perSeconds: 60 } });
  try {
    const answers = [await busy.get('/v1/cases'), await busy.get('/v1/cases'), await busy.get('/v1/cases')];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
    expect(answers[1]!.headers.get('RateLimit')).toMatch(/^"key";r=0;t=\d+$/);
    expect(Number(answers[2]!.headers.get('Retry-After'))).toBeGreaterThan(0);
    expect((await busy.get('/v1/cases', await busy.newKey())).status).toBe(200);
  } finally {
    await busy.close();
  }
});

test('the documentation page asks nobody else for anything', async () => {
  const { status, body, headers } = await door.get('/docs');
  expect(status).toBe(200);
  expect(headers.get('Content-Security-Policy')).toContain("default-src 'self'");
  for (const [, address] of body.matchAll(/(?:src|href)="([^"]+)"/g)) {
    expect(address).toMatch(/^\//);
    expect((await door.get(address)).status).toBe(200);
  }
});

test('a case fits the schema that is documented', async () => {
  const { body } = await door.post('/v1/cases', aRepair());
  const { body: document } = await door.get('/openapi.json');
  expect(Object.keys(document.components.schemas.Case.properties).sort()).toEqual(Object.keys(body).sort());
});
