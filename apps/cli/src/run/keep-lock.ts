import { setTimeout as pause } from 'node:timers/promises';
import { answered, type CoordClient, CoordProblem, createClient, EngineAway, type Lock } from '@coord/client/index';
import type { Context } from '../context';
import { rings } from '../doorbell';

/** A lock that nobody renews is stale after two hours, however long it lasts. */
const LONGEST_MS = 300_000;
/** Several attempts fit between the time for a renewal and the end. */
const OF_TTL = 4;
const AGAIN_MS = 2_000;
const LOOK_MS = 30_000;

/**
 * Renews a lock well before it expires, and watches for what happens to it, until `signal` ends that.
 * @returns why it was lost, as a sentence; null when it was held to the end
 */
export async function keepLock({ settings: { url, session_id } }: Context, lock: Lock, signal: AbortSignal): Promise<string | null> {
  const over = new AbortController();
  const ends = AbortSignal.any([signal, over.signal]);
  // Prompt or not at all: waiting for `Retry-After` would wait past the end of the lock.
  const api = createClient({ url, deadlineMs: 5_000, patienceMs: 0 });
  try {
    return await Promise.race([renewed({ api, session_id, lock, signal: ends }), watched({ api, url, lock, signal: ends })]);
  } finally {
    over.abort();
  }
}

/** Renews, again and again; a lock whose renewal fails for want of an engine is held until it expires. */
async function renewed({
  api,
  session_id,
  lock,
  signal,
}: {
  api: CoordClient;
  session_id: string;
  lock: Lock;
  signal: AbortSignal;
}): Promise<string | null> {
  const everyMs = lock.ttl_hours === 0 ? LONGEST_MS : Math.min(LONGEST_MS, (lock.ttl_hours * 3_600_000) / OF_TTL);
  let expires = expiry(lock, Date.now());
  for (let next = everyMs; !signal.aborted; ) {
    await rest(Math.max(0, Math.min(next, expires - Date.now())), signal);
    if (signal.aborted) break;
    const asked = Date.now();
    if (asked >= expires) return 'the engine did not answer until it expired.';
    // An engine that hangs is waited for no longer than the lock is held.
    const late = AbortSignal.timeout(Math.min(expires - asked, LONGEST_MS));
    const init = { params: { path: { id: lock.id } }, body: { session_id }, signal: AbortSignal.any([signal, late]) };
    try {
      expires = expiry(await answered(api.POST('/api/coord/locks/{id}/renew', init)), asked);
      next = everyMs;
    } catch (error) {
      if (signal.aborted) break;
      if (!late.aborted && isRefused(error)) return error.message;
      next = Math.min(AGAIN_MS, everyMs);
    }
  }
  return null;
}

/** Looks whenever something happened to locks on the resource. */
async function watched({ api, url, lock, signal }: { api: CoordClient; url: string; lock: Lock; signal: AbortSignal }): Promise<string | null> {
  const query = { project_key: lock.project_key, resource: lock.resource };
  for await (const _ of rings({ url, query, signal, atLeastMs: LOOK_MS })) {
    try {
      const { status, ended_by, end_reason } = await answered(api.GET('/api/coord/locks/{id}', { params: { path: { id: lock.id } }, signal }));
      if (status !== 'active') return `${status}${ended_by === null ? '' : ` by ${ended_by}`}${end_reason === null ? '' : ` (${end_reason})`}.`;
    } catch (error) {
      if (!signal.aborted && isRefused(error)) return error.message;
    }
  }
  return null;
}

/** When it ends, by this machine's clock; the answer took as long as it took. */
const expiry = ({ ttl_remaining_ms }: Lock, asked: number): number =>
  ttl_remaining_ms === null ? Number.POSITIVE_INFINITY : asked + ttl_remaining_ms;

/** The engine says that the lock is not held; anything else (no answer, 5xx, a proxy's page) says nothing about it. */
function isRefused(error: unknown): error is CoordProblem {
  if (error instanceof EngineAway) return false;
  if (error instanceof CoordProblem) return ['lock-ended', 'not-lock-owner', 'not-found', 'fence-superseded'].includes(error.kind);
  throw error;
}

const rest = (ms: number, signal: AbortSignal): Promise<void> => pause(Math.min(ms, LONGEST_MS), undefined, { signal }).catch(() => undefined);
