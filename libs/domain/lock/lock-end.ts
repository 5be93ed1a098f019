import type { LockEnd, LockEvent, LockExpired, LockReleased, LockSubject } from './lock.events';
import type { LockState } from './lock.state';

export const subjectOf = (lock: LockState): LockSubject => ({
  lock_id: lock.id,
  project_key: lock.project_key,
  session_id: lock.session_id,
  resource: lock.resource,
  fence: lock.fence,
});

export const ended = (lock: LockState, now: number, by: string, reason: string | null): LockSubject & LockEnd => {
  const { id: lock_id, project_key, session_id, resource, fence } = lock;
  return { lock_id, project_key, session_id, resource, fence, ended_at: new Date(now).toISOString(), ended_by: by, reason };
};

/** `stale`: it was released by another session, on the evidence that the holder was last seen then. */
export function released(end: LockSubject & LockEnd, stale: LockReleased['data']['stale']): LockReleased {
  const { lock_id, project_key, session_id, resource, fence, ended_at, ended_by, reason } = end;
  return { type: 'LockReleased', data: { lock_id, project_key, session_id, resource, fence, ended_at, ended_by, reason, stale } };
}

/** The expiry of a lock whose time is over: dated when it ran out, not when that was noticed. */
export const expired = (lock: LockState): LockExpired => ({
  type: 'LockExpired',
  actor: null,
  data: { ...subjectOf(lock), ended_at: lock.expires_at ?? lock.acquired_at, ended_by: null, reason: null },
});

const STATUS = { LockReleased: 'released', LockExpired: 'expired', LockBroken: 'broken' } as const;

/** How a lock stands after the event that ended it; as it was, after any other. */
export function afterEnd(lock: LockState, event: LockEvent): LockState {
  if (event.type !== 'LockReleased' && event.type !== 'LockExpired' && event.type !== 'LockBroken') return lock;
  const after = { ...lock };
  after.status = STATUS[event.type];
  after.ended_at = event.data.ended_at;
  after.ended_by = event.data.ended_by;
  after.end_reason = event.data.reason;
  return after;
}
