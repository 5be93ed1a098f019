import type { WorkflowChanges } from '@coord/domain/workflow/index';
import type { Target } from '@coord/projection-runner/index';

/** What became of a workflow in a batch: the fields that are left out are as they were. */
export type WorkflowUpdate = WorkflowChanges & { id: string; updated_at: string };

export async function insertWorkflows({ sql, table }: Target, rows: object[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into ${table('workflows')} (id, position, project_key, name, description, status, created_by, created_at, updated_at,
      total, completed, in_progress, blocked)
    select workflow_id, position, project_key, name, description, status, created_by, created_at, created_at, 0, 0, 0, 0
    from jsonb_to_recordset(${sql.json(rows as never)}) as r (
      workflow_id uuid, position bigint, project_key text, name text, description text, status text, created_by text, created_at timestamptz)`;
}

export async function updateWorkflows({ sql, table }: Target, rows: WorkflowUpdate[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    update ${table('workflows')} w set
      name = coalesce(r.change ->> 'name', w.name),
      description = case when r.change ? 'description' then r.change ->> 'description' else w.description end,
      status = coalesce(r.change ->> 'status', w.status),
      updated_at = (r.change ->> 'updated_at')::timestamptz
    from jsonb_array_elements(${sql.json(rows as never)}) as r (change)
    where w.id = (r.change ->> 'id')::uuid`;
}

/** Tells the items of these workflows whether it is over: before the batch's own items come in, which learn it by themselves. */
export async function settleOver({ sql, table }: Target, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`
    update ${table('work_items')} i set workflow_over = not i.workflow_over
    from ${table('workflows')} w
    where w.id = any(${ids as string[]}::uuid[]) and i.workflow_id = w.id and i.workflow_over <> (w.status in ('completed', 'cancelled'))`;
}
