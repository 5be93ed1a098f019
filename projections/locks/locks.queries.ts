import type { Fragment, PendingQuery, Sql } from 'postgres';
import type { LockQuery, LockRow } from './lock-row';

/** The last sign of a lock's holder: what it did, by the log or since then, and the lock's own renewal. */
const lastSign = (sql: Sql): Fragment => sql`greatest(l.acquired_at, l.renewed_at, s.last_activity_at, a.at)`;

const fromLocks = (sql: Sql): Fragment => sql`
  from locks.locks l left join sessions.sessions s on s.session_id = l.session_id left join activity.seen a on a.session_id = l.session_id`;

const columns = (sql: Sql): Fragment => sql`
  l.id, l.position, l.project_key, l.session_id, l.resource, l.mode, l.description, l.ttl_hours, l.acquired_at, l.renewed_at, l.expires_at,
  l.fence, l.status, l.ended_at, l.ended_by, l.end_reason, ${lastSign(sql)} as last_activity_at`;

/** Locks, oldest first. What has run out is no active lock, whether or not its expiry is in the log yet. */
export function listLocks(sql: Sql, query: LockQuery): PendingQuery<LockRow[]> {
  const live = sql`l.status = 'active' and (l.expires_at is null or l.expires_at > ${query.now})`;
  const stale = sql`(${live} and ${lastSign(sql)} <= ${query.staleBefore})`;
  return sql<LockRow[]>`
    select ${columns(sql)} ${fromLocks(sql)}
    where ${query.includeInactive ? sql`true` : live}
      ${query.projectKey === undefined ? sql`` : sql`and l.project_key = ${query.projectKey}`}
      ${query.sessionId === undefined ? sql`` : sql`and l.session_id = ${query.sessionId}`}
      ${query.stale === undefined ? sql`` : query.stale ? sql`and ${stale}` : sql`and not ${stale}`}
      ${query.prefix === undefined ? sql`` : mayOverlap(sql, query.prefix)}
      ${query.after === undefined ? sql`` : sql`and l.position > ${query.after}`}
    order by l.position limit ${query.limit}`;
}

/** Two resources can only overlap where one's literal prefix is the other's, or leads to it. */
const mayOverlap = (sql: Sql, prefix: string): Fragment => sql`
  and (l.prefix = '' or ${prefix} = '' or l.prefix = ${prefix} or starts_with(l.prefix, ${`${prefix}/`}) or starts_with(${prefix}, l.prefix || '/'))`;

/** The locks of these ids; an unknown id is left out. */
export const locksByIds = (sql: Sql, ids: readonly string[]): Promise<LockRow[]> => sql<LockRow[]>`
  select ${columns(sql)} ${fromLocks(sql)} where l.id = any(${ids as string[]}::uuid[]) order by l.position`;

/** When each of these sessions last gave a sign; one that never did is left out. */
export async function lastActivityOf(sql: Sql, sessions: readonly string[]): Promise<Map<string, string>> {
  const rows = await sql<{ session_id: string; at: Date }[]>`
    select session_id, greatest(s.last_activity_at, a.at) as at
    from unnest(${sessions as string[]}::text[]) as asked (session_id)
      left join sessions.sessions s using (session_id) left join activity.seen a using (session_id)
    where s.last_activity_at is not null or a.at is not null`;
  return new Map(rows.map(({ session_id, at }) => [session_id, at.toISOString()]));
}

/** Projects that a session holds locks in. */
export async function projectsHeldBy(sql: Sql, sessionId: string): Promise<string[]> {
  const rows = await sql<{ project_key: string }[]>`
    select distinct project_key from locks.locks where status = 'active' and session_id = ${sessionId}`;
  return rows.map((row) => row.project_key);
}

/** Projects in which a lock has run out that is still active in the log, or the time of somebody who waits is over. */
export async function projectsWithExpired(sql: Sql, now: Date): Promise<string[]> {
  const rows = await sql<{ project_key: string }[]>`
    select project_key from locks.locks where status = 'active' and expires_at <= ${now}
    union select project_key from locks.requests where until <= ${now}`;
  return rows.map((row) => row.project_key);
}

/** What these sessions hold, oldest first; without the locks of the ids `besides`. */
export const locksHeldBy = (sql: Sql, sessions: readonly string[] | Fragment, now: Date, besides?: Fragment): PendingQuery<LockRow[]> => sql<
  LockRow[]
>`
  select ${columns(sql)} ${fromLocks(sql)}
  where l.status = 'active' and l.session_id = any(${sessions as string[]}::text[]) and (l.expires_at is null or l.expires_at > ${now})
    ${besides === undefined ? sql`` : sql`and l.id <> all(${besides})`}
  order by l.position`;

/** What a session still holds of what it claimed before that position. */
export const locksClaimedBefore = (sql: Sql, sessionId: string, position: number) => sql<{ id: string; project_key: string }[]>`
  select id, project_key from locks.locks where status = 'active' and session_id = ${sessionId} and position < ${position} order by position`;
