import { type SessionEvent, type SessionHeartbeat, sessionStream } from '@coord/domain/session/index';
import type { RecordedEvent } from '@coord/projection-runner/index';

/** A row of `sessions.sessions`. Times are ISO 8601 UTC. */
export interface SessionLife {
  session_id: string;
  position: number;
  machine: string | null;
  user_name: string | null;
  agent: string | null;
  project_key: string | null;
  last_project_key: string | null;
  capabilities: string[];
  registered_at: string;
  registered: boolean;
  last_activity_at: string;
  heartbeat: Omit<SessionHeartbeat['data'], 'session_id' | 'project_key'> | null;
  ended_at: string | null;
  standing: 'open' | 'ended' | 'lost';
  standing_at: string | null;
  acted_since: boolean;
  end_event: string | null;
  end_position: number | null;
}

type Event = RecordedEvent & SessionEvent;

/** Remembers the key of a command that changed nothing (docs/decisions/0005). */
const KEY_REMEMBERED = 'IdempotencyKeyRemembered';

const SESSION_EVENTS: Record<SessionEvent['type'], true> = {
  SessionRegistered: true,
  SessionHeartbeat: true,
  SessionEnded: true,
  SessionLost: true,
  SessionResumed: true,
};

/** The session that an event tells something about: the one whose doing it is, or the one whose stream it is in; null: none. */
export function subjectOf({ type, metadata, data }: RecordedEvent): string | null {
  return type in SESSION_EVENTS ? String(data.session_id) : metadata.actor;
}

/** A session one event later. */
export function afterEvent(life: SessionLife | undefined, event: RecordedEvent, session_id: string): SessionLife {
  const seen = afterSign(life ?? begun(event, session_id), event);
  return event.type in SESSION_EVENTS ? afterSessionEvent(seen, event as Event) : seen;
}

const begun = ({ position, metadata: { at, project_key } }: RecordedEvent, session_id: string): SessionLife => ({
  ...{ session_id, position, machine: null, user_name: null, agent: null, project_key, last_project_key: project_key, capabilities: [] },
  ...{ registered_at: at, registered: false, last_activity_at: at, heartbeat: null, ended_at: null, standing: 'open', standing_at: null },
  ...{ acted_since: false, end_event: null, end_position: null },
});

// ISO 8601 in one notation: the order of the texts is the order of the times
const later = (a: string, b: string): string => (a < b ? b : a);

/** Whatever a session does is a sign of it, and brings it back; ending twice under another key does not. */
function afterSign(life: SessionLife, { type, stream, metadata: { actor, at, project_key } }: RecordedEvent): SessionLife {
  if (actor !== life.session_id) return life;
  if (life.standing === 'ended' && type === KEY_REMEMBERED && stream === sessionStream(actor)) return life;
  // copied as it is and then changed, which costs a tenth of a literal that names members again; this runs for every event
  const seen = { ...life };
  seen.last_activity_at = later(life.last_activity_at, at);
  seen.last_project_key = project_key ?? life.last_project_key;
  seen.acted_since = life.standing !== 'open';
  seen.ended_at = null;
  return seen;
}

function afterSessionEvent(life: SessionLife, { type, data, id, position }: Event): SessionLife {
  switch (type) {
    case 'SessionRegistered': {
      const { user: user_name, session_id: _, ...details } = data;
      return { ...life, ...details, user_name, registered: true };
    }
    case 'SessionHeartbeat': {
      const { session_id: _, project_key, ...heartbeat } = data;
      return { ...life, project_key, heartbeat };
    }
    case 'SessionEnded': {
      const { ended_at } = data;
      return { ...life, ended_at, standing: 'ended', standing_at: ended_at, acted_since: false, end_event: id, end_position: position };
    }
    case 'SessionLost':
      // it may have acted elsewhere, just before this came into the log
      return { ...life, standing: 'lost', standing_at: data.last_activity_at, acted_since: life.last_activity_at > data.last_activity_at };
    case 'SessionResumed':
      return {
        ...life,
        ...{ standing: 'open', standing_at: null, acted_since: false, ended_at: null },
        last_activity_at: later(life.last_activity_at, data.resumed_at),
      };
  }
}
