const HOUR = 3_600_000;

/** When a lease of `ttlHours` (fractions allowed, 0: never) that begins `now` (ms) runs out; ISO 8601 or null. */
export const expiryOf = (ttlHours: number, now: number): string | null =>
  ttlHours === 0 ? null : new Date(now + Math.round(ttlHours * HOUR)).toISOString();
