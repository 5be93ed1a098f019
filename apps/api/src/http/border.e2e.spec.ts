import { EventEmitter, once } from 'node:events';
import { request as rawRequest } from 'node:http';
import { connect, type Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import Fastify from 'fastify';
import { installBodyRules } from './body';
import { stop } from './create-http';
import { answerProblem } from './problem.filter';
import { Refused } from './problems';
import { world } from './testing/example';
import { startExample } from './testing/example-server';

const ID = '01900000-0000-7000-8000-000000000000';
const MIB = 1_048_576;
const THING = { project_key: 'p', session_id: 'M/a', text: 'x' };

/** What comes until the connection ends. */
async function textOf(socket: Socket): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

let app: NestFastifyApplication;
let root: string;

beforeAll(async () => {
  ({ app, url: root } = await startExample());
});
afterAll(() => app.close());

interface Options {
  raw?: string | Buffer;
  type?: string;
  headers?: Record<string, string>;
}

async function call(method: string, path: string, { raw, type, headers = {} }: Options = {}) {
  const response = await fetch(`${root}/api/coord${path}`, {
    method,
    headers: { ...headers, ...(type && { 'content-type': type }) },
    body: raw === undefined ? undefined : Buffer.from(raw),
  });
  const text = await response.text();
  const json = /json/.test(response.headers.get('content-type') ?? '');
  return { status: response.status, headers: response.headers, text, body: json ? JSON.parse(text) : text };
}
const post = (body: object, headers?: Record<string, string>) =>
  call('POST', '/things', { raw: JSON.stringify(body), type: 'application/json', headers });

/** Checks that an answer is the named problem and gives the document. */
function problem(answer: Awaited<ReturnType<typeof call>>, status: number, name: string) {
  expect(answer.body).toMatchObject({
    type: `urn:coord:problem:${name}`,
    status,
    title: expect.any(String),
    detail: expect.any(String),
    instance: expect.stringMatching(/^\//),
  });
  expect(answer.status).toBe(status);
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(answer.headers.get('coord-position')).toMatch(/^\d+$/);
  return answer.body;
}
const fieldsOf = (body: { errors: { field: string }[] }) => body.errors.map(({ field }) => field);

describe('a body', () => {
  it('is taken as JSON, whatever case and charset parameter its type has', async () => {
    for (const type of ['application/json', 'application/json; charset=utf-8', 'Application/JSON;charset=UTF-8', 'application/merge-patch+json'])
      expect(await call('POST', '/things', { raw: JSON.stringify(THING), type })).toMatchObject({
        status: 201,
        body: { ...THING, ttl_hours: 2, description: null },
      });
  });

  it('may start with a byte order mark', async () => {
    expect(await call('POST', '/things', { raw: `\uFEFF${JSON.stringify(THING)}`, type: 'application/json' })).toMatchObject({ status: 201 });
  });

  it('that is malformed is 400', async () => {
    for (const raw of ['{"a": "x"', '{"a": 1,}', "{'a': 1}", '{} {}', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d])])
      problem(await call('POST', '/things', { raw, type: 'application/json' }), 400, 'malformed-json');
  });

  it('that is missing or no object is 422', async () => {
    for (const raw of [undefined, '', ' ', '[]', '"text"', '5', 'true', 'null'])
      problem(await call('POST', '/things', { raw, type: 'application/json' }), 422, 'invalid-request');
  });

  it('of another media type is 415', async () => {
    for (const type of ['application/xml', 'text/plain', 'application/x-www-form-urlencoded', 'application/json; charset=utf-16'])
      problem(await call('POST', '/things', { raw: JSON.stringify(THING), type }), 415, 'unsupported-media-type');
  });

  it('of a media type that is none is 415', async () => {
    problem(await call('POST', '/things', { raw: JSON.stringify(THING), type: 'nonsense' }), 415, 'unsupported-media-type');
  });

  const sized = (bytes: number) => JSON.stringify({ ...THING, text: 'x'.repeat(bytes - JSON.stringify({ ...THING, text: '' }).length) });

  it('of exactly 1 MiB is taken', async () => {
    expect(await call('POST', '/things', { raw: sized(MIB), type: 'application/json' })).toMatchObject({ status: 201 });
  });

  it('that is larger is 413, with and without a length', async () => {
    problem(await call('POST', '/things', { raw: sized(MIB + 1), type: 'application/json' }), 413, 'body-too-large');
    const status = await new Promise((resolve, reject) => {
      const request = rawRequest(`${root}/api/coord/things`, { method: 'POST', headers: { 'content-type': 'application/json' } }, (response) =>
        resolve(response.resume().statusCode),
      );
      request.on('error', reject);
      for (let i = 0; i < 20; i += 1) request.write('x'.repeat(65_536));
      request.end();
    });
    expect(status).toBe(413);
  });

  it('that is compressed is 415, whatever it holds', async () => {
    const raw = gzipSync(JSON.stringify(THING));
    const answer = await call('POST', '/things', { raw, type: 'application/json', headers: { 'content-encoding': 'gzip' } });
    expect(problem(answer, 415, 'unsupported-media-type').detail).toBe('Send the body uncompressed, without the header Content-Encoding: gzip.');
    expect(answer.headers.get('accept-encoding')).toBe('identity');
    const plain = { raw: JSON.stringify(THING), type: 'application/json', headers: { 'content-encoding': 'identity' } };
    expect((await call('POST', '/things', plain)).status).toBe(201);
  });

  it('that does not arrive in time is told so, and its connection ends', async () => {
    const fastify = Fastify();
    installBodyRules(fastify, 50);
    fastify.setErrorHandler((error, request, reply) => error instanceof Refused && answerProblem(request, reply, error.problem));
    fastify.post('/', async () => 'never');
    const { hostname, port } = new URL(await fastify.listen({ host: '127.0.0.1', port: 0 }));
    const socket = connect(Number(port), hostname);
    socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n{');
    expect(await textOf(socket)).toMatch(/^HTTP\/1.1 400 .*"Send a body that is JSON: it did not arrive within 0.05 s; send the request again."/s);
    await fastify.close();
  });

  it('of an unknown route is 404', async () => {
    problem(await call('POST', '/nothing', { raw: '<a/>', type: 'application/xml' }), 404, 'not-found');
  });
});

describe('a route that needs no body', () => {
  const routes = [
    ['PUT', `/things/${ID}/read`],
    ['POST', `/things/${ID}/poke`],
    ['DELETE', `/things/${ID}?session_id=a`],
    ['GET', `/things/${ID}`],
  ] as const;
  it.each(routes)('%s %s takes none, an empty one, null and {}, whatever the type', async (method, path) => {
    for (const raw of method === 'GET' ? [undefined] : [undefined, '', 'null', ' {} ', '{}'])
      for (const type of [undefined, 'application/json', 'text/plain', 'application/x-www-form-urlencoded', 'application/octet-stream'])
        expect([raw, type, (await call(method, path, { raw, type })).status]).toEqual([raw, type, 200]);
  });

  it('takes a GET with a body', async () => {
    const status = await new Promise((resolve, reject) => {
      const request = rawRequest(
        `${root}/api/coord/things/${ID}`,
        { method: 'GET', headers: { 'content-type': 'application/x-www-form-urlencoded', 'content-length': 4 } },
        (response) => resolve(response.resume().statusCode),
      );
      request.on('error', reject).end('null');
    });
    expect(status).toBe(200);
  });

  it('refuses other media types with something in them, and malformed JSON', async () => {
    problem(await call('POST', `/things/${ID}/poke`, { raw: '<a/>', type: 'application/xml' }), 415, 'unsupported-media-type');
    problem(await call('POST', `/things/${ID}/poke`, { raw: '{', type: 'application/json' }), 400, 'malformed-json');
  });
});

describe('the parameters of a DELETE', () => {
  it('may stand in the query, the body, or both', async () => {
    const wanted = { id: ID, session_id: 'a/b', reason: 'done', fence: 7 };
    expect((await call('DELETE', `/things/${ID}?session_id=a/b&reason=done&fence=7`)).body).toMatchObject(wanted);
    expect(
      (await call('DELETE', `/things/${ID}`, { raw: JSON.stringify({ session_id: 'a/b', reason: 'done', fence: 7 }), type: 'application/json' }))
        .body,
    ).toMatchObject(wanted);
    expect(
      (await call('DELETE', `/things/${ID}?session_id=a%2Fb`, { raw: '{"reason":"done","fence":7}', type: 'application/json' })).body,
    ).toMatchObject(wanted);
  });

  it('are converted in the query and never in the body', async () => {
    expect(
      fieldsOf(
        problem(await call('DELETE', `/things/${ID}?session_id=a`, { raw: '{"fence":"7"}', type: 'application/json' }), 422, 'invalid-request'),
      ),
    ).toEqual(['fence']);
  });

  it('have one value, be it said in both places', async () => {
    const both = (body: object) => call('DELETE', `/things/${ID}?session_id=C/me&fence=7`, { raw: JSON.stringify(body), type: 'application/json' });
    expect((await both({ session_id: 'C/me', fence: 7 })).body).toMatchObject({ session_id: 'C/me', fence: 7 });
    for (const body of [{ session_id: 'C/other' }, { session_id: null }]) {
      const { errors } = problem(await both(body), 422, 'invalid-request');
      expect(errors).toEqual([{ field: 'session_id', message: 'stands in the query and in the body, with two values; give it once' }]);
    }
  });

  it('are needed where they are', async () => {
    expect(
      fieldsOf(problem(await call('DELETE', `/things/${ID}`, { raw: 'null', type: 'application/x-www-form-urlencoded' }), 422, 'invalid-request')),
    ).toEqual(['session_id']);
  });
});

describe('fields', () => {
  it('that are wrong are told all at once', async () => {
    const document = problem(await post({ text: 5, ttl_hours: -1, description: {}, referencs: [] }), 422, 'invalid-request');
    expect(fieldsOf(document).sort()).toEqual(['description', 'project_key', 'referencs', 'session_id', 'text', 'ttl_hours']);
    expect(JSON.stringify(document)).toContain('did you mean references?');
  });

  it('refuse NUL and half surrogate pairs, also deep in JSON', async () => {
    for (const more of [
      { text: 'a\0' },
      { text: '\ud800' },
      { references: ['\0'] },
      { metadata: { deep: [{ x: '\0' }] } },
      { metadata: { '\0': 1 } },
      { session_id: '\0' },
    ])
      problem(await post({ ...THING, ...more }), 422, 'invalid-request');
  });

  it('keep control characters in texts', async () => {
    const text = 'a\tb\nc\u0001\u001b[31m\u007f\u0085';
    expect((await post({ ...THING, text })).body).toMatchObject({ text });
  });

  it('refuse JSON that is nested too deep', async () => {
    const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
    const raw = `{"project_key":"p","session_id":"a","text":"x","metadata":{"x":${deep}}}`;
    expect(fieldsOf(problem(await call('POST', '/things', { raw, type: 'application/json' }), 422, 'invalid-request'))).toEqual(['metadata']);
  });

  it('say that a number may be too large', async () => {
    const raw = '{"project_key":"p","session_id":"a","text":"x","metadata":{"x":1e999}}';
    expect(JSON.stringify(problem(await call('POST', '/things', { raw, type: 'application/json' }), 422, 'invalid-request'))).toContain(
      'numbers beyond',
    );
  });

  it('named __proto__ do no harm', async () => {
    problem(
      await call('POST', '/things', { raw: `{"__proto__": {"ttl_hours": 0}, ${JSON.stringify(THING).slice(1)}`, type: 'application/json' }),
      422,
      'invalid-request',
    );
    expect((await post(THING)).body).toMatchObject({ ttl_hours: 2 });
  });

  it('of a query are converted, and refused when unknown', async () => {
    expect((await call('GET', '/things/query?project_key=a/b&stale=true&limit=5&since=2026-05-12T15:30:00+02:00')).body).toEqual({
      project_key: 'a/b',
      stale: true,
      limit: 5,
      since: '2026-05-12T13:30:00.000Z',
    });
    expect(
      fieldsOf(
        problem(
          await call('GET', '/things/query?stale=maybe&limit=1.5&since=yesterday&project=x&project_key=a&project_key=b'),
          422,
          'invalid-request',
        ),
      ).sort(),
    ).toEqual(['limit', 'project', 'project_key', 'since', 'stale']);
  });
});

describe('what is wrong with a field', () => {
  const errorsOf = async (more: object) => problem(await post({ ...THING, ...more }), 422, 'invalid-request').errors;
  const item = (at: number) => ({
    field: `references[${at}]`,
    message: 'must be a string of 0 to 10 characters without NUL or half surrogate pairs',
  });

  it('is what is wrong: a half surrogate pair in a key is no control character', async () => {
    const message = 'must be a string of 1 to 200 characters without control characters or half surrogate pairs';
    expect(await errorsOf({ session_id: '\ud800' })).toEqual([{ field: 'session_id', message }]);
  });
  it('is told of each item of a list that is at fault', async () => {
    expect(await errorsOf({ references: ['fine', 'x'.repeat(11), 5] })).toEqual([item(1), item(2)]);
  });
  it('is told of the list where it is too long or none, whatever is in it', async () => {
    for (const references of ['x', ['a', 'b', 'c', 'd'], ['a', 'b', 'c', '\0']])
      expect(await errorsOf({ references })).toEqual([{ field: 'references', message: 'must be a list of 0 to 3 strings' }]);
  });
});

describe('a query', () => {
  const errorsOf = async (method: string, path: string, body?: object) => {
    const sent = body && { raw: JSON.stringify(body), type: 'application/json' };
    return problem(await call(method, path, sent), 422, 'invalid-request').errors;
  };

  it('with a parameter twice says so', async () => {
    expect(await errorsOf('GET', '/things?project_key=a&project_key=b')).toEqual([{ field: 'project_key', message: 'is given twice; give it once' }]);
    expect(await errorsOf('DELETE', `/things/${ID}?session_id=a&session_id=b`)).toMatchObject([
      { field: 'session_id', message: expect.stringContaining('twice') },
    ]);
  });

  it('that is badly encoded is refused', async () => {
    for (const query of ['project_key=%zz', 'project_key=%ff', '%E0%A4%A=1'])
      for (const path of ['/things', '/things/query']) expect(await errorsOf('GET', `${path}?${query}`)).toMatchObject([{ field: '(query)' }]);
    expect((await call('GET', '/things/query?project_key=%25zz+%C3%A9')).body).toEqual({ project_key: '%zz é' });
  });

  it('is refused by a route that takes none', async () => {
    expect(await errorsOf('POST', '/things?ttl_hours=5', THING)).toEqual([
      { field: 'ttl_hours', message: 'belongs in the body of this request, not in its query' },
    ]);
    expect(await errorsOf('POST', '/things?foo=5', THING)).toMatchObject([{ field: 'foo', message: expect.stringContaining('takes no query') }]);
    expect(await errorsOf('GET', `/things/${ID}?project_key=p`)).toMatchObject([
      { field: 'project_key', message: expect.stringContaining('takes no query') },
    ]);
    expect(await errorsOf('POST', `/things/${ID}/poke?text=x`)).toMatchObject([{ field: 'text' }]);
    expect((await call('GET', '/health?probe=1')).status).toBe(200);
  });

  it('may name the session that calls, for a body that does not', async () => {
    const { session_id, ...rest } = THING;
    const make = async (body: object, query = '?session_id=M%2Fa') =>
      (await call('POST', `/things${query}`, { raw: JSON.stringify(body), type: 'application/json' })).body;
    expect(await make(rest)).toMatchObject({ session_id });
    expect(await make(THING)).toMatchObject({ session_id });
    expect(await make({ ...rest, session_id: 'M/b' })).toMatchObject({
      errors: [{ field: 'session_id', message: expect.stringContaining('two values') }],
    });
    expect(await make(rest, '?session_id=a&session_id=b')).toMatchObject({
      errors: [{ field: 'session_id', message: expect.stringContaining('twice') }],
    });
    expect(await call('GET', `/things/${ID}?session_id=M%2Fa`)).toMatchObject({ status: 200 });
  });
});

describe('an unknown name', () => {
  const told = async (name: string) => problem(await post({ ...THING, [name]: 1 }), 422, 'invalid-request').errors[0].message;
  it('is told the one that is near', async () => {
    expect(await told('ttl_hour')).toBe('is unknown; did you mean ttl_hours?');
    expect(await told('projectkey')).toBe('is unknown; did you mean project_key?');
    expect(await told('ref')).toBe('is unknown; did you mean references?');
  });
  it('is told all, where none is near', async () => {
    for (const name of ['foo', 'message', 'x'])
      expect(await told(name)).toBe('is unknown; known are project_key, session_id, text, ttl_hours, description, metadata, references, since');
  });
});

describe('a path', () => {
  it('with an id that is none is 404', async () => {
    for (const id of ['nonsense', '1', '%00', "'", '%F0%9F%92%A9']) problem(await call('GET', `/things/${id}`), 404, 'not-found');
  });
  it('that is badly encoded is 422', async () => {
    problem(await call('GET', '/things/%zz'), 422, 'invalid-request');
  });
  it('may hold an id of 200 wide characters', async () => {
    problem(await call('GET', `/things/broken/${encodeURIComponent('語'.repeat(200))}`), 500, 'internal-error');
    problem(await call('GET', `/things/broken/${encodeURIComponent('語'.repeat(201))}`), 422, 'invalid-request');
    problem(await call('GET', `/things/broken/${'x'.repeat(5_000)}`), 404, 'not-found');
  });
});

/** Sends bytes as they are, and gives what comes back until the connection ends. */
async function sent(bytes: string): Promise<string> {
  const { hostname, port } = new URL(root);
  const socket = connect(Number(port), hostname);
  socket.end(Buffer.from(bytes, 'latin1'));
  return textOf(socket);
}

describe('a route that there is not', () => {
  const detail = async (method: string, path: string) => problem(await call(method, path), 404, 'not-found').detail;
  it('says which methods its path takes', async () => {
    expect(await detail('PATCH', '/things')).toContain('This path takes POST, GET.');
    expect(await detail('POST', `/things/${ID}/read`)).toContain('This path takes PUT.');
  });
  it('says how to write a slash inside an id', async () => {
    expect(await detail('GET', '/things/HOWARD-HOME/claude-main')).toContain('%2F');
    expect(await detail('PUT', '/things/HOWARD-HOME/claude-main/read')).toContain('%2F');
    for (const path of ['/things/', '/thing', '/nothing/at/all']) expect((await call('DELETE', path)).body.detail).not.toContain('%2F');
  });
});

describe('a URL', () => {
  it('may end with a slash', async () => {
    expect((await call('GET', '/things/query/?limit=5')).body).toEqual({ limit: 5 });
    expect(await call('POST', `/things/${ID}/poke/`)).toMatchObject({ status: 200, body: { id: ID } });
  });
  it('may name the host, as proxies send it', async () => {
    const answer = await sent('GET http://coord.test/api/coord/things?limit=1 HTTP/1.1\r\nHost: coord.test\r\nConnection: close\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1.1 200 /);
    expect(answer).toMatch(/\r\ncoord-position: 7\r\n/i);
    expect(answer).toMatch(/\r\nlink: <\/api\/coord\/things\?/i);
  });
});

describe('what is no request', () => {
  it.each([
    ['a URL with a letter that is not encoded', 'GET /api/coord/things?text=M\xdcLLER HTTP/1.1\r\nHost: x\r\n\r\n', 422, 'invalid-request', /%C3%A9/],
    ['a URL with a blank', 'GET /api/coord/things?text=a b HTTP/1.1\r\nHost: x\r\n\r\n', 400, 'malformed-request', /%20/],
    ['a URL without an end', `GET /api/coord/things?${'x'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, 431, 'headers-too-large', /shorter URL/],
    ['a header without a colon', 'GET /api/coord/things HTTP/1.1\r\nHost: x\r\nno header\r\n\r\n', 400, 'malformed-request', /HTTP/],
  ])('is answered with a problem: %s', async (_, bytes, status, name, detail) => {
    const [head = '', body = ''] = (await sent(bytes)).split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} .*\r\nContent-Type: application/problem\\+json\r\n[^]*Coord-Position: \\d+\r\n`));
    expect(JSON.parse(body)).toMatchObject({
      type: `urn:coord:problem:${name}`,
      status,
      instance: '/api/coord/things',
      detail: expect.stringMatching(detail),
    });
  });
});

describe('an error', () => {
  it('that nobody expected shows nothing of itself', async () => {
    expect(JSON.stringify(problem(await call('GET', '/things/broken/else'), 500, 'internal-error'))).not.toContain('secret');
  });
  it('of a store that is away is exactly as the protocol says', async () => {
    const answer = await call('GET', '/things/broken/store');
    expect(problem(answer, 503, 'store-unavailable')).toMatchObject({
      detail: 'Database unavailable. Retry after 30 seconds.',
      retry_after: 30,
      outcome: 'unknown',
    });
    expect(answer.headers.get('retry-after')).toBe('30');
    expect(problem(await call('GET', '/things/broken/driver'), 503, 'store-unavailable')).not.toHaveProperty('outcome');
  });
  it('of a read model that is behind asks to come again in a second', async () => {
    const answer = await call('GET', '/things/broken/behind');
    problem(answer, 503, 'read-model-behind');
    expect(answer.headers.get('retry-after')).toBe('1');
  });
});

describe('Coord-Position', () => {
  it('is that of the command, of the read models, or the highest seen', async () => {
    expect((await post(THING)).headers.get('coord-position')).toBe('11');
    expect((await call('GET', '/things')).headers.get('coord-position')).toBe('7');
    expect((await call('GET', '/nothing')).headers.get('coord-position')).toBe('11');
  });
  it('in a request must be a position', async () => {
    for (const position of ['x', '-1', '1.5', '99999999999999999'])
      problem(await call('GET', '/things', { headers: { 'coord-position': position } }), 422, 'invalid-request');
  });
});

describe('Idempotency-Key', () => {
  const keyed = async (body: object, key = 'k') => (await post(body, { 'idempotency-key': key })).body.idempotency;

  it('gives a scope by session, method, path and key, and a hash of the body as JSON', async () => {
    const first = await keyed(THING);
    expect(await keyed({ text: 'x', session_id: 'M/a', project_key: 'p' })).toEqual(first);
    expect(await keyed({ ...THING, text: 'y' })).toEqual({ scope: first.scope, body: expect.not.stringMatching(first.body) });
    expect((await keyed({ ...THING, session_id: 'M/b' })).scope).not.toBe(first.scope);
    expect((await keyed(THING, 'l')).scope).not.toBe(first.scope);
  });
  it('has at most 200 characters', async () => {
    expect((await post(THING, { 'idempotency-key': 'k'.repeat(200) })).status).toBe(201);
    problem(await post(THING, { 'idempotency-key': 'k'.repeat(201) }), 422, 'invalid-request');
  });
  it('covers the query of a DELETE', async () => {
    const end = async (query: string) =>
      (await call('DELETE', `/things/${ID}?session_id=a${query}`, { headers: { 'idempotency-key': 'k' } })).body.idempotency;
    expect(await end('&reason=x')).toMatchObject({ scope: (await end('')).scope, body: expect.not.stringMatching((await end('')).body) });
  });
  it('comes with a time of intent that must be one', async () => {
    problem(await post(THING, { 'coord-intended-at': 'yesterday' }), 422, 'invalid-request');
  });
});

describe('a list', () => {
  it('is an array with a link to the rest', async () => {
    const first = await call('GET', '/things?project_key=a%2Fb');
    expect(first.body).toHaveLength(500);
    const link = /^<(.*)>; rel="next"$/.exec(first.headers.get('link') ?? '')?.[1] ?? '';
    expect(link).toMatch(/^\/api\/coord\/things\?project_key=a%2Fb&cursor=/);
    const rest = await (await fetch(root + link)).json();
    expect(rest).toEqual({ items: Array.from({ length: 100 }, (_, i) => 501 + i), next_cursor: null });
  });
  it('is a page with a limit', async () => {
    const { body } = await call('GET', '/things?limit=2');
    expect(body).toEqual({ items: [1, 2], next_cursor: expect.any(String) });
    expect((await call('GET', `/things?limit=2&cursor=${body.next_cursor}`)).body.items).toEqual([3, 4]);
  });
  it('refuses a limit or a cursor that is none', async () => {
    for (const limit of ['0', '501', '-1', 'ten', '1.5', ''])
      expect(fieldsOf(problem(await call('GET', `/things?limit=${limit}`), 422, 'invalid-request'))).toEqual(['limit']);
    for (const cursor of ['nonsense', '', 'e30', 'bnVsbA'])
      expect(fieldsOf(problem(await call('GET', `/things?cursor=${cursor}`), 422, 'invalid-request'))).toEqual(['cursor']);
  });
});

describe('a read', () => {
  afterEach(() => {
    world.caughtUp = async () => world.head;
  });

  it('goes by the clock of before it waited for the read models', async () => {
    let waited = 0;
    world.caughtUp = async () => {
      const began = Date.now();
      for (waited = began; waited === began; waited = Date.now()) await setImmediate();
      return world.head;
    };
    const { body } = await call('GET', '/things/time');
    expect(body.asked_at).toBeLessThan(waited);
    expect(body.asked_at).toBeGreaterThan(waited - 60_000);
  });
});

describe('a server that stops', () => {
  afterEach(() => {
    world.caughtUp = async () => world.head;
  });

  /** A server with a read under way, and what lets the read go on. */
  async function withReadUnderWay() {
    const other = await startExample();
    const events = new EventEmitter();
    const started = once(events, 'started');
    world.caughtUp = async () => {
      events.emit('started');
      await once(events, 'go on');
      return world.head;
    };
    const answer = fetch(`${other.url}/api/coord/things?limit=1`);
    await started;
    return { ...other, answer, goOn: () => events.emit('go on') };
  }

  it('answers what is under way, and nothing new', async () => {
    const { app: stopping, url, answer, goOn } = await withReadUnderWay();
    const stopped = stop(stopping);
    goOn();
    expect((await answer).status).toBe(200);
    await stopped;
    await expect(fetch(url)).rejects.toThrow();
  });

  it('does not wait for ever', async () => {
    const { app: stopping, answer } = await withReadUnderWay();
    const broken = expect(answer).rejects.toThrow();
    await stop(stopping, 50);
    await broken;
  });
});
