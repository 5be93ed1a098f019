import type { Sql } from 'postgres';

export interface ProjectRow {
  project_key: string;
  events: string;
  active_locks: string;
  components: string;
  messages: string;
  last_activity_at: Date;
}

/** Projects by their keys, after the key `after`. */
export const listProjects = (sql: Sql, after: string | undefined, limit: number): Promise<ProjectRow[]> => sql<ProjectRow[]>`
  select project_key, events, active_locks, components, messages, last_activity_at from projects.projects
  where true ${after === undefined ? sql`` : sql`and project_key > ${after}`}
  order by project_key limit ${limit}`;
