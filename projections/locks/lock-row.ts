import type { LockMode, LockStatus } from '@coord/domain/lock/index';

/** A lock as the read model has it, with what is known of its holder. */
export interface LockRow {
  id: string;
  position: string;
  project_key: string;
  session_id: string;
  resource: string;
  mode: LockMode;
  description: string | null;
  ttl_hours: number;
  acquired_at: Date;
  renewed_at: Date | null;
  expires_at: Date | null;
  fence: string;
  status: LockStatus;
  ended_at: Date | null;
  ended_by: string | null;
  end_reason: string | null;
  last_activity_at: Date;
}

/** Which locks are asked for. `now` and `staleBefore` (no sign of life since then: stale) are moments. */
export interface LockQuery {
  projectKey?: string;
  sessionId?: string;
  stale?: boolean;
  includeInactive?: boolean;
  /** Literal prefix of the resource that they may overlap, as `literalPrefixOf` gives it. */
  prefix?: string;
  /** Position of the last lock that was shown. */
  after?: number;
  limit: number;
  now: Date;
  staleBefore: Date;
}
