import { invalid, type Problem } from '../problem';
import type { LockCommand } from './lock.commands';
import { isExpired, type LockState, overlappingLocks, type ProjectLocks, resourceOf } from './lock.state';
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
  return lock ? [] : superseded(command, resource, state, whyNotValid);
}

function whyNotValid({ fence, session_id }: Asked, locks: readonly LockState[], lastFence: number): string {
  if (fence < 1 || fence > lastFence) return `No lock of this project was ever granted fence ${fence}`;
  const lock = locks.find((one) => one.fence === fence);
  if (!lock) return `${session_id} holds nothing under fence ${fence} that covers the resource`;
  if (lock.session_id !== session_id) return `Fence ${fence} is that of ${lock.session_id}, who holds ${lock.resource}`;
  return `Fence ${fence} covers ${lock.resource}, which is only a part of the resource`;
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
  const why = whyNotLive(command, lock);
  return why === null ? [] : superseded(command, resourceOf(command), state, () => why);
}

/** Null: it is live, under that fence, and a lock of that session. */
function whyNotLive({ fence, session_id, now }: Asked, lock: LockState | undefined): string | null {
  if (!lock || isExpired(lock, now)) return 'The lock that the write names has ended';
  if (session_id !== null && lock.session_id !== session_id) return `The lock that the write names is that of ${lock.session_id}`;
  return lock.fence === fence ? null : `The lock that the write names has fence ${lock.fence}, not ${fence}`;
}

type Asked = Pick<LockCommand & { type: 'CheckFence' }, 'fence' | 'session_id' | 'now'>;
type Why = (asked: Asked, live: readonly LockState[], lastFence: number) => string;

function superseded(asked: Asked, resource: Resource, state: ProjectLocks, why: Why): Problem {
  const { fence, session_id, now } = asked;
  const live = overlappingLocks(state, resource).filter((lock) => !isExpired(lock, now));
  // the caller's own lock is no answer to why its fence does not do: it covers only a part
  const others = live.filter((lock) => lock.fence !== fence || lock.session_id !== session_id);
  const current_fence = others.at(-1)?.fence ?? null;
  const held = current_fence === null ? 'no one else holds any of the resource' : `the current fence is ${current_fence}`;
  return { problem: 'fence-superseded', fence, current_fence, why: `${why(asked, live, state.fence)}; ${held}` };
}
