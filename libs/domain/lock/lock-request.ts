import type { LockRequestQueued, LockRequestWithdrawn, WithdrawalReason } from './lock.events';
import type { LockRequest, ProjectLocks } from './lock.state';

/** Whether a request waits no more by the clock alone, at that instant. */
export const isOver = (request: LockRequest, now: number): boolean => Date.parse(request.until) <= now;

/** A request leaves without a grant. By the clock: dated when its time was over, not when that was noticed. */
export const withdrawn = (request: LockRequest, reason: WithdrawalReason, now: number): LockRequestWithdrawn[] => {
  const { request_id, project_key, session_id, until } = request;
  const withdrawn_at = isOver(request, now) ? until : new Date(now).toISOString();
  return request.wanted.map(({ lock_id, resource }) => ({
    type: 'LockRequestWithdrawn',
    actor: null,
    data: { request_id, lock_id, project_key, session_id, resource, withdrawn_at, reason: isOver(request, now) ? 'timeout' : reason },
  }));
};

/** The queue with a request at its end, or with one more resource that it waits for. */
export function joined(state: ProjectLocks, { data }: LockRequestQueued): ProjectLocks {
  const { lock_id, resource, ...request } = data;
  const known = state.queue.find(({ request_id }) => request_id === data.request_id);
  if (!known) return { ...state, queue: [...state.queue, { ...request, wanted: [{ lock_id, resource }] }] };
  const whole = { ...known, wanted: [...known.wanted, { lock_id, resource }] };
  return { ...state, queue: state.queue.map((one) => (one === known ? whole : one)) };
}

/** The queue without a request; as it was without an id, or where it stands in it no more. */
export function left(state: ProjectLocks, request_id: string | undefined): ProjectLocks {
  if (request_id === undefined) return state;
  const queue = state.queue.filter((request) => request.request_id !== request_id);
  return queue.length < state.queue.length ? { ...state, queue } : state;
}
