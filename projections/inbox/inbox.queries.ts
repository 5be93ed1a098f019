import type { MessageType } from '@coord/domain/message/index';
import type { Fragment, PendingQuery, Sql } from 'postgres';
import type { MessageQuery, MessageRow } from './message-row';

export const columns = (sql: Sql): Fragment => sql`
  m.id, m.position, m.from_session, m.to_session, m.project_key, m.subject, m.body, m.type, m.priority, m."references", m.metadata, m.reply_to,
  m.thread_id, m.ack_required, m.sent_at, r.delivered_at, r.read_at, r.acknowledged_at`;

/** What `reader` did with each message: looked up one by one (`limit` sees to it), for a session's receipts are as many as its messages ever. */
export const joinReceipt = (sql: Sql, reader: Fragment): Fragment => sql`
  left join lateral (
    select delivered_at, read_at, acknowledged_at from inbox.receipts where message_id = m.id and session_id = ${reader} limit 1
  ) r on true`;

/** What is asked of the messages themselves, whoever reads them. */
export const filtersOf = (sql: Sql, query: Omit<MessageQuery, 'after' | 'limit'>): Fragment => sql`
  ${query.projectKey === undefined ? sql`` : sql`and m.project_key = ${query.projectKey}`}
  ${query.fromSession === undefined ? sql`` : sql`and m.from_session = ${query.fromSession}`}
  ${query.type === undefined ? sql`` : sql`and m.type = ${query.type}`}
  ${query.priority === undefined ? sql`` : sql`and m.priority = ${query.priority}`}
  ${query.since === undefined ? sql`` : sql`and m.sent_at >= ${query.since}`}
  ${query.thread === undefined ? sql`` : sql`and m.thread_id = ${query.thread}`}`;

/** Messages as their reader sees them: the session that asks, without one the addressee. Oldest first. */
export async function listMessages(sql: Sql, query: MessageQuery): Promise<MessageRow[]> {
  const filters = sql`${filtersOf(sql, query)} ${query.after === undefined ? sql`` : sql`and m.position > ${query.after}`}`;
  if (query.toSession === undefined) {
    return sql<MessageRow[]>`
      select ${columns(sql)} from inbox.messages m ${joinReceipt(sql, sql`m.to_session`)}
      where true ${query.unreadOnly ? sql`and r.read_at is null` : sql``} ${filters} order by m.position limit ${query.limit}`;
  }
  const { toSession: me, unreadOnly, limit } = query;
  const direct = sql`m.to_session = ${me} and m.to_session <> 'ALL_SESSIONS' ${unreadOnly ? sql`and m.addressee_read_at is null` : sql``} ${filters}`;
  const broadcast = sql`
    m.to_session = 'ALL_SESSIONS' and m.from_session <> ${me} ${unreadOnly ? sql`and m.sent_at > ${query.broadcastsSince}` : sql``} ${filters}`;
  // What is unread are few, and late. The planner takes them for spread evenly and would walk to them through all messages in
  // order; behind `offset 0` it looks for them by their own index first. Everything else comes in order from the start.
  const part = (which: Fragment): Fragment => sql`
    (select ${columns(sql)} from ${unreadOnly ? sql`(select * from inbox.messages m where ${which} offset 0) m` : sql`inbox.messages m`}
      ${joinReceipt(sql, sql`${me}`)}
      where ${unreadOnly ? sql`r.read_at is null` : which} order by m.position limit ${limit})`;
  return sql<MessageRow[]>`${part(direct)} union all ${part(broadcast)} order by position limit ${limit}`;
}

/** One message, as `reader` sees it (null: its addressee). */
export async function findMessage(sql: Sql, id: string, reader: string | null): Promise<MessageRow | null> {
  const [row] = await sql<MessageRow[]>`
    select ${columns(sql)} from inbox.messages m ${joinReceipt(sql, sql`coalesce(${reader}, m.to_session)`)}
    where m.id = ${id}`;
  return row ?? null;
}

/** Those among these ids (lower case) that messages have. */
export async function knownMessages(sql: Sql, ids: readonly string[]): Promise<Set<string>> {
  const rows = await sql<{ id: string }[]>`select id from inbox.messages where id = any(${ids as string[]}::uuid[])`;
  return new Set(rows.map(({ id }) => id));
}

/** Who was shown a message, who read and who acknowledged it. */
export async function receiptsOf(sql: Sql, id: string) {
  return sql<{ session_id: string; delivered_at: Date | null; read_at: Date | null; acknowledged_at: Date | null }[]>`
    select session_id, delivered_at, read_at, acknowledged_at from inbox.receipts
    where message_id = ${id} order by coalesce(delivered_at, read_at, acknowledged_at), session_id`;
}

/** Questions and blockers without a response, and acknowledgements owed; oldest first. `type`: only questions or only blockers. */
export const listUnanswered = (
  sql: Sql,
  query: { projectKey?: string; type?: MessageType; after?: number; limit: number },
): PendingQuery<MessageRow[]> => sql<MessageRow[]>`
  select ${columns(sql)} from inbox.messages m ${joinReceipt(sql, sql`m.to_session`)}
  where (m.awaits_answer or m.awaits_ack)
    ${query.type === undefined ? sql`` : sql`and m.awaits_answer and m.type = ${query.type}`}
    ${query.projectKey === undefined ? sql`` : sql`and m.project_key = ${query.projectKey}`}
    ${query.after === undefined ? sql`` : sql`and m.position > ${query.after}`}
  order by m.position limit ${query.limit}`;
