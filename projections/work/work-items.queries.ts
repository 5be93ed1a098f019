import type { WorkItemStatus } from '@coord/domain/work-item/index';
import type { Fragment, PendingQuery, Sql } from 'postgres';

/** A work item as the read model has it. */
export interface WorkItemRow {
  id: string;
  position: string;
  workflow_id: string;
  project_key: string;
  title: string;
  description: string | null;
  status: WorkItemStatus;
  priority: number;
  assigned_to: string | null;
  depends_on: string[];
  ready: boolean;
  created_at: Date;
  updated_at: Date;
  completed_at: Date | null;
  revision: number;
}

export interface WorkItemQuery {
  projectKey?: string;
  workflowId?: string;
  status?: WorkItemStatus;
  assignedTo?: string;
  ready?: boolean;
  /** The place of the last one shown. */
  after?: { priority: number; position: number };
  limit: number;
}

const columns = (sql: Sql): Fragment => sql`
  id, position, workflow_id, project_key, title, description, status, priority, assigned_to, depends_on, ready, created_at, updated_at, completed_at,
  revision`;

/** Work items, higher priority first, then older first. */
export const listWorkItems = (sql: Sql, { after, ...query }: WorkItemQuery): Promise<WorkItemRow[]> => sql<WorkItemRow[]>`
  select ${columns(sql)} from work.work_items
  where true
    ${query.projectKey === undefined ? sql`` : sql`and project_key = ${query.projectKey}`}
    ${query.workflowId === undefined ? sql`` : sql`and workflow_id = ${query.workflowId}`}
    ${query.status === undefined ? sql`` : sql`and status = ${query.status}`}
    ${query.assignedTo === undefined ? sql`` : sql`and assigned_to = ${query.assignedTo}`}
    ${query.ready === undefined ? sql`` : query.ready ? sql`and ready` : sql`and not ready`}
    ${after === undefined ? sql`` : sql`and priority <= ${after.priority} and (priority < ${after.priority} or position > ${after.position})`}
  order by priority desc, position limit ${query.limit}`;

export async function findWorkItem(sql: Sql, id: string): Promise<WorkItemRow | null> {
  const [row] = await sql<WorkItemRow[]>`select ${columns(sql)} from work.work_items where id = ${id}`;
  return row ?? null;
}

/** The best items that are ready, that nobody has and whose workflow is not over, best first, each with the revision at which it was so. */
export const claimableItems = (
  sql: Sql,
  query: { projectKey: string; workflowId?: string; limit: number },
): Promise<{ id: string; revision: number }[]> => sql<{ id: string; revision: number }[]>`
  select id, revision from work.work_items
  where ready and assigned_to is null and not workflow_over and project_key = ${query.projectKey}
    ${query.workflowId === undefined ? sql`` : sql`and workflow_id = ${query.workflowId}`}
  order by priority desc, position limit ${query.limit}`;

export interface WorkCounts {
  ready: number;
  in_progress: number;
  blocked: number;
}

/** How much work is ready, in progress and blocked, in a project or in all; one row. */
export const workCounts = (sql: Sql, projectKey?: string): PendingQuery<WorkCounts[]> => sql<WorkCounts[]>`
  select coalesce(sum(ready), 0)::integer as ready, coalesce(sum(in_progress), 0)::integer as in_progress, coalesce(sum(blocked), 0)::integer as blocked
  from work.work_counts ${projectKey === undefined ? sql`` : sql`where project_key = ${projectKey}`}`;
