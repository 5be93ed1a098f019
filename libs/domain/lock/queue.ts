import { grant } from './grant';
import { demandOf, hinders, isOvertaking, lineBefore, locksAt, locksInTheWay } from './in-the-way';
import type { LockEvent } from './lock.events';
import { evolve } from './lock.evolve';
import type { LockRequest, ProjectLocks } from './lock.state';
import { isOver, withdrawn } from './lock-request';

/**
 * Serves those whose turn has come, first come, first served: whoever has neither a live lock in the way nor somebody to wait behind.
 * Whose time is over is skipped, on record. One pass is enough: what is decided of one never sets free what an older one waits for.
 */
export function moveOn(state: ProjectLocks, now: number): LockEvent[] {
  const events: LockEvent[] = [];
  const waiting: LockRequest[] = [];
  let after = state;
  for (const request of state.queue) {
    const step = isOver(request, now) ? withdrawn(request, 'timeout', now) : served(after, request, waiting, now);
    if (step.length === 0) waiting.push(request);
    events.push(...step);
    after = step.reduce(evolve, after);
  }
  return events;
}

/** The grant to a request, or nothing: it has to wait on. */
function served(state: ProjectLocks, request: LockRequest, before: readonly LockRequest[], now: number): LockEvent[] {
  const demand = demandOf(request);
  const found = locksAt(state, demand);
  if (found.some((lock) => hinders(lock, demand, now)) || isOvertaking(state, demand, before, now)) return [];
  return grant({ ...request, ...demand }, found, state.fence, now);
}

/**
 * When a request's turn may come by the clock alone, in milliseconds: the first moment at which a lock in its way, or in the way of
 * those before it, runs out, or the time of one of those is over; null if there is none, or it waits no more.
 */
export function nextMoment(state: ProjectLocks, request_id: string, now: number): number | null {
  const request = state.queue.find((one) => one.request_id === request_id);
  if (!request) return null;
  const line = lineBefore(demandOf(request), state.queue.slice(0, state.queue.indexOf(request)), now);
  const locks = [request, ...line].flatMap((one) => locksInTheWay(state, demandOf(one), now));
  const moments = [...locks.flatMap(({ expires_at }) => expires_at ?? []), ...line.map(({ until }) => until)].map((at) => Date.parse(at));
  return moments.length > 0 ? Math.min(...moments) : null;
}
