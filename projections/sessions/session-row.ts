import type { SessionStatus } from '@coord/domain/session/index';
import type { Fragment, Sql } from 'postgres';
import type { SessionLife } from './session-life';

/** A session by the log and by what was noted beside it. */
export interface SessionRow {
  session_id: string;
  position: string;
  machine: string | null;
  user_name: string | null;
  agent: string | null;
  project_key: string | null;
  capabilities: string[];
  registered_at: Date;
  registered: boolean;
  last_activity_at: Date;
  heartbeat: SessionLife['heartbeat'];
  /** The last heartbeat that said nothing new, if there was one; it may be older than `heartbeat`. */
  quiet_heartbeat_at: Date | null;
  ended_at: Date | null;
}

/** Which sessions are asked for. Who gave no sign after `idleSince` is idle, after `lostSince` lost. */
export interface SessionQuery {
  status?: SessionStatus;
  projectKey?: string;
  /** Position of the last session that was shown. */
  before?: number;
  limit: number;
  idleSince: Date;
  lostSince: Date;
}

/** The last sign of a session `s`: what it did, by the log or since then (`a`). */
export const lastSign = (sql: Sql): Fragment => sql`greatest(s.last_activity_at, a.at)`;

/** Whether session `s` has ended, and not acted since. */
export const isOver = (sql: Sql): Fragment => sql`(s.ended_at is not null and (a.at is null or a.at <= s.ended_at))`;

export const sessionColumns = (sql: Sql): Fragment => sql`
  s.session_id, s.position, s.machine, s.user_name, s.agent, s.project_key, s.capabilities, s.registered_at, s.registered,
  ${lastSign(sql)} as last_activity_at, s.heartbeat, a.heartbeat_at as quiet_heartbeat_at, case when ${isOver(sql)} then s.ended_at end as ended_at`;

export const fromSessions = (sql: Sql): Fragment => sql`from sessions.sessions s left join activity.seen a using (session_id)`;
