import { randomUUID } from 'node:crypto';
import type { TodoAdded } from '@coord/domain/todo/index';
import { Api, idsOf, type Json } from '../../../../test/support/api';

let api: Api;
beforeAll(async () => {
  api = await Api.start();
});
afterAll(() => api.close());

const UNKNOWN = '00000000-0000-7000-8000-000000000000';
const add = (more: object = {}) => api.done('POST', '/todos', { text: 'Roll out', project_key: 'p', ...more });
const patch = (todo: Json, body: object, headers?: Record<string, string>) => api.call('PATCH', `/todos/${todo.id}`, { body, headers });
const types = async (todo: Json) => (await api.store.readStream(`todo-${todo.id}`)).map(({ type }) => type);
const parentOf = async (todo: Json) => (await api.get(`/todos/${todo.id}`)).body.parent_id;
const refusal = { status: 422, errors: [{ field: 'parent_id' }] };

/** Two todos that were added below each other. */
async function cycle(): Promise<string> {
  const [one, two] = [randomUUID(), randomUUID()];
  const at = '2026-01-01T00:00:00.000Z';
  const plain = { text: 't', created_by_user: null, created_by_machine: null, assigned_to_user: null, project_key: null, source: null, auto: false };
  const metadata = { actor: null, at, project_key: null, causation_id: null, correlation_id: null, schema: 1 };
  for (const [todo_id, parent_id] of [[one, two] as const, [two, one] as const]) {
    const data: TodoAdded['data'] = { ...plain, todo_id, parent_id, created_at: at };
    await api.store.append([{ stream: `todo-${todo_id}`, expected: 'none', events: [{ id: randomUUID(), type: 'TodoAdded', data, metadata }] }]);
  }
  return one;
}

describe('a parent', () => {
  test('is changed, taken away, and shown by every answer', async () => {
    const [one, two, three] = [await add(), await add(), await add()];
    const child = await add({ parent_id: one.id });
    expect((await patch(child, { parent_id: two.id })).body).toMatchObject({ parent_id: two.id, text: 'Roll out' });
    expect((await patch(child, { text: 'x' })).body).toMatchObject({ parent_id: two.id, text: 'x' });
    expect(await api.done('PUT', `/todos/${child.id}/done`)).toMatchObject({ parent_id: two.id });
    expect(await api.done('PUT', `/todos/${child.id}/reopen`)).toMatchObject({ parent_id: two.id });
    expect((await patch(child, { parent_id: three.id, text: 'y' })).body).toMatchObject({ parent_id: three.id, text: 'y' });
    expect(await parentOf(child)).toBe(three.id);
    expect((await patch(child, { parent_id: null })).body).toMatchObject({ parent_id: null });
    expect(await parentOf(child)).toBeNull();
  });

  test.each([
    ['that is no todo', async () => UNKNOWN],
    ['that is the todo itself', async (todo: Json) => todo.id],
    ['that was added below it', async (todo: Json) => (await add({ parent_id: todo.id })).id],
    [
      'that was moved below it, in another project',
      async (todo: Json) => {
        const between = await add({ parent_id: todo.id, project_key: 'q' });
        const moved = await add({ project_key: null });
        await patch(moved, { parent_id: between.id });
        return moved.id;
      },
    ],
    ['that leads up into a cycle, which a log from elsewhere may hold', async () => cycle()],
  ])('%s is refused, and nothing is written', async (_, parent) => {
    const todo = await add();
    const parent_id = await parent(todo);
    const before = await api.store.head();
    expect((await patch(todo, { parent_id, text: 'changed' })).body).toMatchObject(refusal);
    expect(await api.store.head()).toBe(before);
  });

  test('of two moves at once that make a cycle together one is refused', async () => {
    for (let round = 0; round < 20; round += 1) {
      const todos = [await add(), await add(), await add()] as const;
      const answers = await Promise.all(todos.map((todo, i) => patch(todo, { parent_id: todos[(i + 1) % 3]?.id })));
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 422]);
    }
  });

  test('is looked up along a long way', async () => {
    const root = await add();
    let leaf = root;
    for (let depth = 0; depth < 60; depth += 1) leaf = await add({ parent_id: leaf.id });
    expect((await patch(root, { parent_id: leaf.id })).body).toMatchObject(refusal);
    expect((await patch(leaf, { parent_id: root.id })).status).toBe(200);
  });
});

