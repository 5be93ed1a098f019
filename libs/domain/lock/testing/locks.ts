import type { LockCommand, LockExpired, LockReleased, LockRenewed } from '../index';
import type { LockClaimed, LockRequestQueued, LockRequestWithdrawn } from '../lock.events';

/** Noon of the specs' day, and what counts from it. */
export const NOON = Date.parse('2026-05-12T12:00:00.000Z');
export const HOUR = 3_600_000;
export const iso = (ms: number): string => new Date(ms).toISOString();

const SUBJECT = { lock_id: 'l1', project_key: 'p', session_id: 'A', resource: 'src/a.ts', fence: 1 };

/** A's exclusive lock `l1` on `src/a.ts`, claimed at noon for two hours, but for `more`. */
export const claimed = (more: Partial<LockClaimed['data']> = {}): LockClaimed => ({
  type: 'LockClaimed',
  data: { ...SUBJECT, mode: 'exclusive', description: null, ttl_hours: 2, expires_at: iso(NOON + 2 * HOUR), acquired_at: iso(NOON), ...more },
});
export const renewed = (more: Partial<LockRenewed['data']> = {}): LockRenewed => ({
  type: 'LockRenewed',
  data: { ...SUBJECT, mode: 'exclusive', description: null, ttl_hours: 2, expires_at: iso(NOON + 2 * HOUR), renewed_at: iso(NOON), ...more },
});
export const expired = (more: Partial<LockExpired['data']> = {}): LockExpired => ({
  type: 'LockExpired',
  actor: null,
  data: { ...SUBJECT, ended_at: iso(NOON + 2 * HOUR), ended_by: null, reason: null, ...more },
});
export const released = (more: Partial<LockReleased['data']> = {}): LockReleased => ({
  type: 'LockReleased',
  data: { ...SUBJECT, ended_at: iso(NOON), ended_by: 'A', reason: null, stale: null, ...more },
});

const REQUEST = { request_id: 'r1', lock_id: 'l1', project_key: 'p', session_id: 'A', resource: 'src/a.ts' };

/** A waits for `src/a.ts` from noon on, for a minute, but for `more`. */
export const queued = (more: Partial<LockRequestQueued['data']> = {}): LockRequestQueued => ({
  type: 'LockRequestQueued',
  data: { ...REQUEST, mode: 'exclusive', ttl_hours: 2, queued_at: iso(NOON), until: iso(NOON + 60_000), ...more },
});
/** What was queued is withdrawn at noon; takes the data of `queued`, too. */
export const withdrawn = (more: Partial<LockRequestWithdrawn['data'] & LockRequestQueued['data']> = {}): LockRequestWithdrawn => {
  const { request_id, lock_id, project_key, session_id, resource, withdrawn_at = iso(NOON), reason = 'timeout' } = { ...REQUEST, ...more };
  return { type: 'LockRequestWithdrawn', actor: null, data: { request_id, lock_id, project_key, session_id, resource, withdrawn_at, reason } };
};

type Claim = LockCommand & { type: 'ClaimLocks' };

/** A claim of these resources at noon; those granted get the ids `n1`, `n2`, … */
export const claim = (session_id: string, resources: string | string[], more: Partial<Claim> = {}): Claim => ({
  type: 'ClaimLocks',
  project_key: 'p',
  session_id,
  resources: [resources]
    .flat()
    .map((resource, i) => ({ id: `n${i + 1}`, resource, field: Array.isArray(resources) ? `resources[${i}]` : 'resource' })),
  mode: 'exclusive',
  ttl_hours: 2,
  now: NOON,
  ...more,
});
