import { type Decider, isProblem } from '../decider';
import type { Problem } from '../problem';
import { decideClaim } from './claim';
import { expiryOf } from './expiry';
import { checkFence, verifyFence } from './fence';
import type { LockCommand } from './lock.commands';
import type { LockEvent } from './lock.events';
import { evolve } from './lock.evolve';
import { asExpired, isExpired, isStale, type LockRequest, type LockState, noLocks, type ProjectLocks, withLock } from './lock.state';
import { ended, expired, released, subjectOf } from './lock-end';
import { moveOn } from './queue';
import { withdrawAll, withdrawOne } from './withdrawal';

/** The stream that holds all locks of a project: overlap is a question about the whole set, and one expected revision answers it. */
export const lockStream = (projectKey: string): string => `lock-${projectKey}`;

export const lockDecider: Decider<ProjectLocks, LockCommand, LockEvent> = {
  initialState: noLocks,
  decide,
  evolve,
  snapshot: {
    schema: 2,
    every: (state) => Math.max(10_000, 2 * state.locks.size),
    toJson: (state) => ({ fence: state.fence, locks: state.locks.values(), queue: state.queue }),
    fromJson: (json) => {
      const { fence, locks, queue } = json as { fence: number; locks: LockState[]; queue: LockRequest[] };
      return { ...locks.reduce(withLock, noLocks), fence, queue };
    },
  },
};

/** What a command leads to, and the grants to those who waited for that: whoever sets a resource free hands it on in the same decision. */
function decide(command: LockCommand, state: ProjectLocks): readonly LockEvent[] | Problem {
  const decision = decideAlone(command, state);
  if (state.queue.length === 0 || isProblem(decision)) return decision;
  if (command.type !== 'ExpireLocks' && !decision.some(mayMoveQueue)) return decision;
  return [...decision, ...moveOn(decision.reduce(evolve, state), command.now)];
}

/** A grant, and a renewal that shares nothing, only take. */
const mayMoveQueue = ({ type, data }: LockEvent): boolean => type !== 'LockClaimed' && !(type === 'LockRenewed' && data.mode === 'exclusive');

function decideAlone(command: LockCommand, state: ProjectLocks): readonly LockEvent[] | Problem {
  switch (command.type) {
    case 'ClaimLocks':
      return decideClaim(command, state);
    case 'RenewLock':
      return renew(command, state);
    case 'ReleaseLock':
      return release(command, state);
    case 'ReleaseAllLocks':
      return heldBy(state, command.session_id, command.only).map((lock) =>
        isExpired(lock, command.now) ? expired(lock) : released(ended(lock, command.now, command.session_id, command.reason), null),
      );
    case 'BreakLock': {
      const lock = state.locks.get(command.lock_id);
      if (!lock) return { problem: 'not-found', what: 'live lock' };
      if (isExpired(lock, command.now)) return [expired(lock)];
      return [{ type: 'LockBroken', data: ended(lock, command.now, command.session_id, command.reason) }];
    }
    case 'ExpireLocks':
      return inOrder(state.locks.values().filter((lock) => isExpired(lock, command.now))).map(expired);
    case 'WithdrawRequest':
      return withdrawOne(command, state);
    case 'WithdrawRequests':
      return withdrawAll(command, state);
    case 'VerifyFence':
      return verifyFence(command, state);
    case 'CheckFence':
      return checkFence(command, state);
  }
}

function renew(command: LockCommand & { type: 'RenewLock' }, state: ProjectLocks): readonly LockEvent[] | Problem {
  const lock = state.locks.get(command.lock_id);
  if (!lock) return { problem: 'not-found', what: 'live lock' };
  // first, so that the answer is the same whether or not the expiry is on record yet
  if (isExpired(lock, command.now)) return { problem: 'lock-ended', lock: asExpired(lock) };
  if (lock.session_id !== command.session_id) return { problem: 'not-lock-owner', lock, to: 'renew' };
  const ttl_hours = command.ttl_hours ?? lock.ttl_hours;
  const terms = { mode: lock.mode, description: lock.description, ttl_hours, expires_at: expiryOf(ttl_hours, command.now) };
  return [{ type: 'LockRenewed', data: { ...subjectOf(lock), ...terms, renewed_at: new Date(command.now).toISOString() } }];
}

function release(command: LockCommand & { type: 'ReleaseLock' }, state: ProjectLocks): readonly LockEvent[] | Problem {
  const lock = state.locks.get(command.lock_id);
  if (!lock) return { problem: 'not-found', what: 'live lock' };
  if (isExpired(lock, command.now)) return [expired(lock)];
  const data = ended(lock, command.now, command.session_id, command.reason);
  if (lock.session_id === command.session_id) return [released(data, null)];
  const { holder } = command;
  if (!holder || !isStale(lock, holder.last_activity_at, command.now, holder.stale_after)) return { problem: 'not-lock-owner', lock, to: 'release' };
  return [released(data, { last_activity_at: holder.last_activity_at })];
}

const heldBy = (state: ProjectLocks, session: string, only?: readonly string[]): LockState[] =>
  inOrder(state.locks.values().filter((lock) => lock.session_id === session && (only?.includes(lock.id) ?? true)));

/** Oldest grant first: the order of a persistent map depends on how it came about, and a snapshot must not change what is decided. */
const inOrder = (locks: LockState[]): LockState[] => locks.sort((a, b) => a.fence - b.fence);
