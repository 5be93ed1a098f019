import type { TodoEvent, TodoMoved } from '@coord/domain/todo/index';
import { History, id, iso, NOON } from '../testing/history';
import { ReadModel } from '../testing/read-model';
import { findTodo, listTodos, type TodoQuery, todosProjection } from './index';

let readModel: ReadModel;
let history: History;
beforeEach(async () => {
  readModel = await ReadModel.of(todosProjection);
  history = new History();
});
afterEach(() => readModel.close());

const about = (n: number) => ({ todo_id: id(n), project_key: 'p' });
const added = (n: number, more: object = {}): TodoEvent => ({
  type: 'TodoAdded',
  data: {
    ...{ ...about(n), text: 't', created_by_user: 'howard', created_by_machine: 'H', assigned_to_user: null, parent_id: null },
    ...{ source: 'msg', auto: true, created_at: iso(NOON), ...more },
  },
});
const changed = (n: number, changes: object): TodoEvent | TodoMoved => ({
  type: 'TodoChanged',
  data: { ...about(n), changes, changed_by: null, changed_at: iso(NOON) },
});
const completed = (n: number): TodoEvent => ({ type: 'TodoCompleted', data: { ...about(n), completed_at: iso(NOON + 1), completed_by: 'A' } });
const reopened = (n: number): TodoEvent => ({ type: 'TodoReopened', data: { ...about(n), reopened_at: iso(NOON + 2), reopened_by: null } });
const happened = async (...events: (TodoEvent | TodoMoved)[]) => {
  const before = history.events.length;
  history.append('todos', events);
  await readModel.apply(history.events.slice(before));
};
const list = async (query: Partial<TodoQuery> = {}) =>
  (await listTodos(readModel.sql, { limit: 500, ...query })).map((row) => Number(row.id.slice(-12)));

test('a todo has what it was added with', async () => {
  await happened(added(1, { parent_id: id(9) }));
  expect(await findTodo(readModel.sql, id(1))).toEqual({
    ...{ id: id(1), position: '1', text: 't', status: 'pending', created_by_user: 'howard', created_by_machine: 'H', assigned_to_user: null },
    ...{ project_key: 'p', parent_id: id(9), source: 'msg', auto: true, created_at: new Date(NOON), completed_at: null, completed_by: null },
  });
  expect(await findTodo(readModel.sql, id(2))).toBeNull();
});

test.each<[string, (TodoEvent | TodoMoved)[][]]>([
  ['in one batch', [[added(1), changed(1, { text: 'x', source: null }), changed(1, { parent_id: id(2) }), completed(1)]]],
  ['one by one', [[added(1)], [changed(1, { text: 'x', source: null })], [changed(1, { parent_id: id(2) })], [completed(1)]]],
  ['in a batch after it', [[added(1)], [completed(1), changed(1, { text: 'y', source: null }), changed(1, { text: 'x', parent_id: id(2) })]]],
])('a todo is what was made of it %s', async (_, batches) => {
  for (const batch of batches) await happened(...batch);
  expect(await findTodo(readModel.sql, id(1))).toMatchObject({
    ...{ text: 'x', source: null, parent_id: id(2), status: 'done', completed_at: new Date(NOON + 1), completed_by: 'A', created_by_user: 'howard' },
  });
});

test('what is reopened is open, as if it had never been done', async () => {
  await happened(added(1), added(2), completed(1));
  expect([await list({ status: 'pending' }), await list({ status: 'done' }), await list()]).toEqual([[2], [1], [1, 2]]);
  await happened(reopened(1));
  expect([await list({ status: 'pending' }), await list({ status: 'done' })]).toEqual([[1, 2], []]);
  expect(await findTodo(readModel.sql, id(1))).toMatchObject({ completed_at: null, completed_by: null });
});

test('lists are of a project and of a user, oldest first, in pages', async () => {
  await happened(
    added(1, { assigned_to_user: 'mike' }),
    added(2, { created_by_user: 'mike' }),
    added(3, { created_by_user: 'mike', assigned_to_user: 'howard' }),
    added(4, { created_by_user: null }),
    added(5, { project_key: 'q' }),
  );
  expect(await list({ user: 'mike' })).toEqual([1, 2]);
  expect(await list({ user: 'howard', projectKey: 'p' })).toEqual([3]);
  expect(await list({ projectKey: 'p', limit: 2 })).toEqual([1, 2]);
  expect(await list({ projectKey: 'p', limit: 2, after: 2 })).toEqual([3, 4]);
  await happened(changed(2, { project_key: 'q', assigned_to_user: 'howard' }));
  expect([await list({ user: 'mike' }), await list({ projectKey: 'q' })]).toEqual([[1], [2, 5]]);
});
