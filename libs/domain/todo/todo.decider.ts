import { changedFields } from '../changed-fields';
import type { Decider } from '../decider';
import { OUTLIVED_KEY, type Problem } from '../problem';
import type { TodoAdded, TodoChanges, TodoEvent, TodoState } from './todo.events';

/** `now` in milliseconds. Who did it is null where nobody said. */
export type TodoCommand =
  | { type: 'AddTodo'; todo: Omit<TodoAdded['data'], 'created_at'>; now: number }
  /** Fields that are undefined keep their value, null clears them. */
  | { type: 'ChangeTodo'; changes: TodoChanges; changed_by: string | null; now: number }
  | { type: 'CompleteTodo'; completed_by: string | null; now: number }
  | { type: 'ReopenTodo'; reopened_by: string | null; now: number };

export const todoStream = (id: string): string => `todo-${id}`;

/** A todo stays until it is done. Whoever says so first has done it. */
export const todoDecider: Decider<TodoState | null, TodoCommand, TodoEvent> = {
  initialState: null,
  decide(command, todo): readonly TodoEvent[] | Problem {
    const at = new Date(command.now).toISOString();
    if (command.type === 'AddTodo') return todo ? OUTLIVED_KEY : [{ type: 'TodoAdded', data: { ...command.todo, created_at: at } }];
    if (!todo) return { problem: 'not-found', what: 'todo with this id' };
    const { todo_id, project_key } = todo;
    switch (command.type) {
      case 'ChangeTodo': {
        const changes = changedFields(todo, command.changes);
        if (Object.keys(changes).length === 0) return [];
        const about = { todo_id, project_key: changes.project_key === undefined ? project_key : changes.project_key };
        return [{ type: 'TodoChanged', data: { ...about, changes, changed_by: command.changed_by, changed_at: at } }];
      }
      case 'CompleteTodo':
        if (todo.status === 'done') return [];
        return [{ type: 'TodoCompleted', data: { todo_id, project_key, completed_at: at, completed_by: command.completed_by } }];
      case 'ReopenTodo':
        if (todo.status === 'pending') return [];
        return [{ type: 'TodoReopened', data: { todo_id, project_key, reopened_at: at, reopened_by: command.reopened_by } }];
    }
  },
  evolve(todo, { type, data }) {
    if (type === 'TodoAdded') return { ...data, status: 'pending', completed_at: null, completed_by: null };
    if (!todo) return null;
    switch (type) {
      case 'TodoChanged':
        return { ...todo, ...data.changes };
      case 'TodoCompleted':
        return { ...todo, status: 'done', completed_at: data.completed_at, completed_by: data.completed_by };
      case 'TodoReopened':
        return { ...todo, status: 'pending', completed_at: null, completed_by: null };
    }
  },
};
