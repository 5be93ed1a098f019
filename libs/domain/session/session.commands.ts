import type { SessionDetails, Statement } from './session.events';

/** What a session may say of itself; left out: as it is. */
export type SaidDetails = Partial<Omit<SessionDetails, 'session_id'>>;

/** `now`: milliseconds since 1970, from the injected clock. */
export type SessionCommand =
  /** By any command of the session, or by its own wish. `session`: what is known without its saying so; `free`: only under a name that no one has. */
  | { type: 'RegisterSession'; session: SessionDetails; said?: SaidDetails; free?: boolean; now: number }
  /** `said` null: nothing but that it lives, so what it said before still holds. `project_key` undefined: as it is. */
  | { type: 'RecordHeartbeat'; session: SessionDetails; said: Statement | null; project_key?: string | null; now: number }
  | { type: 'EndSession'; session_id: string; reason: string | null; now: number }
  /** `last_activity_at`: what the read models knew at the end of the log; `lost_after` in milliseconds. */
  | { type: 'LoseSession'; last_activity_at: string; lost_after: number; now: number }
  /** The session has acted at `resumed_at`, which its own stream can't see. */
  | { type: 'ResumeSession'; resumed_at: string };
