import type { TodoState, TodoStatus } from '@coord/domain/todo/index';
import type { Sql } from 'postgres';

/** A todo as the read model has it, with the parent that it has now. */
export interface TodoRow extends Omit<TodoState, 'todo_id' | 'created_at' | 'completed_at'> {
  id: string;
  position: string;
  created_at: Date;
  completed_at: Date | null;
}

export interface TodoQuery {
  /** Whose it is: assigned to, or unassigned and created by. */
  user?: string;
  projectKey?: string;
  /** Left out: of any status. */
  status?: TodoStatus;
  /** Position of the last todo that was shown. */
  after?: number;
  limit: number;
}

/** Todos, oldest first. */
export async function listTodos(sql: Sql, { user, projectKey, status, after, limit }: TodoQuery): Promise<TodoRow[]> {
  // a status that is written out can be seen to be that of an index
  const ofStatus = status === undefined ? sql`` : status === 'pending' ? sql`and status = 'pending'` : sql`and status = 'done'`;
  return sql<TodoRow[]>`
    select * from todos.todos
    where true ${ofStatus}
      ${projectKey === undefined ? sql`` : sql`and project_key = ${projectKey}`}
      ${user === undefined ? sql`` : sql`and coalesce(assigned_to_user, created_by_user) = ${user}`}
      ${after === undefined ? sql`` : sql`and position > ${after}`}
    order by position limit ${limit}`;
}

export async function findTodo(sql: Sql, id: string): Promise<TodoRow | null> {
  const [row] = await sql<TodoRow[]>`select * from todos.todos where id = ${id}`;
  return row ?? null;
}
