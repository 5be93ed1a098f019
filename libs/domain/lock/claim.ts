import { type FieldError, invalid, type Problem } from '../problem';
import { expiryOf } from './expiry';
import type { LockCommand } from './lock.commands';
import type { LockEvent } from './lock.events';
import { isExpired, type LockMode, type LockState, overlappingLocks, type ProjectLocks } from './lock.state';
import { expired, subjectOf } from './lock-end';
import { parseResource, type Resource } from './resource';

type Claim = LockCommand & { type: 'ClaimLocks' };
type Wanted = { id: string; resource: Resource };

/**
 * Grants all resources or none. What a session holds never conflicts with its own claims; the same resource again renews
 * the lock and may change its mode, if no other session is in the way. Expired locks in the way are put on record first.
 */
export function decideClaim(command: Claim, state: ProjectLocks): readonly LockEvent[] | Problem {
  const parsed = parseAll(command);
  if ('problem' in parsed) return parsed;
  const inTheWay = parsed.wanted.flatMap(({ resource }) => overlappingLocks(state, resource));
  const over = unique(inTheWay.filter((lock) => isExpired(lock, command.now)));
  const conflicts = unique(inTheWay.filter((lock) => !over.includes(lock) && conflictsWith(lock, command.session_id, command.mode)));
  if (conflicts.length > 0) return { problem: 'lock-held', conflicts: conflicts.sort((a, b) => a.fence - b.fence) };

  const own = new Map(inTheWay.filter((lock) => lock.session_id === command.session_id && !over.includes(lock)).map((lock) => [lock.resource, lock]));
  let fence = state.fence;
  return [
    ...over.map(expired),
    ...parsed.wanted.map(({ id, resource }): LockEvent => {
      const held = own.get(resource.text);
      if (held) return renewed(command, held);
      fence += 1;
      return claimed(command, id, resource.text, fence);
    }),
  ];
}

const conflictsWith = (lock: LockState, session: string, mode: LockMode): boolean =>
  lock.session_id !== session && (lock.mode === 'exclusive' || mode === 'exclusive');

const unique = (locks: LockState[]): LockState[] => [...new Set(locks)];

/** The resources asked for, each once, or what is wrong with them. */
function parseAll(command: Claim): { wanted: Wanted[] } | Problem {
  const wanted = new Map<string, Wanted>();
  const errors: FieldError[] = [];
  for (const { id, resource: text, field } of command.resources) {
    const resource = parseResource(text);
    if ('invalid' in resource) errors.push({ field, message: resource.invalid });
    else if (!wanted.has(resource.text)) wanted.set(resource.text, { id, resource });
  }
  if (errors.length > 0) return { problem: 'invalid-request', errors };
  return wanted.size > 0 ? { wanted: [...wanted.values()] } : invalid('resources', 'Name at least one resource.');
}

function claimed(command: Claim, lock_id: string, resource: string, fence: number): LockEvent {
  const { project_key, session_id, mode, ttl_hours, now } = command;
  const terms = { mode, description: command.description ?? null, ttl_hours, expires_at: expiryOf(ttl_hours, now) };
  return { type: 'LockClaimed', data: { lock_id, project_key, session_id, resource, fence, ...terms, acquired_at: new Date(now).toISOString() } };
}

function renewed(command: Claim, lock: LockState): LockEvent {
  const { mode, ttl_hours, now } = command;
  const description = command.description === undefined ? lock.description : command.description;
  const terms = { mode, description, ttl_hours, expires_at: expiryOf(ttl_hours, now) };
  return { type: 'LockRenewed', data: { ...subjectOf(lock), ...terms, renewed_at: new Date(now).toISOString() } };
}
