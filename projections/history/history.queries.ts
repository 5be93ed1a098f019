import type { Sql } from 'postgres';

/** An event as `/history` answers it. */
export interface HistoryRow {
  position: string;
  stream: string;
  revision: string;
  type: string;
  at: Date;
  actor: string | null;
  causation_id: string | null;
  correlation_id: string | null;
  data: object;
}

/** A moment is a time or a position. */
export type Moment = { at: Date } | { position: number };

export interface HistoryQuery {
  projectKey?: string;
  sessionId?: string;
  type?: string;
  stream?: string;
  /** The normal form of a lock's resource. */
  resource?: string;
  /** The lock or message that the events are about. */
  subject?: string;
  /** Exclusive. */
  from?: Moment;
  /** Inclusive. */
  to?: Moment;
  after?: number;
  limit: number;
  /** Where there are more than `limit`: the last of them instead of the first. */
  latest?: boolean;
}

/** The conditions that a query puts to events. */
export const within = (sql: Sql, query: Omit<HistoryQuery, 'limit' | 'latest'>) => sql`
  true
  ${query.projectKey === undefined ? sql`` : sql`and project_key = ${query.projectKey}`}
  ${query.sessionId === undefined ? sql`` : sql`and actor = ${query.sessionId}`}
  ${query.type === undefined ? sql`` : sql`and type = ${query.type}`}
  ${query.stream === undefined ? sql`` : sql`and stream = ${query.stream}`}
  ${query.resource === undefined ? sql`` : sql`and resource = ${query.resource} and hashtextextended(resource, 0) = hashtextextended(${query.resource}, 0)`}
  ${query.subject === undefined ? sql`` : sql`and subject = ${query.subject}`}
  ${query.from === undefined ? sql`` : 'at' in query.from ? sql`and at > ${query.from.at}` : sql`and position > ${query.from.position}`}
  ${query.to === undefined ? sql`` : 'at' in query.to ? sql`and at <= ${query.to.at}` : sql`and position <= ${query.to.position}`}
  ${query.after === undefined ? sql`` : sql`and position > ${query.after}`}`;

/** Events, oldest first. */
export async function listHistory(sql: Sql, query: HistoryQuery): Promise<HistoryRow[]> {
  const rows = await sql<HistoryRow[]>`
  select position, stream, revision, type, at, actor, causation_id, correlation_id, data from history.events
  where ${within(sql, query)}
  order by position ${query.latest ? sql`desc` : sql``} limit ${query.limit}`;
  return query.latest ? rows.reverse() : rows;
}
