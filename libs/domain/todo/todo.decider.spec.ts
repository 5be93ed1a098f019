import { OUTLIVED_KEY } from '../problem';
import { given } from '../testing/given';
import { type TodoCommand, todoDecider, todoStream } from './todo.decider';
import type { TodoAdded, TodoChanged, TodoCompleted, TodoReopened } from './todo.events';

const T0 = Date.parse('2026-05-12T15:30:00.000Z');
const AT = '2026-05-12T15:30:00.000Z';

const todo = {
  ...{ todo_id: 't', text: 'Roll out', created_by_user: 'howard', created_by_machine: 'HOWARD-HOME', assigned_to_user: null },
  ...{ project_key: 'p', parent_id: null, source: 'msg', auto: false },
};
const about = { todo_id: 't', project_key: 'p' };
const added: TodoAdded = { type: 'TodoAdded', data: { ...todo, created_at: AT } };
const changed = (changes: TodoChanged['data']['changes']): TodoChanged => ({
  type: 'TodoChanged',
  data: { ...about, changes, changed_by: 'A', changed_at: AT },
});
const completed = (completed_by: string | null = 'A'): TodoCompleted => ({
  type: 'TodoCompleted',
  data: { ...about, completed_at: AT, completed_by },
});
const reopened: TodoReopened = { type: 'TodoReopened', data: { ...about, reopened_at: AT, reopened_by: 'A' } };

const change = (changes: TodoChanged['data']['changes']): TodoCommand => ({ type: 'ChangeTodo', changes, changed_by: 'A', now: T0 });
const complete: TodoCommand = { type: 'CompleteTodo', completed_by: 'A', now: T0 };
const reopen: TodoCommand = { type: 'ReopenTodo', reopened_by: 'A', now: T0 };

test('adding records everything that was said, and when', () => {
  given(todoDecider, []).when({ type: 'AddTodo', todo, now: T0 }).thenEvents([added]);
});
test('adding to the stream of a forgotten key asks for another id', () => {
  expect(given(todoDecider, [added]).when({ type: 'AddTodo', todo, now: T0 }).decision).toBe(OUTLIVED_KEY);
});
test.each([change({ text: 'x' }), complete, reopen])('nothing can be done with a todo that is not there: $type', (command) => {
  given(todoDecider, []).when(command).thenRefused({ problem: 'not-found', what: 'todo with this id' });
});

describe('a change', () => {
  test('records what is different now, and only that', () => {
    given(todoDecider, [added])
      .when(change({ text: 'Roll back', source: 'msg', assigned_to_user: 'mike' }))
      .thenEvents([changed({ text: 'Roll back', assigned_to_user: 'mike' })]);
  });
  test('clears what is null', () => {
    given(todoDecider, [added])
      .when(change({ source: null }))
      .thenEvents([changed({ source: null })]);
  });
  test('to another project is found in that', () => {
    const { data, ...event } = changed({ project_key: 'q' });
    given(todoDecider, [added])
      .when(change({ project_key: 'q' }))
      .thenEvents([{ ...event, data: { ...data, project_key: 'q' } }]);
  });
  test('that changes nothing is not written', () => {
    given(todoDecider, [added, changed({ text: 'x' })])
      .when(change({ text: 'x' }))
      .thenEvents([]);
  });
  test('may come when it is done, which it stays', () => {
    const state = [added, completed(), changed({ text: 'x' })].reduce(todoDecider.evolve, todoDecider.initialState);
    expect(state).toMatchObject({ text: 'x', status: 'done', completed_by: 'A' });
  });
});

describe('done', () => {
  test('says who and when', () => {
    given(todoDecider, [added]).when(complete).thenEvents([completed()]);
  });
  test('twice is once, by whoever was first', () => {
    given(todoDecider, [added, completed('B')])
      .when(complete)
      .thenEvents([]);
  });
  test('may be taken back, and done again', () => {
    given(todoDecider, [added, completed()]).when(reopen).thenEvents([reopened]);
    given(todoDecider, [added, completed(), reopened]).when(complete).thenEvents([completed()]);
    const state = [added, completed(), reopened].reduce(todoDecider.evolve, todoDecider.initialState);
    expect(state).toMatchObject({ status: 'pending', completed_at: null, completed_by: null });
  });
  test('is not taken back where it is not', () => {
    given(todoDecider, [added]).when(reopen).thenEvents([]);
  });
});

test('a todo has a stream of its own', () => expect(todoStream('t')).toBe('todo-t'));
