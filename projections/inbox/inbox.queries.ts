import type { Fragment, Sql } from 'postgres';
import type { MessageQuery, MessageRow } from './message-row';

const columns = (sql: Sql): Fragment => sql`
  m.id, m.position, m.from_session, m.to_session, m.project_key, m.subject, m.body, m.type, m.priority, m."references", m.metadata, m.reply_to,
  m.thread_id, m.ack_required, m.sent_at, r.delivered_at, r.read_at, r.acknowledged_at`;

/** Messages as their reader sees them: the session that asks, without one the addressee. Oldest first. */
export async function listMessages(sql: Sql, query: MessageQuery): Promise<MessageRow[]> {
  const filters = sql`
    ${query.projectKey === undefined ? sql`` : sql`and m.project_key = ${query.projectKey}`}
    ${query.fromSession === undefined ? sql`` : sql`and m.from_session = ${query.fromSession}`}
    ${query.type === undefined ? sql`` : sql`and m.type = ${query.type}`}
    ${query.priority === undefined ? sql`` : sql`and m.priority = ${query.priority}`}
    ${query.since === undefined ? sql`` : sql`and m.sent_at >= ${query.since}`}
    ${query.thread === undefined ? sql`` : sql`and m.thread_id = ${query.thread}`}
    ${query.after === undefined ? sql`` : sql`and m.position > ${query.after}`}`;
  if (query.toSession === undefined) {
    return sql<MessageRow[]>`
      select ${columns(sql)} from inbox.messages m left join inbox.receipts r on r.message_id = m.id and r.session_id = m.to_session
      where true ${query.unreadOnly ? sql`and r.read_at is null` : sql``} ${filters} order by m.position limit ${query.limit}`;
  }
  const me = query.toSession;
  const seen = sql`left join inbox.receipts r on r.message_id = m.id and r.session_id = ${me}`;
  // two index scans, each in order and cut off: the cost is that of a page, not of the history
  return sql<MessageRow[]>`
    (select ${columns(sql)} from inbox.messages m ${seen}
      where m.to_session = ${me} ${query.unreadOnly ? sql`and m.addressee_read_at is null and m.to_session <> 'ALL_SESSIONS'` : sql``} ${filters}
      order by m.position limit ${query.limit})
    union all
    (select ${columns(sql)} from inbox.messages m ${seen}
      where m.to_session = 'ALL_SESSIONS' and m.from_session <> ${me}
        ${query.unreadOnly ? sql`and m.sent_at > ${query.broadcastsSince} and r.read_at is null` : sql``} ${filters}
      order by m.position limit ${query.limit})
    order by position limit ${query.limit}`;
}

/** One message, as `reader` sees it (null: its addressee). */
export async function findMessage(sql: Sql, id: string, reader: string | null): Promise<MessageRow | null> {
  const [row] = await sql<MessageRow[]>`
    select ${columns(sql)} from inbox.messages m
      left join inbox.receipts r on r.message_id = m.id and r.session_id = coalesce(${reader}, m.to_session)
    where m.id = ${id}`;
  return row ?? null;
}

/** Who was shown a message, who read and who acknowledged it. */
export async function receiptsOf(sql: Sql, id: string) {
  return sql<{ session_id: string; delivered_at: Date | null; read_at: Date | null; acknowledged_at: Date | null }[]>`
    select session_id, delivered_at, read_at, acknowledged_at from inbox.receipts
    where message_id = ${id} order by coalesce(delivered_at, read_at, acknowledged_at), session_id`;
}

/** Questions and blockers without a response, and acknowledgements owed; oldest first. `types` narrows to some. */
export const listUnanswered = (
  sql: Sql,
  query: { projectKey?: string; types?: readonly string[]; after?: number; limit: number },
): Promise<MessageRow[]> => sql<MessageRow[]>`
  select ${columns(sql)} from inbox.messages m left join inbox.receipts r on r.message_id = m.id and r.session_id = m.to_session
  where (m.awaits_answer or m.awaits_ack)
    ${query.types === undefined ? sql`` : sql`and m.awaits_answer and m.type = any(${query.types as string[]})`}
    ${query.projectKey === undefined ? sql`` : sql`and m.project_key = ${query.projectKey}`}
    ${query.after === undefined ? sql`` : sql`and m.position > ${query.after}`}
  order by m.position limit ${query.limit}`;
