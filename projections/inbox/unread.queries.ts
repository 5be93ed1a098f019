import type { PendingQuery, Sql } from 'postgres';

export interface Unread {
  projectKey?: string;
  /** Broadcasts sent before are not unread any more. */
  broadcastsSince: Date;
}

type Count = { n: string }[];

/** What one session has unread: its direct messages, and broadcasts of others. */
export async function unreadOf(sql: Sql, sessionId: string, unread: Unread): Promise<number> {
  const [row] = await countUnreadOf(sql, sessionId, unread);
  return Number(row?.n ?? 0);
}

export function countUnreadOf(sql: Sql, sessionId: string, { projectKey, broadcastsSince }: Unread): PendingQuery<Count> {
  const inProject = projectKey === undefined ? sql`` : sql`and m.project_key = ${projectKey}`;
  return sql<Count>`
    select
      (select count(*) from inbox.messages m
        where m.to_session = ${sessionId} and m.addressee_read_at is null and m.to_session <> 'ALL_SESSIONS' ${inProject})
      + (select count(*) from inbox.messages m
        where m.to_session = 'ALL_SESSIONS' and m.sent_at > ${broadcastsSince} and m.from_session <> ${sessionId} ${inProject}
          and not exists (select 1 from inbox.receipts r where r.message_id = m.id and r.session_id = ${sessionId} and r.read_at is not null)) as n`;
}

/** Direct messages unread by their addressee, plus broadcasts that some session active since `activeSince` has not read. */
export async function unreadOfAll(sql: Sql, unread: Unread & { activeSince: Date }): Promise<number> {
  const [row] = await countUnreadOfAll(sql, unread);
  return Number(row?.n ?? 0);
}

export const countUnreadOfAll = (
  sql: Sql,
  { projectKey, broadcastsSince, activeSince }: Unread & { activeSince: Date },
): PendingQuery<Count> => sql<Count>`
    with active as materialized (
      select session_id from sessions.sessions where last_activity_at > ${activeSince} and ended_at is null
      union
      select session_id from activity.seen join sessions.sessions s using (session_id) where at > ${activeSince} and (s.ended_at is null or at > s.ended_at)
    )
    select
      coalesce((select sum(direct) from inbox.unread_counts where ${projectKey === undefined ? sql`true` : sql`project_key = ${projectKey}`}), 0)
      + (select count(*) from inbox.messages m
        where m.to_session = 'ALL_SESSIONS' and m.sent_at > ${broadcastsSince} ${projectKey === undefined ? sql`` : sql`and m.project_key = ${projectKey}`}
          and exists (select 1 from active where session_id <> m.from_session and not exists (
            select 1 from inbox.receipts r where r.message_id = m.id and r.session_id = active.session_id and r.read_at is not null))) as n`;
