import type { LockMode } from '@coord/domain/lock/index';
import type { Sql } from 'postgres';

/** One resource that a claim waits for. A batch has a row for each, with one `request_id`. */
export interface RequestRow {
  position: string;
  request_id: string;
  project_key: string;
  session_id: string;
  resource: string;
  mode: LockMode;
  queued_at: Date;
  until: Date;
}

/** Who waits, in order. Whose time is over waits no more, whether or not that is in the log yet. `after`: position of the last row shown. */
export const listRequests = (sql: Sql, query: { projectKey?: string; after?: number; limit: number; now: Date }): Promise<RequestRow[]> => sql<
  RequestRow[]
>`
  select position, request_id, project_key, session_id, resource, mode, queued_at, until from locks.requests
  where until > ${query.now}
    ${query.projectKey === undefined ? sql`` : sql`and project_key = ${query.projectKey}`}
    ${query.after === undefined ? sql`` : sql`and position > ${query.after}`}
  order by position limit ${query.limit}`;

/** What a session waits for; with `before`, since before that position. */
export const requestsOf = (sql: Sql, sessionId: string, before?: number) => sql<{ request_id: string; project_key: string }[]>`
  select distinct request_id, project_key from locks.requests
  where session_id = ${sessionId} ${before === undefined ? sql`` : sql`and position < ${before}`}`;
