import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { answered, type CoordClient, CoordProblem, createClient, EngineAway } from './index';

type Answering = (request: IncomingMessage, response: ServerResponse, attempt: number) => void;

const seen: { method?: string; url?: string; headers: IncomingMessage['headers']; body: string }[] = [];
let server: Server;
let answer: Answering;
let url: string;

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const { method, headers } = request;
    seen.push({ method, url: request.url, headers, body: await text(request) });
    answer(request, response, seen.length);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  seen.length = 0;
  answer = json(200, {});
});
afterAll(() => {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});

const json =
  (status: number, body: unknown, headers: Record<string, string> = {}): Answering =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers }).end(JSON.stringify(body));
  };
const problem = (status: number, kind: string) => ({ type: `urn:coord:problem:${kind}`, title: kind, status, detail: 'Do that.' });
const client = (options: object = {}): CoordClient => createClient({ url, ...options });
const listOf = (api: CoordClient) => answered(api.GET('/api/coord/locks'));
const send = (api: CoordClient, headers?: Record<string, string>) =>
  answered(api.POST('/api/coord/messages', { headers, body: { from_session: 'A', subject: 'Grüße', body: 'b' } }));
const failure = (call: Promise<unknown>): Promise<unknown> => call.catch((error: unknown) => error);

test('parameters of the path and of the query are encoded, what is undefined is left out', async () => {
  const api = client({ url: `${url}/` });
  await api.GET('/api/coord/sessions/{id}', { params: { path: { id: 'HOME/claude main?' } } });
  await api.GET('/api/coord/tasks/{task_id}', { params: { path: { task_id: '..' } } });
  await api.GET('/api/coord/work-items', { params: { query: { project_key: 'a&b', status: undefined, ready: true } } });
  expect(seen.map((call) => call.url)).toEqual([
    '/api/coord/sessions/HOME%2Fclaude%20main%3F',
    '/api/coord/tasks/..',
    '/api/coord/work-items?project_key=a%26b&ready=true',
  ]);
});

test('a write carries its body and an idempotency key of its own, a read neither', async () => {
  await send(client());
  await send(client());
  await send(client(), { 'Idempotency-Key': 'mine' });
  await listOf(client());
  const keys = seen.map(({ headers }) => headers['idempotency-key']);
  expect(keys).toEqual([expect.stringMatching(/^[\da-f-]{36}$/), expect.stringMatching(/^[\da-f-]{36}$/), 'mine', undefined]);
  expect(new Set(keys).size).toBe(4);
  expect([JSON.parse(seen[0]?.body ?? ''), seen[3]?.body]).toEqual([{ from_session: 'A', subject: 'Grüße', body: 'b' }, '']);
});

test('a refusal is thrown with its problem document', async () => {
  answer = json(409, { ...problem(409, 'lock-held'), retry_after: 3 }, { 'content-type': 'application/problem+json' });
  const error = (await failure(listOf(client()))) as CoordProblem;
  expect(error).toBeInstanceOf(CoordProblem);
  expect([error.kind, error.status, error.message, error.problem.retry_after]).toEqual(['lock-held', 409, 'Do that.', 3]);
});

test('an answer without content is no data', async () => {
  answer = (_request, response) => response.writeHead(204).end();
  expect(await answered(client().POST('/api/coord/work-items/claim', { body: { session_id: 'A', project_key: 'p' } }))).toBeUndefined();
});

test('who answers with a page is not Coord, and the error says so', async () => {
  answer = (_request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Welcome to nginx!</h1>');
  expect(await failure(listOf(client()))).toMatchObject({ name: 'CoordProblem', message: expect.stringContaining('is not Coord') });
});

test('503 with Retry-After is asked once more, with the same key', async () => {
  answer = (request, response, attempt) =>
    json(attempt === 1 ? 503 : 201, problem(503, 'read-model-behind'), { 'retry-after': '0' })(request, response, 0);
  await send(client());
  expect(new Set(seen.map(({ headers, body }) => headers['idempotency-key'] + body))).toEqual(new Set([expect.any(String)]));
  expect(seen).toHaveLength(2);
});

test('it does not wait for longer than its patience', async () => {
  answer = json(503, problem(503, 'store-unavailable'), { 'retry-after': '30' });
  expect(await failure(listOf(client({ patienceMs: 0 })))).toMatchObject({ status: 503 });
  expect(seen).toHaveLength(1);
});

test.each<[string, Answering]>([
  ['does not answer', () => undefined],
  ['stops in the middle of its answer', (_request, response) => void response.writeHead(200, { 'content-type': 'application/json' }).write('[')],
])('an engine that %s is away when the deadline has passed', async (_, what) => {
  answer = what;
  const error = await failure(listOf(client({ deadlineMs: 50 })));
  expect(error).toBeInstanceOf(EngineAway);
  expect((error as Error).message).toContain('it took longer than 0.05 s');
});

test('an engine that hangs up is away', async () => {
  answer = (request) => request.socket.destroy();
  expect(await failure(listOf(client()))).toBeInstanceOf(EngineAway);
});

test('a connection that was closed while nobody used it is no reason to give up', async () => {
  await listOf(client());
  let closed = false;
  answer = (request, response) => {
    if (closed) return json(200, [1])(request, response, 0);
    closed = true;
    request.socket.destroy();
  };
  expect(await listOf(client())).toEqual([1]);
});

test('nobody listens: the engine is away, and the error says why', async () => {
  const error = await failure(listOf(client({ url: 'http://127.0.0.1:1' })));
  expect([error instanceof EngineAway, String(error)]).toEqual([true, expect.stringContaining('(ECONNREFUSED)')]);
});

test('who gives a call up gets his own reason', async () => {
  answer = () => undefined;
  const leave = new AbortController();
  const call = failure(client().GET('/api/coord/locks', { signal: leave.signal }));
  leave.abort(new Error('enough'));
  expect(await call).toEqual(new Error('enough'));
});
