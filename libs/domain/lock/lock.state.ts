import { parseResource, type Resource } from './resource';
import { ResourceIndex } from './resource-index';
import { VersionedMap } from './versioned-map';

export type LockMode = 'exclusive' | 'shared';
export type LockStatus = 'active' | 'released' | 'expired' | 'broken';

/** A lease on a resource of a project, held by one session (protocol, "Locks"). Times are ISO 8601 UTC. */
export interface LockState {
  id: string;
  project_key: string;
  session_id: string;
  resource: string;
  description: string | null;
  mode: LockMode;
  ttl_hours: number;
  acquired_at: string;
  renewed_at: string | null;
  expires_at: string | null;
  fence: number;
  status: LockStatus;
  ended_at: string | null;
  ended_by: string | null;
  end_reason: string | null;
}

/** A claim that waits: for all that it wants, or nothing. Times are ISO 8601 UTC. */
export interface LockRequest {
  request_id: string;
  project_key: string;
  session_id: string;
  mode: LockMode;
  /** Undefined: as it is, null for a new lock. */
  description?: string | null;
  ttl_hours: number;
  queued_at: string;
  /** From then on it is skipped, whether or not its end is in the log yet: the engine that held its caller may be gone. */
  until: string;
  /** What is wanted, in normal form, and what each lock will be called. */
  wanted: readonly { lock_id: string; resource: string }[];
}

/** What is live in one project: not what was, so that a cold start does not read years. */
export interface ProjectLocks {
  /** The last fence that was granted; never handed out again. */
  readonly fence: number;
  readonly locks: VersionedMap<string, LockState>;
  readonly resources: ResourceIndex<string>;
  /** Who waits, in the order of arrival. A decision leaves no one in it whose turn had come. */
  readonly queue: readonly LockRequest[];
}

export const noLocks: ProjectLocks = { fence: 0, locks: VersionedMap.empty(), resources: ResourceIndex.empty(), queue: [] };

/** The resource of a lock that was granted, so it is one. */
export function resourceOf(lock: Pick<LockState, 'resource'>): Resource {
  const resource = parseResource(lock.resource);
  if ('invalid' in resource) throw new Error(`The log holds a lock on "${lock.resource}", which is no resource: ${resource.invalid}`);
  return resource;
}

export function withLock(state: ProjectLocks, lock: LockState): ProjectLocks {
  return {
    fence: Math.max(state.fence, lock.fence),
    locks: state.locks.set(lock.id, lock),
    resources: state.resources.add(resourceOf(lock), lock.id),
    queue: state.queue,
  };
}

export function withoutLock(state: ProjectLocks, id: string): ProjectLocks {
  const lock = state.locks.get(id);
  if (!lock) return state;
  return {
    fence: state.fence,
    locks: state.locks.delete(id),
    resources: state.resources.remove(resourceOf(lock), id),
    queue: state.queue,
  };
}

/** Whether the lease has run out: by the server's clock alone, at that instant. */
export const isExpired = (lock: LockState, now: number): boolean => lock.expires_at !== null && Date.parse(lock.expires_at) <= now;

/** An expired lock as everyone sees it, whether or not `LockExpired` is in the log yet. */
export const asExpired = (lock: LockState): LockState => ({ ...lock, status: 'expired', ended_at: lock.expires_at });

/**
 * Whether anyone may release the lock: acquired long ago, and no sign of its holder since (protocol, "Stale").
 * `lastActivityAt`: what the read model knows of the holder, ISO 8601; `staleAfter` in milliseconds.
 */
export function isStale(lock: LockState, lastActivityAt: string | null, now: number, staleAfter: number): boolean {
  if (lock.status !== 'active' || isExpired(lock, now)) return false;
  const lastSign = Math.max(...[lock.acquired_at, lock.renewed_at, lastActivityAt].map((at) => (at === null ? 0 : Date.parse(at))));
  return now - lastSign >= staleAfter;
}

/** The live, unexpired locks whose resource overlaps, oldest grant first. */
export function overlappingLocks(state: ProjectLocks, resource: Resource): LockState[] {
  const found: LockState[] = [];
  for (const id of state.resources.overlapping(resource)) {
    const lock = state.locks.get(id);
    if (lock) found.push(lock);
  }
  return found.sort((a, b) => a.fence - b.fence);
}
