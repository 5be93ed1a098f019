import type { DomainEvent } from '../decider';

export const TODO_STATUSES = ['pending', 'done'] as const;
export type TodoStatus = (typeof TODO_STATUSES)[number];

/** A todo. `parent_id` is the parent that it was added with: where it has been moved since, the tree knows. */
export type TodoState = {
  todo_id: string;
  text: string;
  status: TodoStatus;
  created_by_user: string | null;
  created_by_machine: string | null;
  assigned_to_user: string | null;
  project_key: string | null;
  parent_id: string | null;
  source: string | null;
  auto: boolean;
  created_at: string;
  completed_at: string | null;
  completed_by: string | null;
};

/** The fields that a change may set. Who made a todo, and when, is what happened. */
export type TodoChanges = Partial<Pick<TodoState, 'text' | 'assigned_to_user' | 'project_key' | 'source'>>;

type About = { todo_id: string; project_key: string | null };

export type TodoAdded = DomainEvent<'TodoAdded', Omit<TodoState, 'status' | 'completed_at' | 'completed_by'>>;
/** `changes` holds the fields that are different now, and only those; `project_key` is the one after the change. `changed_by` is null where nobody said who. */
export type TodoChanged = DomainEvent<'TodoChanged', About & { changes: TodoChanges; changed_by: string | null; changed_at: string }>;
/** Written to the stream of the tree: `changes` holds the new parent. */
export type TodoMoved = DomainEvent<'TodoChanged', About & { changes: { parent_id: string | null }; changed_by: string | null; changed_at: string }>;
export type TodoCompleted = DomainEvent<'TodoCompleted', About & { completed_at: string; completed_by: string | null }>;
export type TodoReopened = DomainEvent<'TodoReopened', About & { reopened_at: string; reopened_by: string | null }>;
export type TodoEvent = TodoAdded | TodoChanged | TodoCompleted | TodoReopened;
