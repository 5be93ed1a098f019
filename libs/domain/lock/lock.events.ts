import type { DomainEvent } from '../decider';
import type { LockMode } from './lock.state';

/** Which lock an event is about; in every event, so that a reader needs no other. */
export type LockSubject = { lock_id: string; project_key: string; session_id: string; resource: string; fence: number };
/** The terms of the lease. `expires_at` null: no expiry. */
export type LockTerms = { mode: LockMode; description: string | null; ttl_hours: number; expires_at: string | null };

export type LockClaimed = DomainEvent<'LockClaimed', LockSubject & LockTerms & { acquired_at: string }>;
/** By a renewal, or by the holder claiming again (which may change mode and description). */
export type LockRenewed = DomainEvent<'LockRenewed', LockSubject & LockTerms & { renewed_at: string }>;
export type LockEnd = { ended_at: string; ended_by: string | null; reason: string | null };
/** `stale`: it was released by another session, on the evidence that the holder was last seen then. */
export type LockReleased = DomainEvent<'LockReleased', LockSubject & LockEnd & { stale: { last_activity_at: string | null } | null }>;
export type LockExpired = DomainEvent<'LockExpired', LockSubject & LockEnd>;
/** A human's override, always with a reason. */
export type LockBroken = DomainEvent<'LockBroken', LockSubject & LockEnd>;

export type LockEvent = LockClaimed | LockRenewed | LockReleased | LockExpired | LockBroken;
