import { asExpired, isStale, type LockState } from '@coord/domain/lock/index';
import type { LockRow } from '@projections/locks/index';

/** A lock as it goes over the wire (protocol, `Lock`). */
export type LockView = {
  id: string;
  project_key: string;
  session_id: string;
  resource: string;
  description: string | null;
  mode: string;
  ttl_hours: number;
  acquired_at: string;
  renewed_at: string | null;
  expires_at: string | null;
  ttl_remaining_ms: number | null;
  last_activity_at: string;
  stale: boolean;
  fence: number;
  status: string;
  ended_at: string | null;
  ended_by: string | null;
  end_reason: string | null;
};

/** The moment that a lock is looked at, and how long silence takes to make it stale; milliseconds. */
export interface Look {
  now: number;
  staleAfter: number;
}

/** A lock as of now. `lastActivityAt`: the last sign of its holder that is known, ISO 8601 or null. */
export function lockView(lock: LockState, lastActivityAt: string | null, { now, staleAfter }: Look): LockView {
  const left = lock.status === 'active' && lock.expires_at !== null ? Date.parse(lock.expires_at) - now : null;
  const seen = left !== null && left <= 0 ? asExpired(lock) : lock;
  return {
    id: seen.id,
    project_key: seen.project_key,
    session_id: seen.session_id,
    resource: seen.resource,
    description: seen.description,
    mode: seen.mode,
    ttl_hours: seen.ttl_hours,
    acquired_at: seen.acquired_at,
    renewed_at: seen.renewed_at,
    expires_at: seen.expires_at,
    ttl_remaining_ms: left !== null && left > 0 ? left : null,
    last_activity_at: latest(seen.acquired_at, seen.renewed_at, lastActivityAt),
    stale: staleAfter !== Number.POSITIVE_INFINITY && isStale(seen, lastActivityAt, now, staleAfter),
    fence: seen.fence,
    status: seen.status,
    ended_at: seen.ended_at,
    ended_by: seen.ended_by,
    end_reason: seen.end_reason,
  };
}

/** The latest of some times in one notation, whose order as texts is their order. */
const latest = (first: string, ...others: (string | null)[]): string => others.reduce<string>((a, b) => (b !== null && b > a ? b : a), first);

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

/** A lock as the command of its own holder shows it: the command is a sign of life, so it is not stale. */
export const holderView = (lock: LockState, now: number): LockView =>
  lockView(lock, new Date(now).toISOString(), { now, staleAfter: Number.POSITIVE_INFINITY });

/** A lock of the read model as of now. */
export const rowView = (row: LockRow, look: Look): LockView =>
  lockView(
    {
      ...row,
      fence: Number(row.fence),
      acquired_at: row.acquired_at.toISOString(),
      renewed_at: iso(row.renewed_at),
      expires_at: iso(row.expires_at),
      ended_at: iso(row.ended_at),
    },
    row.last_activity_at.toISOString(),
    look,
  );
