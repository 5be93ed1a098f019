import type { TodoState, TodoTree } from '@coord/domain/todo/index';
import type { TodoRow } from '@projections/todos/index';

/** A todo as it goes over the wire (protocol, `Todo`). */
export type TodoView = Omit<TodoState, 'todo_id'> & { id: string };

/** `tree` knows where the todo was moved to, if it was. */
export function todoView({ todo_id: id, ...todo }: TodoState, tree: TodoTree): TodoView {
  return { id, ...todo, parent_id: tree.get(id, todo.parent_id) };
}

export const rowView = ({ position: _, created_at, completed_at, ...row }: TodoRow): TodoView => ({
  ...row,
  created_at: created_at.toISOString(),
  completed_at: completed_at?.toISOString() ?? null,
});