describe('a change', () => {
  test.each([[{ status: 'done' }], [{ completed_by: 'A' }], [{ created_by_user: 'x' }], [{ text: '' }], [{ text: null }], [{ auto: true }]])(
    'of %j is refused',
    async (body) => {
      expect((await patch(await add(), body)).body).toMatchObject({ status: 422, errors: [{ field: Object.keys(body)[0] }] });
    },
  );
  test('that changes nothing writes nothing', async () => {
    const todo = await add({ source: 'msg' });
    const before = await api.store.head();
    for (const body of [{}, { text: 'Roll out' }, { source: 'msg', parent_id: null }]) expect((await patch(todo, body)).body).toEqual(todo);
    expect(await api.store.head()).toBe(before);
  });
  test('of a todo that is not there is refused, with a parent, too', async () => {
    for (const body of [{ text: 'x' }, { parent_id: null }, { parent_id: UNKNOWN }])
      expect((await patch({ id: UNKNOWN } as unknown as Json, body)).status).toBe(404);
  });
  test('under a key is made once, be it of text, of the parent, or of both', async () => {
    const [one, two] = [await add(), await add()];
    for (const body of [{ text: 'x' }, { parent_id: one.id }, { parent_id: two.id, text: 'y' }]) {
      const todo = await add();
      const headers = { 'idempotency-key': api.name('key') };
      const first = await patch(todo, body, headers);
      await api.done('PATCH', `/todos/${todo.id}`, { text: 'z', parent_id: null });
      const head = await api.store.head();
      expect([await patch(todo, body, headers)].map(({ status, body }) => [status, body])).toEqual([[200, first.body]]);
      expect((await patch(todo, { ...body, source: 's' }, headers)).body).toMatchObject({ type: 'urn:coord:problem:idempotency-key-reused' });
      expect(await api.store.head()).toBe(head);
      expect(await parentOf(todo)).toBeNull();
    }
  });
});

test('under a key a todo is added once', async () => {
  const headers = { 'idempotency-key': api.name('key') };
  const body = { text: 'Once', project_key: 'once', session_id: 'M/a' };
  const answers = await Promise.all(Array.from({ length: 5 }, () => api.call('POST', '/todos', { body, headers })));
  expect(new Set(answers.map(({ text, status }) => `${status} ${text}`)).size).toBe(1);
  expect(idsOf((await api.get('/todos?project_key=once')).body)).toEqual([answers[0]?.body.id]);
});

test('done and reopened say who and when, in the answer and in the log', async () => {
  const todo = await add();
  api.clock.advance(60_000);
  const done = await api.done('PUT', `/todos/${todo.id}/done`, { completed_by: 'M/a' });
  expect(done).toMatchObject({ status: 'done', completed_by: 'M/a', completed_at: new Date(api.clock.now()).toISOString() });
  expect(await api.done('PUT', `/todos/${todo.id}/done?completed_by=M%2Fb`)).toEqual(done);
  expect(await api.done('PUT', `/todos/${todo.id}/reopen`)).toEqual(todo);
  expect(await api.done('PUT', `/todos/${todo.id}/reopen`)).toEqual(todo);
  expect(await types(todo)).toEqual(['TodoAdded', 'TodoCompleted', 'TodoReopened']);
});

test('whoever completes a todo has acted, and is registered', async () => {
  const session = api.name('M/s');
  const todo = await add();
  await api.done('PUT', `/todos/${todo.id}/done`, { completed_by: session });
  expect((await api.get(`/history?session_id=${encodeURIComponent(session)}`)).body).toMatchObject([
    { type: 'TodoCompleted', actor: session },
    { type: 'SessionRegistered' },
  ]);
});

test('every write can be fenced, also one to both streams', async () => {
  const lock = await api.claim('p', 'A', api.name('fenced'));
  const fenced = { lock_id: lock.id, fence: lock.fence, session_id: 'A' };
  const [todo, parent] = [await add(fenced), await add()];
  expect((await patch(todo, { ...fenced, text: 'x', parent_id: parent.id })).status).toBe(200);
  await api.done('DELETE', `/locks/${lock.id}?session_id=A`);
  const before = await api.store.head();
  const writes = [
    api.call('POST', '/todos', { body: { text: 'x', ...fenced } }),
    patch(todo, { text: 'y', ...fenced }),
    patch(todo, { parent_id: null, ...fenced }),
    api.call('PUT', `/todos/${todo.id}/done`, { body: fenced }),
    api.call('PUT', `/todos/${todo.id}/reopen`, { body: fenced }),
  ];
  for (const { body } of await Promise.all(writes)) expect(body).toMatchObject({ type: 'urn:coord:problem:fence-superseded' });
  expect(await api.store.head()).toBe(before);
});
