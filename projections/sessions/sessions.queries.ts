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

/** Sessions that have not ended, latest sign first. */
export const liveSessions = (sql: Sql, projectKey: string | undefined, limit: number): Promise<SessionRow[]> => sql<SessionRow[]>`
  select s.session_id, machine, user_name, agent, project_key, capabilities, registered_at, greatest(s.last_activity_at, a.at) as last_activity_at
  from sessions.sessions s left join activity.seen a using (session_id)
  where true ${projectKey === undefined ? sql`` : sql`and project_key = ${projectKey}`}
  order by s.last_activity_at desc limit ${limit}`;

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
