import type { Todo } from '@coord/client/index';
import type { Colors } from '../output/output';
import { relativeTime } from '../output/relative-time';
import { cell, table } from '../output/table';
import { shortId } from '../short-id';

/** Todos as a table, the parts of one below it. */
export function todosText(todos: readonly Todo[], { bold, dim, green }: Colors): string {
  if (todos.length === 0) return 'Nothing to do.';
  const rows = inOrder(todos).map(({ todo, depth }) => {
    const { id, text, status, assigned_to_user, created_by_user, created_by_machine, project_key, created_at, completed_at, completed_by } = todo;
    const line = `${'  '.repeat(Math.min(depth, 5))}${cell(text, 80)}`;
    return [
      dim(shortId(id)),
      status === 'done' ? green(line) : bold(line),
      cell(assigned_to_user ?? '', 20),
      cell(project_key ?? '', 20),
      cell([created_by_user, created_by_machine].filter(Boolean).join('@'), 30),
      status === 'done' ? cell(`done ${relativeTime(completed_at)}${completed_by === null ? '' : ` by ${completed_by}`}`) : relativeTime(created_at),
    ];
  });
  return table(['ID', 'TODO', 'FOR', 'PROJECT', 'BY', 'WHEN'], rows, { styled: true });
}

type Placed = { todo: Todo; depth: number };

/** Parts follow what they are a part of, where the list has that too; the engine refuses circles. */
function inOrder(todos: readonly Todo[]): Placed[] {
  const ids = new Set(todos.map(({ id }) => id));
  const parts = partsOf(todos);
  const below = (parent: string, depth: number): Placed[] =>
    (parts.get(parent) ?? []).flatMap((todo) => [{ todo, depth }, ...below(todo.id, depth + 1)]);
  return todos.filter(({ parent_id }) => parent_id === null || !ids.has(parent_id)).flatMap((todo) => [{ todo, depth: 0 }, ...below(todo.id, 1)]);
}

function partsOf(todos: readonly Todo[]): Map<string, Todo[]> {
  const parts = new Map<string, Todo[]>();
  for (const todo of todos) {
    if (todo.parent_id === null) continue;
    parts.set(todo.parent_id, [...(parts.get(todo.parent_id) ?? []), todo]);
  }
  return parts;
}
