import type { WorkflowStatus } from '@coord/domain/workflow/index';
import type { Fragment, PendingQuery, Sql } from 'postgres';

/** A workflow as the read model has it, with the counts of its work items. */
export interface WorkflowRow {
  id: string;
  position: string;
  project_key: string;
  name: string;
  description: string | null;
  status: WorkflowStatus;
  created_by: string;
  created_at: Date;
  updated_at: Date;
  total: number;
  completed: number;
  in_progress: number;
  blocked: number;
}

export interface WorkflowQuery {
  projectKey?: string;
  status?: WorkflowStatus;
  /** Only those that are neither completed nor cancelled. */
  notOver?: boolean;
  /** The position of the last one shown. */
  after?: number;
  limit: number;
}

const columns = (sql: Sql): Fragment => sql`
  id, position, project_key, name, description, status, created_by, created_at, updated_at, total, completed, in_progress, blocked`;

/** Workflows, oldest first. */
export const listWorkflows = (sql: Sql, query: WorkflowQuery): PendingQuery<WorkflowRow[]> => sql<WorkflowRow[]>`
  select ${columns(sql)} from work.workflows
  where true
    ${query.projectKey === undefined ? sql`` : sql`and project_key = ${query.projectKey}`}
    ${query.status === undefined ? sql`` : sql`and status = ${query.status}`}
    ${query.notOver ? sql`and status not in ('completed', 'cancelled')` : sql``}
    ${query.after === undefined ? sql`` : sql`and position > ${query.after}`}
  order by position limit ${query.limit}`;

export async function findWorkflow(sql: Sql, id: string): Promise<WorkflowRow | null> {
  const [row] = await sql<WorkflowRow[]>`select ${columns(sql)} from work.workflows where id = ${id}`;
  return row ?? null;
}
