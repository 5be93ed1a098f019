import type { DomainEvent } from '../decider';
import type { LockMode } from './lock.state';

/** Which lock an event is about; in every event, so that a reader needs no other. */
export type LockSubject = { lock_id: string; project_key: string; session_id: string; resource: string; fence: number };
/** The terms of the lease. `expires_at` null: no expiry. */
export type LockTerms = { mode: LockMode; description: string | null; ttl_hours: number; expires_at: string | null };

/** `request_id`: it was waited for, and this is the grant. Then its actor is who waited, whoever's command set the resource free. */
type Granted = { request_id?: string };
export type LockClaimed = DomainEvent<'LockClaimed', LockSubject & LockTerms & Granted & { acquired_at: string }>;
/** By a renewal, or by the holder claiming again (which may change mode and description). */
export type LockRenewed = DomainEvent<'LockRenewed', LockSubject & LockTerms & Granted & { renewed_at: string }>;
export type LockEnd = { ended_at: string; ended_by: string | null; reason: string | null };
/** `stale`: it was released by another session, on the evidence that the holder was last seen then. */
export type LockReleased = DomainEvent<'LockReleased', LockSubject & LockEnd & { stale: { last_activity_at: string | null } | null }>;
export type LockExpired = DomainEvent<'LockExpired', LockSubject & LockEnd>;
/** A human's override, always with a reason. */
export type LockBroken = DomainEvent<'LockBroken', LockSubject & LockEnd>;

/** Which request an event is about. One that waits for several resources has an event for each, all with its `request_id`, in one append. */
type RequestSubject = Omit<LockSubject, 'fence'> & { request_id: string };
/** A claim waits. `lock_id`: what the lock will be called, if it is granted. Without `description`: as it is. */
export type LockRequestQueued = DomainEvent<
  'LockRequestQueued',
  RequestSubject & { mode: LockMode; description?: string | null; ttl_hours: number; queued_at: string; until: string }
>;
/** A claim waits no more, and was not granted. */
export type LockRequestWithdrawn = DomainEvent<'LockRequestWithdrawn', RequestSubject & { withdrawn_at: string; reason: WithdrawalReason }>;
/**
 * `timeout`: it was not granted in time; `hang-up`: its caller has gone; `shutdown`: the engine that held its caller stops; `refused`: its
 * turn came when its fence had been superseded, or its key been used for something else.
 */
export type WithdrawalReason = 'timeout' | 'hang-up' | 'shutdown' | 'refused' | 'session ended' | 'session lost';

export type LockEvent = LockClaimed | LockRenewed | LockReleased | LockExpired | LockBroken | LockRequestQueued | LockRequestWithdrawn;
