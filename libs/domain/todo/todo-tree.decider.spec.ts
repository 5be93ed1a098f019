import { given } from '../testing/given';
import type { TodoMoved } from './todo.events';
import { type MoveTodo, todoTreeDecider, WAY_CHANGED } from './todo-tree.decider';

const T0 = Date.parse('2026-05-12T15:30:00.000Z');
const AT = '2026-05-12T15:30:00.000Z';

/** c was added below b, b below a; x and y stand alone. */
const ORIGINS: Record<string, string | null> = { a: null, b: 'a', c: 'b', x: null, y: null };
const origins = new Map(Object.entries(ORIGINS));
const move = (todo_id: string, parent_id: string | null, known = origins): MoveTodo => ({
  ...{ type: 'MoveTodo', todo_id, parent_id, origins: known },
  ...{ project_key: 'p', changed_by: 'A', now: T0 },
});
const moved = (todo_id: string, parent_id: string | null): TodoMoved => ({
  type: 'TodoChanged',
  data: { todo_id, project_key: 'p', changes: { parent_id }, changed_by: 'A', changed_at: AT },
});
const CYCLE = { problem: 'invalid-request', errors: [{ field: 'parent_id', message: 'would make a cycle: it is below the todo' }] };

test.each([
  ['below another', 'c', 'x'],
  ['up the same way', 'c', 'a'],
  ['to the top', 'c', null],
])('a todo is moved %s', (_, todo, parent) => {
  given(todoTreeDecider, [])
    .when(move(todo, parent))
    .thenEvents([moved(todo, parent)]);
});

test.each([
  ['it was added', [], 'c', 'b'],
  ['it was moved', [moved('c', 'x')], 'c', 'x'],
  ['there is nothing above', [moved('c', null)], 'c', null],
])('to where %s nothing has to be written', (_, events, todo, parent) => {
  given(todoTreeDecider, events as TodoMoved[])
    .when(move(todo as string, parent as string | null))
    .thenEvents([]);
});

test('below a cycle, which a log from elsewhere may hold, nothing is moved; out of it everything is', () => {
  const known = new Map([...origins, ['p', 'q'], ['q', 'p']]);
  given(todoTreeDecider, [])
    .when(move('c', 'p', known))
    .thenRefused({
      problem: 'invalid-request',
      errors: [{ field: 'parent_id', message: 'leads up into a cycle of todos; give one of them the parent_id null first' }],
    });
  given(todoTreeDecider, [])
    .when(move('p', null, known))
    .thenEvents([moved('p', null)]);
});

test('a todo is not its own parent', () => {
  given(todoTreeDecider, [])
    .when(move('x', 'x'))
    .thenRefused({ problem: 'invalid-request', errors: [{ field: 'parent_id' }] });
});
test.each([
  ['that was added below it', [], 'a', 'c'],
  ['that was moved below it', [moved('x', 'c')], 'a', 'x'],
  ['that another move at the same time has put below it', [moved('x', 'y')], 'y', 'x'],
])('its parent is no todo %s', (_, events, todo, parent) => {
  given(todoTreeDecider, events as TodoMoved[])
    .when(move(todo as string, parent as string))
    .thenRefused(CYCLE);
});
test('what was below it and has been moved away can be its parent', () => {
  given(todoTreeDecider, [moved('b', null)])
    .when(move('a', 'c'))
    .thenEvents([moved('a', 'c')]);
});
test('a way that leads over todos that were not looked up is not decided about', () => {
  const known = new Map(Object.entries({ y: null, a: null } as Record<string, string | null>));
  expect(given(todoTreeDecider, [moved('a', 'x')]).when(move('y', 'a', known)).decision).toBe(WAY_CHANGED);
});

test('a snapshot holds where the todos were moved to', () => {
  const tree = [moved('c', 'x'), moved('x', null)].reduce(todoTreeDecider.evolve, todoTreeDecider.initialState);
  const { toJson, fromJson } = todoTreeDecider.snapshot ?? {};
  expect(fromJson?.(JSON.parse(JSON.stringify(toJson?.(tree))))).toEqual(tree);
});
