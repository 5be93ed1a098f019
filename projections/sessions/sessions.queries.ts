import type { Fragment, PendingQuery, Sql } from 'postgres';
import { fromSessions, isOver, lastSign, type SessionQuery, type SessionRow, sessionColumns } from './session-row';

/** A session works in the project that it named last, where it acted last, and where it holds a lock. */
const holdersIn = (sql: Sql, projectKey: string): Fragment => sql`
  select session_id from locks.locks where project_key = ${projectKey} and status = 'active'`;

/** Sessions that have not ended, latest sign first: it is among the latest in the log, or among the latest beside it. */
export function liveSessions(sql: Sql, projectKey: string | undefined, limit: number): PendingQuery<SessionRow[]> {
  const inLog = (where: Fragment): Fragment => sql`
    (select session_id from sessions.sessions where ended_at is null ${where} order by last_activity_at desc limit ${limit})`;
  const byLog =
    projectKey === undefined
      ? inLog(sql``)
      : sql`${inLog(sql`and project_key = ${projectKey}`)} union ${inLog(sql`and last_project_key = ${projectKey}`)} union ${holdersIn(sql, projectKey)}`;
  const there = projectKey === undefined ? sql`` : sql`where project_key = ${projectKey} or last_project_key = ${projectKey}`;
  return sql<SessionRow[]>`
    with latest as (
      ${byLog}
      union
      (select seen.session_id from activity.seen
        cross join lateral (select project_key, last_project_key from sessions.sessions s where s.session_id = seen.session_id offset 0) as known
        ${there} order by at desc limit ${limit})
    )
    select ${sessionColumns(sql)} from latest join sessions.sessions s using (session_id) left join activity.seen a using (session_id)
    where not ${isOver(sql)}
    order by ${lastSign(sql)} desc, session_id collate "C" limit ${limit}`;
}

/** Sessions of any status, latest first appearance first. */
export const listSessions = (sql: Sql, query: SessionQuery): Promise<SessionRow[]> => sql<SessionRow[]>`
  select ${sessionColumns(sql)} ${fromSessions(sql)}
  where ${query.before === undefined ? sql`true` : sql`s.position < ${query.before}`}
    ${query.projectKey === undefined ? sql`` : sql`and s.session_id in (${sessionsIn(sql, query.projectKey)})`}
    ${hasStatus(sql, query)}
  order by s.position desc limit ${query.limit}`;

const sessionsIn = (sql: Sql, projectKey: string): Fragment => sql`
  select session_id from sessions.sessions where project_key = ${projectKey}
  union select session_id from sessions.sessions where last_project_key = ${projectKey}
  union ${holdersIn(sql, projectKey)}`;

/** The same rule as `statusAfterSilence`. Who gave a sign lately are few, and found by that. */
function hasStatus(sql: Sql, { status, idleSince, lostSince }: SessionQuery): Fragment {
  const since = (moment: Date): Fragment => sql`
    and not ${isOver(sql)} and ${lastSign(sql)} > ${moment} and s.session_id in (
      select session_id from sessions.sessions where last_activity_at > ${moment} union select session_id from activity.seen where at > ${moment})`;
  switch (status) {
    case undefined:
      return sql``;
    case 'active':
      return since(idleSince > lostSince ? idleSince : lostSince);
    case 'idle':
      return sql`${since(lostSince)} and ${lastSign(sql)} <= ${idleSince}`;
    case 'lost':
      return sql`and not ${isOver(sql)} and ${lastSign(sql)} <= ${lostSince}`;
    case 'ended':
      return sql`and ${isOver(sql)}`;
  }
}

/** One session, null if no one has seen it. */
export async function findSession(sql: Sql, sessionId: string): Promise<SessionRow | null> {
  const [row] = await sql<SessionRow[]>`select ${sessionColumns(sql)} ${fromSessions(sql)} where s.session_id = ${sessionId}`;
  return row ?? null;
}

/** A heartbeat that went into the log. */
export interface HeartbeatRow {
  position: string;
  at: Date;
  project_key: string | null;
  action: string | null;
  target: string | null;
  phase: string | null;
  progress: number | null;
  next_action: string | null;
}

/** What a session said it was at, latest first. */
export const listHeartbeats = (sql: Sql, sessionId: string, before: number | undefined, limit: number): Promise<HeartbeatRow[]> => sql<
  HeartbeatRow[]
>`
  select position, at, project_key, action, target, phase, progress, next_action from sessions.heartbeats
  where session_id = ${sessionId} ${before === undefined ? sql`` : sql`and position < ${before}`}
  order by position desc limit ${limit}`;

export async function isKnown(sql: Sql, sessionId: string): Promise<boolean> {
  const [row] = await sql`select 1 from sessions.sessions where session_id = ${sessionId}`;
  return row !== undefined;
}

/** Names of the sessions seen last, to find those that resemble an unknown one. */
export async function recentNames(sql: Sql, limit: number): Promise<string[]> {
  const rows = await sql<{ session_id: string }[]>`select session_id from sessions.sessions order by last_activity_at desc limit ${limit}`;
  return rows.map((row) => row.session_id);
}
