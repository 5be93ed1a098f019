import { type SessionState, type SessionStatus, type Silence, type Statement, statusAfterSilence } from '@coord/domain/session/index';
import type { HeartbeatRow, SessionRow } from '@projections/sessions/index';
import type { LockView } from '../lock/lock.view';

type HeartbeatView = { at: string } & Statement;

/** A session as the board shows it. */
export type SessionSummary = {
  session_id: string;
  machine: string | null;
  user: string | null;
  agent: string | null;
  project_key: string | null;
  capabilities: string[];
  status: SessionStatus;
  registered_at: string;
  last_activity_at: string;
  last_heartbeat: HeartbeatView | null;
  ended_at: string | null;
};

/** A session as it goes over the wire (protocol, `Session`). */
export type SessionView = SessionSummary & { locks: LockView[]; unread: number };

/** The last heartbeat with the time of the last one, which may have said nothing new. */
function lastHeartbeat(heartbeat: HeartbeatView | null, quietAt: Date | null): HeartbeatView | null {
  const quiet = quietAt?.toISOString() ?? '';
  return heartbeat && quiet > heartbeat.at ? { ...heartbeat, at: quiet } : heartbeat;
}

/** A session of the read model as of now (milliseconds). */
export function sessionSummary(row: SessionRow, now: number, silence: Silence): SessionSummary {
  const { session_id, machine, user_name: user, agent, project_key, capabilities } = row;
  const last_activity_at = row.last_activity_at.toISOString();
  return {
    ...{ session_id, machine, user, agent, project_key, capabilities },
    status: row.ended_at ? 'ended' : statusAfterSilence(last_activity_at, now, silence),
    registered_at: row.registered_at.toISOString(),
    last_activity_at,
    last_heartbeat: lastHeartbeat(row.heartbeat, row.quiet_heartbeat_at),
    ended_at: row.ended_at?.toISOString() ?? null,
  };
}

/** A session as a command of its own leaves it: that is its last sign. `before`: what the read model knew of it. */
export function ownSummary(state: SessionState, now: number, before: SessionRow | null): SessionSummary {
  const { session_id, machine, user, agent, project_key, capabilities, registered_at, ended_at } = state;
  return {
    ...{ session_id, machine, user, agent, project_key, capabilities },
    status: ended_at === null ? 'active' : 'ended',
    registered_at,
    last_activity_at: ended_at ?? new Date(now).toISOString(),
    last_heartbeat: lastHeartbeat(state.last_heartbeat, before?.quiet_heartbeat_at ?? null),
    ended_at,
  };
}

/** A heartbeat of the log. */
export const heartbeatView = ({ position: _, at, ...said }: HeartbeatRow) => ({ at: at.toISOString(), ...said });
