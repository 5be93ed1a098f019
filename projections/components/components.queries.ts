import type { PendingQuery, Sql } from 'postgres';

/** A component as the read model has it. `place` orders lists: the position of its latest change, as of the list's first page. */
export interface ComponentRow {
  project_key: string;
  component: string;
  state: string;
  version: string | null;
  notes: string | null;
  updated_by: string;
  updated_at: Date;
  revision: number;
  place: string;
}

export interface ComponentQuery {
  projectKey?: string;
  state?: string;
  /** `asOf`: where the log was at the first page, `before`: the place of the last component shown. What changes meanwhile keeps its place. */
  page?: { asOf: number; before: number };
  limit: number;
}

/** Components, latest change first. */
export function listComponents(sql: Sql, query: ComponentQuery): PendingQuery<ComponentRow[]> {
  const place = query.page
    ? sql`case when c.position <= ${query.page.asOf} then c.position else (
        select h.position from components.component_history h
        where h.project_key = c.project_key and h.component = c.component and h.position <= ${query.page.asOf}
        order by h.revision desc limit 1) end`
    : sql`c.position`;
  return sql<ComponentRow[]>`
    select c.project_key, c.component, c.state, c.version, c.notes, c.updated_by, c.updated_at, c.revision, ${place} as place
    from components.components c
    where true
      ${query.projectKey === undefined ? sql`` : sql`and c.project_key = ${query.projectKey}`}
      ${query.state === undefined ? sql`` : sql`and c.state = ${query.state}`}
      ${query.page === undefined ? sql`` : sql`and ${place} < ${query.page.before}`}
    order by place desc limit ${query.limit}`;
}

export async function findComponent(sql: Sql, projectKey: string, component: string): Promise<ComponentRow | null> {
  const [row] = await sql<ComponentRow[]>`
    select project_key, component, state, version, notes, updated_by, updated_at, revision, position as place
    from components.components where project_key = ${projectKey} and component = ${component}`;
  return row ?? null;
}

/** Every state that a component had, oldest first, after the revision `after`. */
export const componentHistory = (sql: Sql, projectKey: string, component: string, after: number, limit: number): Promise<ComponentRow[]> => sql<
  ComponentRow[]
>`
  select project_key, component, state, version, notes, updated_by, updated_at, revision, position as place
  from components.component_history
  where project_key = ${projectKey} and component = ${component} and revision > ${after}
  order by revision limit ${limit}`;
