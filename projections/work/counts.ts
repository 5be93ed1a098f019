import type { WorkItemStatus } from '@coord/domain/work-item/index';
import type { Target } from '@coord/projection-runner/index';

/** What the counts need to know of an item. */
export interface Standing {
  id: string;
  workflow_id: string;
  project_key: string;
  status: WorkItemStatus;
  ready: boolean;
}

/** These items, and those that depend on the `moved` ones, as they are at this point of the transaction: asked at the call, not when awaited. */
export async function standing({ sql, table }: Target, touched: readonly string[], moved: readonly string[]): Promise<Standing[]> {
  return await sql<Standing[]>`
    select id, workflow_id, project_key, status, ready from ${table('work_items')}
    where id in (
      select unnest(${touched as string[]}::uuid[])
      union select work_item_id from ${table('dependencies')} where depends_on = any(${moved as string[]}::uuid[]))`;
}

type Counts = { total: number; completed: number; in_progress: number; blocked: number; ready: number };

/** Moves the counts of workflows and projects by what was before a batch and what is after it. */
export async function adjustCounts({ sql, table }: Target, before: readonly Standing[], after: readonly Standing[]): Promise<void> {
  const workflows = new Map<string, Counts>();
  const projects = new Map<string, Counts>();
  for (const [items, sign] of [[before, -1] as const, [after, 1] as const]) {
    for (const item of items) {
      add(workflows, item.workflow_id, item, sign);
      add(projects, item.project_key, item, sign);
    }
  }
  const rows = (counts: ReadonlyMap<string, Counts>) =>
    sql.json([...counts].map(([key, one]) => ({ key, ...one })).filter(({ key: _, ...one }) => Object.values(one).some((n) => n !== 0)));
  await Promise.all([
    sql`
      update ${table('workflows')} w set
        total = w.total + r.total, completed = w.completed + r.completed, in_progress = w.in_progress + r.in_progress, blocked = w.blocked + r.blocked
      from jsonb_to_recordset(${rows(workflows)}) as r (key uuid, total integer, completed integer, in_progress integer, blocked integer)
      where w.id = r.key`,
    sql`
      insert into ${table('work_counts')} as c (project_key, ready, in_progress, blocked)
      select key, ready, in_progress, blocked
      from jsonb_to_recordset(${rows(projects)}) as r (key text, ready integer, in_progress integer, blocked integer)
      on conflict (project_key) do update set
        ready = c.ready + excluded.ready, in_progress = c.in_progress + excluded.in_progress, blocked = c.blocked + excluded.blocked`,
  ]);
}

function add(all: Map<string, Counts>, key: string, { status, ready }: Standing, sign: 1 | -1): void {
  const counts = all.get(key) ?? { total: 0, completed: 0, in_progress: 0, blocked: 0, ready: 0 };
  all.set(key, counts);
  counts.total += sign;
  if (status === 'completed' || status === 'in_progress' || status === 'blocked') counts[status] += sign;
  if (ready) counts.ready += sign;
}
