import { isExpired, type LockMode, type LockRequest, type LockState, overlappingLocks, type ProjectLocks, resourceOf } from './lock.state';
import { isOver } from './lock-request';
import type { Resource } from './resource';
import { overlaps } from './resource-overlap';

/** Who wants what: a claim, or a request that waits. */
export interface Demand {
  session_id: string;
  mode: LockMode;
  wanted: readonly { lock_id: string; resource: Resource }[];
}

const demands = new WeakMap<LockRequest, Demand>();

/** What a request wants, read once. */
export function demandOf(request: LockRequest): Demand {
  const known = demands.get(request);
  if (known) return known;
  const { session_id, mode, wanted } = request;
  const demand = { session_id, mode, wanted: wanted.map((one) => ({ lock_id: one.lock_id, resource: resourceOf(one) })) };
  demands.set(request, demand);
  return demand;
}

/** Every lock that overlaps what is wanted, each once. */
export const locksAt = (state: ProjectLocks, { wanted }: Demand): LockState[] => {
  const [first, ...others] = wanted;
  if (first && others.length === 0) return overlappingLocks(state, first.resource);
  return [...new Set(wanted.flatMap(({ resource }) => overlappingLocks(state, resource)))];
};

/** Own locks never stand in one's way, and shared ones not in that of sharing. */
export const hinders = (lock: LockState, { session_id, mode }: Demand, now: number): boolean =>
  lock.session_id !== session_id && (lock.mode === 'exclusive' || mode === 'exclusive') && !isExpired(lock, now);

/** The live locks in the way, oldest grant first. */
export const locksInTheWay = (state: ProjectLocks, demand: Demand, now: number): LockState[] =>
  inOrder(locksAt(state, demand).filter((lock) => hinders(lock, demand, now)));

const clash = (one: Demand, other: Demand): boolean =>
  one.session_id !== other.session_id &&
  (one.mode === 'exclusive' || other.mode === 'exclusive') &&
  one.wanted.some((mine) => other.wanted.some((theirs) => overlaps(mine.resource, theirs.resource)));

/**
 * Those of `before` who are to be served first. Not those who wait for a lock of the very session that asks, itself or behind others: they can't
 * go on before it does, so holding it up for them would leave both waiting.
 */
export const requestsAhead = (state: ProjectLocks, demand: Demand, before: readonly LockRequest[], now: number): LockRequest[] =>
  before.filter((request) => holdsUp(state, demand, request, before, now));

/** The same as whether there are any, found faster. */
export const isOvertaking = (state: ProjectLocks, demand: Demand, before: readonly LockRequest[], now: number): boolean =>
  before.some((request) => holdsUp(state, demand, request, before, now));

const holdsUp = (state: ProjectLocks, demand: Demand, request: LockRequest, before: readonly LockRequest[], now: number): boolean =>
  clash(demandOf(request), demand) && !isOver(request, now) && !waitsFor(state, request, before, demand.session_id, now);

const waitsFor = (state: ProjectLocks, request: LockRequest, queue: readonly LockRequest[], session: string, now: number): boolean =>
  [request, ...lineBefore(demandOf(request), queue.slice(0, queue.indexOf(request)), now)].some((one) =>
    locksAt(state, demandOf(one)).some((lock) => lock.session_id === session && hinders(lock, demandOf(one), now)),
  );

/** All of `before` that a demand waits behind: those it clashes with, those that these clash with, and so on. */
export function lineBefore(demand: Demand, before: readonly LockRequest[], now: number): LockRequest[] {
  const line: LockRequest[] = [];
  // an older request never waits behind a younger one, so that one pass from the youngest on meets them all
  for (const request of [...before].reverse()) {
    const theirs = demandOf(request);
    if (!isOver(request, now) && (clash(theirs, demand) || line.some((one) => clash(theirs, demandOf(one))))) line.push(request);
  }
  return line;
}

/** The live locks that a demand waits for: those in its way, else those that whoever is before it waits for. None: the queue has to move on first. */
export function locksWaitedFor(state: ProjectLocks, demand: Demand, before: readonly LockRequest[], now: number): LockState[] {
  const own = locksInTheWay(state, demand, now);
  if (own.length > 0) return own;
  const ahead = requestsAhead(state, demand, before, now);
  const line = new Set(ahead.flatMap((request) => [request, ...lineBefore(demandOf(request), before.slice(0, before.indexOf(request)), now)]));
  return inOrder([...new Set([...line].flatMap((request) => locksInTheWay(state, demandOf(request), now)))]);
}

/** Oldest grant first. */
const inOrder = (locks: LockState[]): LockState[] => locks.sort((a, b) => a.fence - b.fence);
