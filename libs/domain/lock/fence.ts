import { invalid, type Problem } from '../problem';
import type { LockCommand } from './lock.commands';
import { isExpired, overlappingLocks, type ProjectLocks, resourceOf } from './lock.state';
import { parseResource, type Resource } from './resource';
import { covers } from './resource-overlap';

/**
 * Whether a session still holds a resource under a fence. Fencing tokens as in Kleppmann, "How to do distributed locking"
 * (2016): a resource refuses whoever comes with a token that is no longer the current one.
 */
export function verifyFence(command: LockCommand & { type: 'VerifyFence' }, state: ProjectLocks): readonly [] | Problem {
  const resource = parseResource(command.resource);
  if ('invalid' in resource) return invalid('resource', resource.invalid);
  const lock = holderOf(command.fence, command.session_id, resource, state, command.now);
  return lock ? [] : superseded(command, resource, state);
}

/** The live lock that a session holds under `fence` and that covers the resource, if there is one: a part of it is not enough. */
export function holderOf(fence: number, session: string, resource: Resource, state: ProjectLocks, now: number) {
  return overlappingLocks(state, resource).find(
    (lock) => lock.session_id === session && lock.fence === fence && !isExpired(lock, now) && covers(resourceOf(lock), resource),
  );
}

/** Whether a write that names a lock and its fence may pass. `resource` is the lock's, known also when it has ended. */
export function checkFence(command: LockCommand & { type: 'CheckFence' }, state: ProjectLocks): readonly [] | Problem {
  const lock = state.locks.get(command.lock_id);
  const mine = lock && (command.session_id === null || lock.session_id === command.session_id);
  if (lock && mine && lock.fence === command.fence && !isExpired(lock, command.now)) return [];
  return superseded(command, resourceOf(command), state);
}

type Asked = Pick<LockCommand & { type: 'CheckFence' }, 'fence' | 'session_id' | 'now'>;

function superseded({ fence, session_id, now }: Asked, resource: Resource, state: ProjectLocks): Problem {
  // the caller's own lock is no answer to why its fence does not do: it covers only a part
  const current = overlappingLocks(state, resource).filter(
    (lock) => !isExpired(lock, now) && !(lock.fence === fence && lock.session_id === session_id),
  );
  return { problem: 'fence-superseded', fence, current_fence: current.at(-1)?.fence ?? null };
}
