import type { LockEvent } from './lock.events';
import { type LockState, type ProjectLocks, withLock, withoutLock } from './lock.state';
import { joined, left } from './lock-request';

/** The locks of a project, and who waits for them, one event later. */
export function evolve(state: ProjectLocks, event: LockEvent): ProjectLocks {
  const { data } = event;
  switch (event.type) {
    case 'LockClaimed': {
      const { lock_id: id, project_key, session_id, resource, description, mode, ttl_hours, acquired_at, expires_at, fence } = event.data;
      // one literal, member by member: spread objects cost this, the most frequent of all events, more than the rest of its fold
      const lock: LockState = {
        id,
        project_key,
        session_id,
        resource,
        description,
        mode,
        ttl_hours,
        acquired_at,
        renewed_at: null,
        expires_at,
        fence,
        status: 'active',
        ended_at: null,
        ended_by: null,
        end_reason: null,
      };
      return withLock(left(state, event.data.request_id), lock);
    }
    case 'LockRenewed': {
      const lock = state.locks.get(data.lock_id);
      if (!lock) return state;
      const { mode, description, ttl_hours, expires_at, renewed_at } = event.data;
      return {
        ...left(state, event.data.request_id),
        locks: state.locks.set(lock.id, { ...lock, mode, description, ttl_hours, expires_at, renewed_at }),
      };
    }
    case 'LockReleased':
    case 'LockExpired':
    case 'LockBroken':
      return withoutLock(state, data.lock_id);
    case 'LockRequestQueued':
      return joined(state, event);
    case 'LockRequestWithdrawn':
      return left(state, event.data.request_id);
  }
}
