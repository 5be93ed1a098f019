import { TODO_TREE, type TodoCommand, todoDecider, todoStream, todoTreeDecider } from '@coord/domain/todo/index';
import type { WorkStep } from './busy-work';
import { id } from './history';

type Pick = <T>(from: readonly T[]) => T;
const TODOS = 7_000_000;

/** Commands on todos, for a busy day: they are changed, moved below each other, done and reopened. */
export function busyTodos(pick: Pick, projects: readonly string[]): (actor: string, now: number) => WorkStep {
  const origins = new Map<string, string | null>();
  const some = () => pick([...origins.keys()].slice(-12));

  const add = (_: string, now: number): WorkStep => {
    const todo_id = id(TODOS + origins.size);
    const parent_id = origins.size > 0 ? pick([null, some()]) : null;
    origins.set(todo_id, parent_id);
    const by = { created_by_user: pick([null, 'howard']), created_by_machine: pick([null, 'H']), assigned_to_user: pick([null, 'mike']) };
    const todo = {
      todo_id,
      text: 't',
      ...by,
      project_key: pick([null, ...projects]),
      parent_id,
      source: pick([null, 'msg']),
      auto: pick([true, false]),
    };
    return (act) => act(todoStream(todo_id), todoDecider, { type: 'AddTodo', todo, now });
  };
  const change = (actor: string, now: number): WorkStep => {
    const text = pick([undefined, 'u']);
    const changes = {
      text,
      assigned_to_user: pick([null, 'mike', undefined]),
      project_key: pick([undefined, ...projects]),
      source: pick([undefined, null]),
    };
    const command = pick<TodoCommand>([
      { type: 'ChangeTodo', changes, changed_by: pick([null, actor]), now },
      { type: 'CompleteTodo', completed_by: pick([null, actor]), now },
      { type: 'CompleteTodo', completed_by: actor, now },
      { type: 'ReopenTodo', reopened_by: pick([null, actor]), now },
    ]);
    return (act) => act(todoStream(some()), todoDecider, command);
  };
  const move = (actor: string, now: number): WorkStep => {
    const places = { todo_id: some(), parent_id: pick([null, some()]), project_key: pick(projects) };
    return (act) => act(TODO_TREE, todoTreeDecider, { type: 'MoveTodo', ...places, origins, changed_by: actor, now });
  };

  return (actor, now) => (origins.size < 3 ? add : pick([add, change, change, move]))(actor, now);
}
