import type { Sql } from 'postgres';

/** Sessions that have acted but are not registered in the log: the engine died in between, or is about to do it. */
export const unregistered = (sql: Sql, limit: number) =>
  sql<{ session_id: string; project_key: string | null; registered_at: Date }[]>`
    select session_id, project_key, registered_at from sessions.sessions where not registered order by session_id limit ${limit}`;

/** Sessions of which there was no sign after `lostSince`, and of which the log does not say so yet; the longest silence first. */
export const silentSessions = (sql: Sql, lostSince: Date, limit: number) =>
  sql<{ session_id: string; last_activity_at: Date }[]>`
    select s.session_id, greatest(s.last_activity_at, a.at) as last_activity_at
    from sessions.sessions s left join activity.seen a using (session_id)
    where s.standing = 'open' and s.registered and s.last_activity_at <= ${lostSince} and (a.at is null or a.at <= ${lostSince})
    order by s.last_activity_at limit ${limit}`;

/** Sessions that acted after they had ended or were lost, where the log does not say so yet: by events, or by signs after `since`. */
export const returnedSessions = (sql: Sql, since: Date, limit: number) =>
  sql<{ session_id: string; project_key: string | null; resumed_at: Date }[]>`
    select session_id, project_key, max(at) as resumed_at from (
      (select session_id, project_key, last_activity_at as at from sessions.sessions where acted_since limit ${limit})
      union all
      (select session_id, s.project_key, a.at from activity.seen a join sessions.sessions s using (session_id)
        where a.at > ${since} and s.standing <> 'open' and a.at > s.standing_at limit ${limit})
    ) as returned group by session_id, project_key`;

/** The end of a session: the event that says so, and its position. */
export interface SessionEnd {
  session_id: string;
  event_id: string;
  position: number;
}

/** Ends after position `after` whose sessions still hold locks that were claimed before; oldest first. */
export async function unfinishedEnds(sql: Sql, after: number, limit: number): Promise<SessionEnd[]> {
  const rows = await sql<{ session_id: string; event_id: string; position: string }[]>`
    select session_id, end_event as event_id, end_position as position from sessions.sessions s
    where end_position > ${after} and exists (
      select 1 from locks.locks l where l.session_id = s.session_id and l.status = 'active' and l.position < s.end_position)
    order by end_position limit ${limit}`;
  return rows.map((row) => ({ ...row, position: Number(row.position) }));
}

/** The last end of a session, null if it never ended. */
export async function lastEnd(sql: Sql, sessionId: string): Promise<SessionEnd | null> {
  const [row] = await sql<{ session_id: string; event_id: string; position: string }[]>`
    select session_id, end_event as event_id, end_position as position from sessions.sessions where session_id = ${sessionId} and end_position is not null`;
  return row ? { ...row, position: Number(row.position) } : null;
}
