const HOUR = 3_600_000;

/** When a lease of `ttlHours` (fractions allowed, 0: never) that begins `now` (ms) runs out, a millisecond later at least; ISO 8601 or null. */
export const expiryOf = (ttlHours: number, now: number): string | null =>
  ttlHours === 0 ? null : new Date(now + Math.max(1, Math.round(ttlHours * HOUR))).toISOString();
