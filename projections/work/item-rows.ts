import type { WorkItemAdded, WorkItemChanged } from '@coord/domain/work-item/index';
import type { Target } from '@coord/projection-runner/index';

export type ItemRow = WorkItemAdded['data'] & { position: number };

/** What became of an item in a batch: the fields that are left out are as they were. */
export type ItemUpdate = WorkItemChanged['data']['changes'] & { id: string; updated_at: string; revision: number };

export async function insertItems({ sql, table }: Target, rows: ItemRow[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into ${table('work_items')} (id, position, workflow_id, project_key, title, description, status, priority, assigned_to, depends_on,
      open_dependencies, created_at, updated_at, completed_at, revision, workflow_over)
    select work_item_id, r.position, workflow_id, r.project_key, title, r.description, r.status, priority, assigned_to, depends_on,
      jsonb_array_length(depends_on), r.created_at, r.created_at, completed_at, revision, coalesce(w.status in ('completed', 'cancelled'), false)
    from jsonb_to_recordset(${sql.json(rows as never)}) as r (
      work_item_id uuid, position bigint, workflow_id uuid, project_key text, title text, description text, status text, priority integer,
      assigned_to text, depends_on jsonb, created_at timestamptz, completed_at timestamptz, revision integer)
    left join ${table('workflows')} w on w.id = r.workflow_id`;
}

export async function updateItems({ sql, table }: Target, rows: ItemUpdate[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    update ${table('work_items')} i set
      title = coalesce(r.change ->> 'title', i.title),
      description = case when r.change ? 'description' then r.change ->> 'description' else i.description end,
      status = coalesce(r.change ->> 'status', i.status),
      priority = coalesce((r.change ->> 'priority')::integer, i.priority),
      assigned_to = case when r.change ? 'assigned_to' then r.change ->> 'assigned_to' else i.assigned_to end,
      depends_on = coalesce(r.change -> 'depends_on', i.depends_on),
      completed_at = case when r.change ? 'completed_at' then (r.change ->> 'completed_at')::timestamptz else i.completed_at end,
      updated_at = (r.change ->> 'updated_at')::timestamptz,
      revision = (r.change ->> 'revision')::integer
    from jsonb_array_elements(${sql.json(rows as never)}) as r (change)
    where i.id = (r.change ->> 'id')::uuid`;
}

/** `rewired`: what these items depend on now. */
export async function replaceDependencies({ sql, table }: Target, rewired: ReadonlyMap<string, readonly string[]>): Promise<void> {
  if (rewired.size === 0) return;
  const edges = [...rewired].flatMap(([work_item_id, ids]) => ids.map((depends_on) => ({ work_item_id, depends_on })));
  await Promise.all([
    sql`delete from ${table('dependencies')} where work_item_id = any(${[...rewired.keys()]}::uuid[])`,
    sql`
      insert into ${table('dependencies')} (work_item_id, depends_on)
      select work_item_id, depends_on from jsonb_to_recordset(${sql.json(edges as never)}) as r (work_item_id uuid, depends_on uuid)
      on conflict do nothing`,
  ]);
}

/** Counts anew what keeps these items, and those that depend on the `moved` ones, from being ready. */
export async function settleReadiness({ sql, table }: Target, rewired: readonly string[], moved: readonly string[]): Promise<void> {
  if (rewired.length === 0 && moved.length === 0) return;
  await sql`
    with open as (
      select affected.id, count(needed.id)::integer as n
      from (
        select id from unnest(${rewired as string[]}::uuid[]) as r (id)
        union select work_item_id from ${table('dependencies')} where depends_on = any(${moved as string[]}::uuid[])
      ) as affected
      left join ${table('dependencies')} d on d.work_item_id = affected.id
      left join ${table('work_items')} needed on needed.id = d.depends_on and needed.status <> 'completed'
      group by affected.id
    )
    update ${table('work_items')} i set open_dependencies = open.n from open where i.id = open.id and i.open_dependencies <> open.n`;
}
