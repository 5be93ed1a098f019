import type { Sql } from 'postgres';

export interface SessionRow {
  session_id: string;
  machine: string | null;
  user_name: string | null;
  agent: string | null;
  project_key: string | null;
  capabilities: string[];
  registered_at: Date;
  last_activity_at: Date;
}

/** Sessions that have not ended, latest sign first: it is among the latest in the log, or among the latest beside it. */
export function liveSessions(sql: Sql, projectKey: string | undefined, limit: number): Promise<SessionRow[]> {
  const inProject = projectKey === undefined ? sql`` : sql`where project_key = ${projectKey}`;
  return sql<SessionRow[]>`
    with latest as (
      (select session_id from sessions.sessions ${inProject} order by last_activity_at desc limit ${limit})
      union
      (select seen.session_id from activity.seen
        cross join lateral (select project_key from sessions.sessions s where s.session_id = seen.session_id offset 0) as known
        ${inProject} order by at desc limit ${limit})
    )
    select session_id, machine, user_name, agent, project_key, capabilities, registered_at, greatest(s.last_activity_at, a.at) as last_activity_at
    from latest join sessions.sessions s using (session_id) left join activity.seen a using (session_id)
    order by greatest(s.last_activity_at, a.at) desc, session_id limit ${limit}`;
}

export async function isKnown(sql: Sql, sessionId: string): Promise<boolean> {
  const [row] = await sql`select 1 from sessions.sessions where session_id = ${sessionId}`;
  return row !== undefined;
}

/** Names of the sessions seen last, to find those that resemble an unknown one. */
export async function recentNames(sql: Sql, limit: number): Promise<string[]> {
  const rows = await sql<{ session_id: string }[]>`select session_id from sessions.sessions order by last_activity_at desc limit ${limit}`;
  return rows.map((row) => row.session_id);
}

/** Sessions that have acted but are not registered in the log: the engine died in between, or is about to do it. */
export const unregistered = (sql: Sql, limit: number): Promise<{ session_id: string; project_key: string | null }[]> =>
  sql<{ session_id: string; project_key: string | null }[]>`
    select session_id, project_key from sessions.sessions where not registered order by session_id limit ${limit}`;
