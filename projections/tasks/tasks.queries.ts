import type { TaskState } from '@coord/domain/task/index';
import type { Sql } from 'postgres';

/** A task as the read model has it. `position` orders lists: that of its first event. */
export interface TaskRow {
  state: TaskState;
  position: string;
}

export interface TaskQuery {
  projectKey?: string;
  status?: string;
  blocked?: boolean;
  /** The position of the last task shown. */
  after?: number;
  limit: number;
}

/** Tasks, oldest first. */
export const listTasks = (sql: Sql, query: TaskQuery): Promise<TaskRow[]> => sql<TaskRow[]>`
  select state, position
  from (
    select task_id, position from tasks.tasks
    where true
      ${query.projectKey === undefined ? sql`` : sql`and project_key = ${query.projectKey}`}
      ${query.status === undefined ? sql`` : sql`and status = ${query.status}`}
      ${query.blocked === undefined ? sql`` : query.blocked ? sql`and blocked` : sql`and not blocked`}
      ${query.after === undefined ? sql`` : sql`and position > ${query.after}`}
    order by position limit ${query.limit}
  ) page join tasks.states using (task_id)
  order by position`;

export async function findTask(sql: Sql, taskId: string): Promise<TaskState | null> {
  const [row] = await sql<Pick<TaskRow, 'state'>[]>`select state from tasks.states where task_id = ${taskId}`;
  return row?.state ?? null;
}
