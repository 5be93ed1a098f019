import type { DomainEvent } from '../decider';

/** Who a session is, as far as it said. */
export type SessionDetails = {
  session_id: string;
  machine: string | null;
  user: string | null;
  agent: string | null;
  project_key: string | null;
  capabilities: string[];
};

/** What a session says it is at. `progress` in percent. */
export type Statement = {
  action: string | null;
  target: string | null;
  phase: string | null;
  progress: number | null;
  next_action: string | null;
};

/** Once for a session; again, with the same `registered_at`, when it says something else of itself. */
export type SessionRegistered = DomainEvent<'SessionRegistered', SessionDetails & { registered_at: string }>;
/** What is going on; `project_key` is the session's project from here on. */
export type SessionHeartbeat = DomainEvent<'SessionHeartbeat', { session_id: string; project_key: string | null; at: string } & Statement>;
export type SessionEnded = DomainEvent<'SessionEnded', { session_id: string; project_key: string | null; ended_at: string; reason: string | null }>;
/** `last_activity_at`: the last sign that was seen when this was decided; `lost_at`: when its silence had lasted too long. */
export type SessionLost = DomainEvent<'SessionLost', { session_id: string; project_key: string | null; lost_at: string; last_activity_at: string }>;
/** It acted again, after it had ended or was lost. */
export type SessionResumed = DomainEvent<
  'SessionResumed',
  { session_id: string; project_key: string | null; resumed_at: string; after: 'ended' | 'lost' }
>;

export type SessionEvent = SessionRegistered | SessionHeartbeat | SessionEnded | SessionLost | SessionResumed;
