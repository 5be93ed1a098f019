import type { Fragment, PendingQuery, Sql } from 'postgres';

/** What each of these sessions has unread, as `unreadOf` counts it, in one question for all of them. Broadcasts sent before `broadcastsSince` are not unread any more. */
export async function unreadOfSessions(sql: Sql, sessions: readonly string[], broadcastsSince: Date): Promise<Map<string, number>> {
  const rows = await countUnreadOfSessions(sql, sessions, broadcastsSince);
  return new Map(rows.map(({ session_id, n }) => [session_id, Number(n)]));
}

/** `sessions` may also be an array of the statement that this becomes a part of. */
export const countUnreadOfSessions = (
  sql: Sql,
  sessions: readonly string[] | Fragment,
  broadcastsSince: Date,
): PendingQuery<{ session_id: string; n: string }[]> => sql<{ session_id: string; n: string }[]>`
    with asked as materialized (select unnest(${sessions as string[]}::text[]) as session_id),
    broadcasts as materialized (select id, from_session from inbox.messages where to_session = 'ALL_SESSIONS' and sent_at > ${broadcastsSince}),
    direct as (
      select m.to_session as session_id, count(*) as n from inbox.messages m
      where m.to_session = any(${sessions as string[]}::text[]) and m.addressee_read_at is null and m.to_session <> 'ALL_SESSIONS' group by 1
    ),
    own as (select from_session as session_id, count(*) as n from broadcasts group by 1),
    seen as (
      select r.session_id, count(*) as n from broadcasts b join inbox.receipts r on r.message_id = b.id
      where r.read_at is not null and r.session_id = any(${sessions as string[]}::text[]) and r.session_id <> b.from_session group by 1
    )
    select session_id, coalesce(direct.n, 0) + (select count(*) from broadcasts) - coalesce(own.n, 0) - coalesce(seen.n, 0) as n
    from asked left join direct using (session_id) left join own using (session_id) left join seen using (session_id)`;
