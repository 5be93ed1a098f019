import type { SessionDetails, SessionEvent, Statement } from './session.events';

/** A session as its stream tells it. Times are ISO 8601 UTC. */
export type SessionState = SessionDetails & {
  registered_at: string;
  standing: 'open' | 'ended' | 'lost';
  ended_at: string | null;
  last_heartbeat: ({ at: string } & Statement) | null;
  /** The last sign that left an event in this stream. */
  last_sign_at: string;
};

export const sayingNothing: Statement = { action: null, target: null, phase: null, progress: null, next_action: null };

const later = (a: string, b: string): string => (a < b ? b : a);

/** Every stream of a session begins with its registration; what else it may hold before that is left alone. */
export function evolve(state: SessionState | null, event: SessionEvent): SessionState | null {
  if (event.type === 'SessionRegistered') {
    const { registered_at } = event.data;
    const before = state ?? { standing: 'open', ended_at: null, last_heartbeat: null, last_sign_at: registered_at };
    return { ...before, ...event.data };
  }
  if (!state) return state;
  const { project_key } = event.data;
  switch (event.type) {
    case 'SessionHeartbeat': {
      const { session_id: _, project_key: __, ...last_heartbeat } = event.data;
      return { ...state, project_key, last_heartbeat, last_sign_at: later(state.last_sign_at, last_heartbeat.at) };
    }
    case 'SessionEnded':
      return { ...state, standing: 'ended', ended_at: event.data.ended_at };
    case 'SessionLost':
      return { ...state, standing: 'lost' };
    case 'SessionResumed':
      return { ...state, standing: 'open', ended_at: null, last_sign_at: later(state.last_sign_at, event.data.resumed_at) };
  }
}
