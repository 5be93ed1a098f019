/** Longest `session_id`, `project_key` and the like, in characters (protocol, "General"). */
export const LENGTH_OF_KEYS = 200;
/** Deeper JSON is refused: it would overflow the stack of whoever walks through it. */
export const MAX_JSON_DEPTH = 64;

/** What I-JSON (RFC 7493) and Postgres don't carry: NUL and surrogates without their other half. */
const UNSAFE = /[\0\p{Surrogate}]/u;

/** Length in characters as people count them: a pair of surrogates is one. */
function characters(value: string): number {
  let count = 0;
  for (const _ of value) count += 1;
  return count;
}

export function isTextual(value: unknown, { min = 0, max }: { min?: number; max?: number } = {}): value is string {
  if (typeof value !== 'string' || value.length < min) return false;
  if (max !== undefined && value.length > max && (value.length > 2 * max || characters(value) > max)) return false;
  return !UNSAFE.test(value);
}

/** JSON that survives being stored and read again; the depth is bounded, so the recursion is. */
export function isPlainJson(value: unknown, depth = MAX_JSON_DEPTH): boolean {
  if (value === null || typeof value === 'boolean') return true;
  if (typeof value === 'string') return isTextual(value);
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || depth === 0) return false;
  if (Array.isArray(value)) return value.every((item) => isPlainJson(item, depth - 1));
  return Object.entries(value).every(([key, item]) => isTextual(key) && isPlainJson(item, depth - 1));
}

export const isPlainJsonObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && isPlainJson(value);

const INSTANT = /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?([Zz]|[+-]\d\d:?\d\d|[+-]\d\d)$/;

/** Milliseconds since 1970 of an ISO 8601 time with an offset; null for anything else, also for days that no calendar has. */
export function instantMs(text: string): number | null {
  const match = INSTANT.exec(text);
  if (!match) return null;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const millis = Number((match[7] ?? '').padEnd(3, '0').slice(0, 3));
  const local = new Date(0);
  local.setUTCFullYear(year, month - 1, day);
  local.setUTCHours(hour, minute, second, millis);
  const exists = local.getUTCMonth() === month - 1 && local.getUTCDate() === day && hour < 24 && minute < 60 && second < 60;
  const offset = offsetMinutes(match[8] ?? '');
  if (!exists || offset === null) return null;
  const utc = local.getTime() - offset * 60_000;
  return utc >= Date.UTC(1, 0, 1) && utc < Date.UTC(10_000, 0, 1) ? utc : null;
}

function offsetMinutes(text: string): number | null {
  if (text.toUpperCase() === 'Z') return 0;
  const hours = Number(text.slice(1, 3));
  const minutes = Number(text.slice(3).replace(':', '') || 0);
  if (hours > 23 || minutes > 59) return null;
  return (text[0] === '-' ? -1 : 1) * (hours * 60 + minutes);
}

export const isInstant = (value: unknown): value is string => typeof value === 'string' && instantMs(value) !== null;

/** An instant in UTC with milliseconds, as times go out. @throws RangeError for what is no instant. */
export const utcMillis = (text: string): string => new Date(instantMs(text) ?? Number.NaN).toISOString();
