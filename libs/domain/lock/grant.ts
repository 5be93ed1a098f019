import { expiryOf } from './expiry';
import type { Demand } from './in-the-way';
import type { LockEvent } from './lock.events';
import { isExpired, type LockState } from './lock.state';
import { expired, subjectOf } from './lock-end';

/** What is granted, to whom, on what terms. `request_id`: it was waited for. */
export interface Grant extends Demand {
  project_key: string;
  /** Undefined: as it is, null for a new lock. */
  description?: string | null;
  ttl_hours: number;
  request_id?: string;
}

/**
 * All that is wanted, under fences after `fence`. What the session holds already is renewed, and may change its mode. `found`: every
 * lock that overlaps; those whose time is over are put on record first.
 */
export function grant(given: Grant, found: readonly LockState[], fence: number, now: number): LockEvent[] {
  const over = found.filter((lock) => isExpired(lock, now));
  const own = new Map(found.filter((lock) => lock.session_id === given.session_id && !isExpired(lock, now)).map((lock) => [lock.resource, lock]));
  const events: LockEvent[] = over.map(expired);
  let last = fence;
  for (const { lock_id, resource } of given.wanted) {
    const held = own.get(resource.text);
    if (held) events.push(renewed(given, held, now));
    else events.push(claimed(given, lock_id, resource.text, ++last, now));
  }
  return events;
}

function claimed(given: Grant, lock_id: string, resource: string, fence: number, now: number): LockEvent {
  const { project_key, session_id, mode, description = null, ttl_hours } = given;
  const expires_at = expiryOf(ttl_hours, now);
  const acquired_at = new Date(now).toISOString();
  const data = { lock_id, project_key, session_id, resource, fence, mode, description, ttl_hours, expires_at, acquired_at };
  return waitedFor(given, { type: 'LockClaimed', data });
}

function renewed(given: Grant, lock: LockState, now: number): LockEvent {
  const { mode, ttl_hours } = given;
  const description = given.description === undefined ? lock.description : given.description;
  const terms = { mode, description, ttl_hours, expires_at: expiryOf(ttl_hours, now) };
  return waitedFor(given, { type: 'LockRenewed', data: { ...subjectOf(lock), ...terms, renewed_at: new Date(now).toISOString() } });
}

type Granting = Extract<LockEvent, { type: 'LockClaimed' | 'LockRenewed' }>;

/** The doing of whoever waited for it, though another's command brings it about. */
const waitedFor = ({ request_id, session_id }: Grant, event: Granting): LockEvent =>
  request_id === undefined ? event : ({ ...event, actor: session_id, data: { ...event.data, request_id } } as Granting);
