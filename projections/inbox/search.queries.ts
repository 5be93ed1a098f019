import type { Fragment, Sql } from 'postgres';
import { columns, filtersOf, joinReceipt } from './inbox.queries';
import type { MessageQuery, MessageRow } from './message-row';

export interface MessageSearch extends Omit<MessageQuery, 'after'> {
  /** What their words have to hold, as a `tsquery`. */
  words: string;
  /** The last message that was shown. */
  after?: { rank: number; position: number };
}

/** A message with how well it matches: in millionths of what Postgres ranks it, whole numbers, so that a cursor can hold it exactly. */
export type FoundMessage = MessageRow & { rank: number };

/**
 * The messages that `listMessages` would give and that hold all the words, best first, then oldest first. A message's rank comes from
 * its own text alone, and neither changes: what is found later joins the order without moving what is in it.
 */
export async function searchMessages(sql: Sql, { words, after, limit, ...query }: MessageSearch): Promise<FoundMessage[]> {
  const reader = query.toSession === undefined ? sql`m.to_session` : sql`${query.toSession}`;
  const unread = sql`
    and not exists (select 1 from inbox.receipts r where r.message_id = m.id and r.session_id = ${reader} and r.read_at is not null)`;
  return sql<FoundMessage[]>`
    with found as materialized (
      select m.position, (ts_rank(w.words, ${words}::tsquery) * 1000000)::int as rank
      from search.words w join inbox.messages m on m.position = w.position
      where w.words @@ ${words}::tsquery ${reachOf(sql, query)} ${query.unreadOnly ? unread : sql``} ${filtersOf(sql, query)}
    ), page as (
      select position, rank from found
      where ${after === undefined ? sql`true` : sql`(rank < ${after.rank} or rank = ${after.rank} and position > ${after.position})`}
      order by rank desc, position limit ${limit}
    )
    select ${columns(sql)}, page.rank
    from page join inbox.messages m on m.position = page.position ${joinReceipt(sql, reader)}
    order by page.rank desc, m.position`;
}

/** Whom a message reaches: with a session, what is in its inbox. */
function reachOf(sql: Sql, { toSession: me, unreadOnly, broadcastsSince }: Omit<MessageSearch, 'words' | 'limit'>): Fragment {
  if (me === undefined) return sql``;
  const broadcast = sql`
    m.to_session = 'ALL_SESSIONS' and m.from_session <> ${me} ${unreadOnly ? sql`and m.sent_at > ${broadcastsSince}` : sql``}`;
  return sql`and (m.to_session = ${me} and m.to_session <> 'ALL_SESSIONS' or ${broadcast})`;
}
