import type { LockCommand } from './lock.commands';
import type { LockEvent } from './lock.events';
import { isExpired, type ProjectLocks } from './lock.state';
import { ended, expired } from './lock-end';
import { withdrawn } from './lock-request';

type Withdraw<Type extends 'WithdrawRequest' | 'WithdrawRequests'> = LockCommand & { type: Type };

/** Takes one request out of the queue. If the grant came first, it stands, or is released: a lock must not be granted to no one. */
export function withdrawOne(command: Withdraw<'WithdrawRequest'>, state: ProjectLocks): LockEvent[] {
  const { request_id, reason, orRelease = [], now } = command;
  const request = state.queue.find((one) => one.request_id === request_id);
  if (request) return withdrawn(request, reason, now);
  const granted = orRelease.flatMap((id) => state.locks.get(id) ?? []);
  return granted.map((lock) =>
    isExpired(lock, now)
      ? expired(lock)
      : { type: 'LockReleased', actor: null, data: { ...ended(lock, now, lock.session_id, `not taken: ${reason}`), stale: null } },
  );
}

/** Takes all that a session waits for out of the queue. */
export const withdrawAll = ({ session_id, only, reason, now }: Withdraw<'WithdrawRequests'>, state: ProjectLocks): LockEvent[] =>
  state.queue
    .filter((request) => request.session_id === session_id && (only === undefined || only.includes(request.request_id)))
    .flatMap((request) => withdrawn(request, reason, now));
