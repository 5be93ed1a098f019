import { flag, key, type Members, object, optional, orNull, type StreamShape, text, time, uuid } from '../shapes/kinds';
import { todoStream } from './todo.decider';
import type { TodoChanges, TodoEvent, TodoMoved } from './todo.events';
import { TODO_TREE } from './todo-tree.decider';

const about = { todo_id: uuid, project_key: orNull(key) };
const changed = { ...about, changed_by: orNull(text), changed_at: time };
const changes: Members<TodoChanges> = {
  ...{ text: optional(text), assigned_to_user: optional(orNull(key)) },
  ...{ project_key: optional(orNull(key)), source: optional(orNull(text)) },
};

export const todoShape: StreamShape<TodoEvent> = {
  stream: ({ todo_id }) => todoStream(todo_id),
  first: 'TodoAdded',
  events: {
    TodoAdded: {
      ...{ ...about, text, created_by_user: orNull(key), created_by_machine: orNull(text), assigned_to_user: orNull(key) },
      ...{ parent_id: orNull(uuid), source: orNull(text), auto: flag, created_at: time },
    },
    TodoChanged: { ...changed, changes: object(changes) },
    TodoCompleted: { ...about, completed_at: time, completed_by: orNull(text) },
    TodoReopened: { ...about, reopened_at: time, reopened_by: orNull(text) },
  },
};

export const todoTreeShape: StreamShape<TodoMoved> = {
  stream: () => TODO_TREE,
  events: { TodoChanged: { ...changed, changes: object({ parent_id: orNull(uuid) }) } },
};
