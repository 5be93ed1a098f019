import Ajv, { type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import type { FastifyInstance } from 'fastify';
import { Api, type Json, listOf } from '../../../../test/support/api';
import { itemOf, workflowIn } from '../../../../test/support/work-writes';
import { WRITES } from '../../../../test/support/writes';
import { CURRENT_TASK } from '../schemas/testing/coordination-examples';

interface Operation {
  parameters?: { name: string; in: string }[];
  responses: Record<string, { content?: Record<string, { schema: object }>; headers?: object }>;
  requestBody?: { content: Record<string, { schema: object }> };
}
interface Document {
  paths: Record<string, Record<string, Operation>>;
}

let api: Api;
let document: Document;
let compile: (schema: object) => ValidateFunction;
/** Operations of which an answer was seen that succeeded. */
const seen = new Set<string>();

beforeAll(async () => {
  api = await Api.start();
  document = (await (await fetch(`${api.url}/openapi.json`)).json()) as Document;
  const ajv = addFormats(new Ajv({ strict: false }));
  ajv.addSchema({ $id: 'document', ...document });
  compile = (schema) => ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"document#/')) as object);
});
afterAll(() => api.close());

const templates = () => Object.keys(document.paths).sort((a, b) => a.split('{').length - b.split('{').length);
const templateOf = (path: string): string => {
  const found = templates().find((template) => new RegExp(`^${template.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path));
  if (!found) throw new Error(`${path} is not in the document.`);
  return found;
};

/** Calls the API, and holds request and answer to what the document says of them. */
async function checked(method: string, path: string, body?: object, headers?: Record<string, string>): Promise<Json> {
  const answer = await api.call(method, path, { body, headers });
  const template = templateOf(`/api/coord${path.split('?')[0]}`);
  const operation = document.paths[template]?.[method.toLowerCase()];
  const where = `${method} ${template} ${answer.status}`;
  if (answer.headers.has('link'))
    expect([where, operation?.responses[answer.status]?.headers]).toEqual([where, expect.objectContaining({ Link: expect.anything() })]);
  const [type = ''] = (answer.headers.get('content-type') ?? '').split(';');
  if (answer.status === 204) {
    expect([where, operation?.responses[204], answer.text]).toEqual([where, { description: expect.any(String), headers: expect.anything() }, '']);
    return answer.body;
  }
  const content = operation?.responses[answer.status]?.content?.[type];
  if (!content) throw new Error(`${where} with ${type} is not in the document.`);
  const validate = compile(content.schema);
  expect([where, validate(answer.body), validate.errors, answer.text]).toEqual([where, true, null, answer.text]);
  const wanted = operation?.requestBody?.content['application/json']?.schema;
  if (answer.status < 300) {
    seen.add(`${method} ${template}`);
    if (wanted && body) expect([where, compile(wanted)(body)]).toEqual([where, true]);
  }
  return answer.body;
}

test.each(WRITES)('%s is answered as the document says', async (_, prepare) => {
  const { method, path, body } = await prepare(api, api.name('p'));
  await checked(method, path, body);
});

test.each(WRITES)('%s takes the headers that the document says', async (_, prepare) => {
  const { method, path, body } = await prepare(api, api.name('p'));
  const template = templateOf(`/api/coord${path.split('?')[0]}`);
  const headers = (document.paths[template]?.[method.toLowerCase()]?.parameters ?? []).filter((one) => one.in === 'header').map(({ name }) => name);
  for (const name of ['If-Match', 'Coord-Intended-At', 'Idempotency-Key']) {
    const refused = (await api.call(method, path, { body, headers: { [name]: 'x'.repeat(201) } })).body as Json | undefined;
    const isRead = listOf(refused?.errors).some(({ field }) => String(field) === name);
    expect([method, template, name, isRead]).toEqual([method, template, name, headers.includes(name)]);
  }
});

test('everything that can be read is answered as the document says, full or empty, as an array or in pages', async () => {
  const p = api.name('p');
  const [one] = [await api.claim(p, 'A', 'a'), await api.claim(p, 'A', 'b', { ttl_hours: 0, description: 'why' }), await api.claim(p, 'B', 'c')];
  await api.done('DELETE', `/locks/${one?.id}?session_id=A`);
  await api.done('PUT', '/components', { project_key: p, component: 'c', state: 's', updated_by: 'A' });
  await api.done('PUT', '/components', { project_key: p, component: 'd', state: 's', version: '1', notes: 'n', updated_by: 'A' });
  const message = await api.message('A', 'B', {
    project_key: p,
    type: 'blocker',
    metadata: { deep: [1, { x: null }] },
    references: ['r'],
    ack_required: true,
  });
  await api.message('B', 'A', { project_key: p, reply_to: message.id });
  await api.message('A', null, { project_key: p });
  await api.done('PUT', `/messages/${message.id}/ack`, { session_id: 'B' });
  await api.done('POST', '/sessions/B/heartbeat', { action: 'building', progress: '25%', project_key: p });
  await api.message('A', 'B', { priority: 'urgent' });
  await checked('POST', '/sessions/B/heartbeat', {});
  const workflow = await workflowIn(api, p);
  const step = await itemOf(api, workflow, { description: 'd', assigned_to: 'B' });
  await itemOf(api, workflow, { depends_on: [step.id] });
  const lists = [
    `/workflows?project_key=${p}`,
    `/work-items?project_key=${p}`,
    `/locks?project_key=${p}&include_inactive=true`,
    `/components?project_key=${p}`,
    `/components/${p}/c/history`,
    `/messages?to_session=B&project_key=${p}`,
  ];
  lists.push(`/messages/unanswered?project_key=${p}`, `/messages/${message.id}/thread`, `/history?project_key=${p}`, '/projects', '/locks/queue');
  await api.done('PUT', `/tasks/t-${p}`, { ...CURRENT_TASK, task_id: undefined, project_key: p, blocked_on: { reason: 'x' } });
  const todo = await api.done('POST', '/todos', { text: 'x', project_key: p });
  lists.push(`/todos?project_key=${p}`, `/messages?project_key=${p}&q=s`);
  lists.push(`/tasks?project_key=${p}`, `/tasks/t-${p}/history`);
  lists.push('/sessions', `/sessions?project_key=${p}&status=active`, '/sessions/B/heartbeats');
  for (const list of lists) {
    await checked('GET', list);
    await checked('GET', `${list}${list.includes('?') ? '&' : '?'}limit=1`);
  }
  const ones = [
    `/locks/${one?.id}`,
    `/locks/${one?.id}/explain`,
    `/components/${p}/c`,
    `/messages/${message.id}`,
    `/workflows/${workflow.id}`,
    `/work-items/${step.id}`,
    `/messages/${message.id}?session_id=C`,
    ...[`/tasks/t-${p}`, `/metrics/tasks?project_key=${p}`, '/metrics/tasks?project_key=none'],
    ...['/schemas/task-progress-v1.0.schema.json', '/schemas/coordination-message-v1.0.schema.json'],
    '/sessions/A',
    '/sessions/B',
    `/todos/${todo.id}`,
  ];
  for (const path of [
    ...ones,
    '/status',
    `/status?project_key=${p}`,
    '/status?session_id=B',
    '/status?project_key=none',
    `/status.md`,
    '/health',
    '/history/export',
    `/diff?from=0&project_key=${p}`,
  ])
    await checked('GET', path);
  await checked('POST', '/locks/verify', { project_key: p, session_id: 'A', resource: 'b', fence: 2 });
});

test('the event stream is of the type that the document says', async () => {
  const path = '/api/coord/events/stream';
  const leave = new AbortController();
  const answer = await fetch(`${api.url}${path}`, { signal: leave.signal });
  leave.abort();
  const [type = ''] = (answer.headers.get('content-type') ?? '').split(';');
  expect(document.paths[path]?.get?.responses[answer.status]?.content).toHaveProperty([type]);
  seen.add(`GET ${path}`);
});

test('an import is answered as the document says, done or refused', async () => {
  const path = '/api/coord/admin/import';
  const [text, other] = [(await api.get('/history/export')).text, await Api.start()];
  for (const status of [422, 200, 409]) {
    const body = status === 422 ? 'x' : text;
    const answer = await fetch(`${other.url}${path}`, { method: 'POST', headers: { 'content-type': 'application/x-ndjson' }, body });
    const [type = ''] = (answer.headers.get('content-type') ?? '').split(';');
    const validate = compile(document.paths[path]?.post?.responses[status]?.content?.[type]?.schema ?? {});
    expect([answer.status, validate(await answer.json()), validate.errors]).toEqual([status, true, null]);
  }
  await other.close();
  seen.add(`POST ${path}`);
});

test('a filter that is empty is refused, as one that no thing can have', async () => {
  const asked = Object.entries(document.paths).flatMap(([path, { get }]) => {
    const query = (get?.parameters ?? []).filter((one) => one.in === 'query');
    return path.startsWith('/api/coord/') && !path.includes('{') ? query.map(({ name }) => `${path.slice('/api/coord'.length)}?${name}=`) : [];
  });
  expect(asked.length).toBeGreaterThan(50);
  for (const path of asked) expect([path, (await api.get(path)).status]).toEqual([path, 422]);
});

test('the bound of a resource is in the document', async () => {
  for (const [path, resource] of [
    ['/locks', (n: number) => ({ resource: 'r'.repeat(n) })],
    ['/locks/batch', (n: number) => ({ resources: ['r'.repeat(n)] })],
  ] as const) {
    const validate = compile(document.paths[`/api/coord${path}`]?.post?.requestBody?.content['application/json']?.schema ?? {});
    for (const length of [4_096, 4_097]) {
      const body = { project_key: api.name('p'), session_id: 'A', ...resource(length) };
      expect([path, length, validate(body)]).toEqual([path, length, (await api.call('POST', path, { body })).status === 201]);
    }
  }
});

const NONE = '00000000-0000-7000-8000-000000000000';
test.each([
  ['GET', `/locks/${NONE}`, 'lock with this id'],
  ['POST', `/locks/${NONE}/renew`, 'lock with this id'],
  ['GET', `/messages/${NONE}`, 'message with this id'],
  ['PUT', `/messages/${NONE}/ack`, 'message with this id'],
  ['GET', '/sessions/none', 'session with this id'],
  ['GET', '/sessions/none/heartbeats', 'session with this id'],
  ['GET', '/tasks/none', 'task with this id'],
  ['GET', '/tasks/none/history', 'task with this id'],
  ['PATCH', '/tasks/none', 'task with this id'],
  ['GET', '/components/none/none', 'component of this name in this project'],
  ['GET', '/components/none/none/history', 'component of this name in this project'],
])('%s %s, which is not there, says that there is no %s', async (method, path, what) => {
  const body = method === 'GET' ? undefined : { session_id: 'A' };
  expect(await checked(method, path, body)).toMatchObject({ status: 404, detail: expect.stringContaining(`There is no ${what}.`) });
});

test.each([
  ['POST', '/locks/batch', { project_key: 'p', session_id: 'A', resources: ['ok', ''] }, 'resources[1]', 'of at least 1 character'],
  ['PUT', '/messages/read', { session_id: 'A', ids: [NONE, 'nope'] }, 'ids[1]', 'must be a UUID'],
  ['POST', `/locks/${NONE}/break`, { session_id: 'A', reason: '   ' }, 'reason', 'not all of them blank'],
  ['POST', '/tasks/t/blockers', { reason: ' \n' }, 'reason', 'not all of them blank'],
  ['POST', `/work-items/${NONE}/handoff`, { from_session: 'A', to_session: 'B', note: ' ' }, 'note', 'not all of them blank'],
])('%s %s with %j is refused for %s, and the document knows it', async (method, path, body, field, message) => {
  expect(await checked(method, path, body)).toMatchObject({ status: 422, errors: [{ field, message: expect.stringContaining(message) }] });
  const schema = document.paths[templateOf(`/api/coord${path}`)]?.[method.toLowerCase()]?.requestBody?.content['application/json']?.schema ?? {};
  expect(compile(schema)(body)).toBe(false);
});

test('refusals are answered as the document says', async () => {
  const p = api.name('p');
  const lock = await api.claim(p, 'A', 'a');
  const forever = await api.claim(p, 'A', 'b', { ttl_hours: 0 });
  const claim = { project_key: p, session_id: 'B', resource: 'a' };
  const UNKNOWN = '00000000-0000-7000-8000-000000000000';
  await checked('POST', '/locks', claim);
  await checked('POST', '/locks', { ...claim, resource: 'b' });
  await checked('POST', '/locks', { ...claim, resorce: 'b' });
  await checked('POST', '/locks/batch', { project_key: p, session_id: 'B', resources: ['a', 'b'] });
  await checked('DELETE', `/locks/${lock.id}?session_id=B`);
  await checked('POST', `/locks/${lock.id}/renew`, { session_id: 'B' });
  await checked('POST', '/locks/verify', { project_key: p, session_id: 'B', resource: 'a', fence: 1 });
  await checked('PUT', '/components', { project_key: p, component: 'c', state: 's', updated_by: 'B', lock_id: lock.id, fence: lock.fence });
  await checked('PUT', '/components', { project_key: p, component: 'c', state: 's', updated_by: 'B' }, { 'If-Match': '"7"' });
  await checked('PUT', `/tasks/t-${p}`, { task_name: 'T', status: 'in_progress', quality_gates: { mypy: { status: 'failed' } } });
  await checked('POST', `/tasks/t-${p}/complete`, { required_gates: ['mypy', 'security'] });
  await checked('PUT', `/tasks/t-${p}`, { task_name: 'T', status: 'in_progress' }, { 'If-Match': '"7"' });
  await checked('PATCH', `/tasks/t-${p}`, { artifacts: [{}] });
  await api.done('DELETE', `/locks/${forever.id}?session_id=A`);
  await checked('POST', `/locks/${forever.id}/renew`, { session_id: 'A' });
  await checked('POST', '/messages', { from_session: 'A', subject: 's', body: 'b', reply_to: UNKNOWN });
  const step = await itemOf(api, await workflowIn(api, p), { assigned_to: 'A' });
  await checked('POST', `/work-items/${step.id}/claim`, { session_id: 'B' });
  await checked('PATCH', `/work-items/${step.id}`, { priority: 1 }, { 'If-Match': '"7"' });
  await checked('PATCH', `/work-items/${step.id}`, { depends_on: [step.id] });
  await checked('POST', '/todos', { text: 'x', created_by_user: 'howard', project_key: p });
  const todo = await api.done('POST', '/todos', { text: 'x' });
  await checked('PATCH', `/todos/${todo.id}`, { text: 'y', parent_id: null });
  await checked('PATCH', `/todos/${todo.id}`, { parent_id: todo.id });
  await checked('PUT', `/todos/${todo.id}/done`, { completed_by: 'B' });
  await checked('PUT', `/todos/${todo.id}/reopen`);
  for (const path of [
    `/locks/${UNKNOWN}`,
    `/locks/${UNKNOWN}/explain`,
    `/components/${p}/x`,
    `/messages/${UNKNOWN}`,
    '/locks?resource=a',
    '/tasks/none',
    '/tasks/none/history',
    '/sessions/nobody',
  ])
    await checked('GET', path);
  await checked('GET', '/status', undefined, { 'Coord-Position': 'x' });
  const keyed = (subject: string) => checked('POST', '/messages', { from_session: p, subject, body: 'b' }, { 'Idempotency-Key': p });
  await keyed('one');
  expect(await keyed('two')).toMatchObject({ type: 'urn:coord:problem:idempotency-key-reused' });
});

test('every route is in the document, every operation has a route, and each was seen to succeed', () => {
  const fastify = api.app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.keys(item).map((method) => [method.toUpperCase(), path] as const),
  );
  for (const [method, path] of operations)
    expect([method, path, fastify.hasRoute({ method: method as 'GET', url: path.replaceAll(/\{(\w+)\}/g, ':$1') })]).toEqual([method, path, true]);
  const ours = operations.map(([method, path]) => `${method} ${path}`).filter((operation) => operation.includes('/api/coord'));
  expect(ours.filter((operation) => !seen.has(operation))).toEqual([]);
  expect(routesOf(fastify).filter((route) => !operations.some(([method, path]) => route === `${method} ${path}`))).toEqual([]);
});

/** The routes below the prefix, as the router prints them. */
function routesOf(fastify: FastifyInstance): string[] {
  const routes: string[] = [];
  const way: string[] = [];
  for (const line of fastify.printRoutes({ commonPrefix: false }).split('\n')) {
    const [, indent = '', url = '', methods = ''] = /^([│ ├└─]*)(\S+) \(([A-Z, ]+)\)$/.exec(line) ?? [];
    if (url === '') continue;
    way.length = indent.length / 4 - 1;
    way.push(url);
    const path = way.join('').replaceAll(/:(\w+)/g, '{$1}');
    for (const method of methods.split(', ')) if (method !== 'HEAD' && path.startsWith('/api/coord')) routes.push(`${method} ${path}`);
  }
  if (routes.length < 20) throw new Error(`The router printed ${routes.length} routes only.`);
  return routes;
}
