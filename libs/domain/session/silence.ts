/** What silence makes of a session, and of what it holds: the one place that says so (protocol, "Sessions" and "Stale"). */

export type SessionStatus = 'active' | 'idle' | 'lost' | 'ended';

/** How long silence takes, in milliseconds, to make a session idle or lost, and a lock stale. */
export interface Silence {
  idleAfterMs: number;
  lostAfterMs: number;
  staleAfterMs: number;
}

/** Whether a session whose last sign was then (ISO 8601) is lost; `now` and `lostAfter` in milliseconds. From that instant on. */
export const isLost = (lastActivityAt: string, now: number, lostAfter: number): boolean => now - Date.parse(lastActivityAt) >= lostAfter;

/** By the clock alone; that a session has ended is for the log to say. */
export function statusAfterSilence(lastActivityAt: string, now: number, { idleAfterMs, lostAfterMs }: Silence): Exclude<SessionStatus, 'ended'> {
  if (isLost(lastActivityAt, now, lostAfterMs)) return 'lost';
  return now - Date.parse(lastActivityAt) >= idleAfterMs ? 'idle' : 'active';
}

/** After how much silence of its holder, in milliseconds, a lock is stale: a lock of a lost session is, whatever its age. */
export const staleAfter = ({ staleAfterMs, lostAfterMs }: Silence): number => Math.min(staleAfterMs, lostAfterMs);
