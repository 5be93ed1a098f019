import { Map as ImmutableMap } from 'immutable';
import type { Decider } from '../decider';
import { invalid, type Problem } from '../problem';
import type { TodoMoved } from './todo.events';

/** The parents of the todos that were moved since they were added; null is none. What is not in it is where it was added. */
export type TodoTree = ImmutableMap<string, string | null>;

/**
 * `origins`: with which parent a todo was added, for the todo itself and for all from its new parent up to the root. That never
 * changes, so it may be looked up before. `now` in milliseconds.
 */
export type MoveTodo = {
  type: 'MoveTodo';
  todo_id: string;
  project_key: string | null;
  parent_id: string | null;
  origins: ReadonlyMap<string, string | null>;
  changed_by: string | null;
  now: number;
};

/** One for all: a parent may be in another project, and a todo may change its project, so no part of them sees every way. */
export const TODO_TREE = 'todotree';

/** Another move has put todos on the way up of which the origin was not given: look them up and decide again. Compared by identity. */
export const WAY_CHANGED: Problem = invalid('parent_id', 'has been moved at the same time; send the request again');

/** The only way to another parent, so that of two moves at once that make a cycle together the second is refused. */
export const todoTreeDecider: Decider<TodoTree, MoveTodo, TodoMoved> = {
  initialState: ImmutableMap(),
  decide({ todo_id, project_key, parent_id, origins, changed_by, now }, tree): readonly TodoMoved[] | Problem {
    const parentOf = (id: string): string | null | undefined => (tree.has(id) ? tree.get(id) : origins.get(id));
    if (parentOf(todo_id) === parent_id) return [];
    const above = new Set<string>();
    for (let at = parent_id; at !== null; ) {
      // no move makes one, but a log that was brought in from elsewhere may hold it
      if (above.has(at)) return invalid('parent_id', 'leads up into a cycle of todos; give one of them the parent_id null first');
      above.add(at);
      if (at === todo_id) return invalid('parent_id', at === parent_id ? 'is the todo itself' : 'would make a cycle: it is below the todo');
      const next = parentOf(at);
      if (next === undefined) return WAY_CHANGED;
      at = next;
    }
    return [{ type: 'TodoChanged', data: { todo_id, project_key, changes: { parent_id }, changed_by, changed_at: new Date(now).toISOString() } }];
  },
  evolve: (tree, { data }) => tree.set(data.todo_id, data.changes.parent_id),
  snapshot: {
    schema: 1,
    every: (tree) => Math.max(10_000, 2 * tree.size),
    toJson: (tree) => [...tree],
    fromJson: (json) => ImmutableMap(json as [string, string | null][]),
  },
};
