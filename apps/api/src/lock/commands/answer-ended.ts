import type { Answer } from '@coord/command-runner/index';
import { afterEnd, type HolderSeen, type LockEvent, type ProjectLocks } from '@coord/domain/lock/index';
import { lockView } from '../lock.view';

/** The lock as its end left it. `by`: the session that ended it; `holder`: what was seen of another holder. */
export function answerEnded(
  id: string,
  events: readonly LockEvent[],
  before: ProjectLocks,
  by: string,
  now: number,
  holder?: Pick<HolderSeen, 'last_activity_at'>,
): Answer {
  const lock = before.locks.get(id);
  const end = events.find((event) => event.data.lock_id === id);
  if (!lock || !end) throw new Error('A lock was ended that was not live.');
  const lastSign = lock.session_id === by ? new Date(now).toISOString() : (holder?.last_activity_at ?? null);
  return { status: 200, body: lockView(afterEnd(lock, end), lastSign, { now, staleAfter: Number.POSITIVE_INFINITY }) };
}
