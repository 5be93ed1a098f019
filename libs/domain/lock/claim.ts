import { type FieldError, invalid, type Problem } from '../problem';
import { grant } from './grant';
import { type Demand, hinders, locksAt, locksWaitedFor, requestsAhead } from './in-the-way';
import type { LockCommand } from './lock.commands';
import type { LockEvent, LockRequestQueued } from './lock.events';
import type { ProjectLocks } from './lock.state';
import { isOver, withdrawn } from './lock-request';
import { parseResource, type Resource } from './resource';

type Claim = LockCommand & { type: 'ClaimLocks' };
type Wanted = { lock_id: string; resource: Resource };

/**
 * Grants all resources or none. What a session holds never conflicts with its own claims; the same resource again renews
 * the lock and may change its mode, if no other session is in the way. Expired locks in the way are put on record first.
 * Nobody overtakes a request that waits for what conflicts: the claim waits behind it, or is refused if it does not want to.
 */
export function decideClaim(command: Claim, state: ProjectLocks): readonly LockEvent[] | Problem {
  const parsed = parseAll(command);
  if ('problem' in parsed) return parsed;
  const { session_id, mode, wait, now } = command;
  const demand = { session_id, mode, wanted: parsed.wanted };
  const found = locksAt(state, demand);
  const conflicts = found.filter((lock) => hinders(lock, demand, now));
  const ahead = state.queue.length === 0 ? [] : requestsAhead(state, demand, state.queue, now);
  const skipped = () => state.queue.filter((request) => isOver(request, now)).flatMap((request) => withdrawn(request, 'timeout', now));

  if (conflicts.length === 0 && ahead.length === 0) {
    const { project_key, description, ttl_hours } = command;
    const granted = grant({ project_key, session_id, mode, description, ttl_hours, wanted: parsed.wanted }, found, state.fence, now);
    return state.queue.length === 0 ? granted : [...skipped(), ...granted];
  }
  if (!wait) return { problem: 'lock-held', conflicts: locksWaitedFor(state, demand, state.queue, now), ahead };
  const waits = state.queue.some(({ request_id }) => request_id === wait.request_id);
  return waits ? [] : [...skipped(), ...queued(command, demand, wait)];
}

function queued(command: Claim, { wanted }: Demand, { request_id, until }: NonNullable<Claim['wait']>): LockRequestQueued[] {
  const { project_key, session_id, mode, description, ttl_hours, now } = command;
  const terms = { mode, ...(description !== undefined && { description }), ttl_hours };
  const times = { queued_at: new Date(now).toISOString(), until: new Date(until).toISOString() };
  return wanted.map(({ lock_id, resource }) => ({
    type: 'LockRequestQueued',
    data: { request_id, lock_id, project_key, session_id, resource: resource.text, ...terms, ...times },
  }));
}

/** The resources asked for, each once, or what is wrong with them. */
function parseAll(command: Claim): { wanted: Wanted[] } | Problem {
  const wanted = new Map<string, Wanted>();
  const errors: FieldError[] = [];
  for (const { id, resource: text, field } of command.resources) {
    const resource = parseResource(text);
    if ('invalid' in resource) errors.push({ field, message: resource.invalid });
    else if (!wanted.has(resource.text)) wanted.set(resource.text, { lock_id: id, resource });
  }
  if (errors.length > 0) return { problem: 'invalid-request', errors };
  return wanted.size > 0 ? { wanted: [...wanted.values()] } : invalid('resources', 'Name at least one resource.');
}
