export { LENGTH_OF_KEYS } from '@coord/domain/shapes/index';

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

const OFFSET = '([Zz]|[+-]\\d\\d(?::?\\d\\d)?)';
const FRACTION = '(?:[.,](\\d+))?';
/** Of ISO 8601, the calendar dates: with separators, and without. A date of one form goes with a time of the same. */
const EXTENDED = new RegExp(`^(\\d{4})-(\\d\\d)-(\\d\\d)[Tt ](\\d\\d)(?::(\\d\\d)(?::(\\d\\d))?)?${FRACTION}${OFFSET}$`);
const BASIC = new RegExp(`^(\\d{4})(\\d\\d)(\\d\\d)[Tt ](\\d\\d)(?:(\\d\\d)(\\d\\d)?)?${FRACTION}${OFFSET}$`);

const HOUR = 3_600_000;
const MINUTE = 60_000;
const SECOND = 1_000;

/** Those of year 1 to 9999, in UTC: Postgres knows no year 0, and four digits are all that times go out with. */
const [EARLIEST, LATEST] = [Date.parse('0001-01-01T00:00:00Z'), Date.parse('9999-12-31T23:59:59.999Z')];

/**
 * Milliseconds since 1970 of an ISO 8601 time with an offset, what is finer cut off; null for anything else, also for days that
 * no calendar has. 24:00 is the end of its day. Weeks and days of the year (`2026-W47-7`, `2026-326`) are not taken.
 */
export function instantMs(text: string): number | null {
  const match = EXTENDED.exec(text) ?? BASIC.exec(text);
  if (!match) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map((part) => Number(part ?? 0));
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const time = hour * HOUR + minute * MINUTE + second * SECOND + fractionMs(match[7] ?? '', match[6] ? SECOND : match[5] ? MINUTE : HOUR);
  const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && minute < 60 && second < 60 && time <= 24 * HOUR;
  const offset = offsetMs(match[8] ?? '');
  if (!exists || offset === null) return null;
  const utc = date.getTime() + time - offset;
  return utc >= EARLIEST && utc <= LATEST ? utc : null;
}

/** What the decimals are of the last of hour, minute and second that was written, `unit` in milliseconds. By whole numbers, which are exact. */
const fractionMs = (digits: string, unit: number): number => Math.floor((Number(digits.padEnd(9, '0').slice(0, 9)) * unit) / 1e9);

function offsetMs(text: string): number | null {
  if (text.toUpperCase() === 'Z') return 0;
  const hours = Number(text.slice(1, 3));
  const minutes = Number(text.slice(3).replace(':', '') || 0);
  if (hours > 23 || minutes > 59) return null;
  return (text[0] === '-' ? -1 : 1) * (hours * HOUR + minutes * MINUTE);
}

export const isInstant = (value: unknown): value is string => typeof value === 'string' && instantMs(value) !== null;

/** An instant in UTC with milliseconds, as times go out. @throws RangeError for what is no instant. */
export const utcMillis = (text: string): string => new Date(instantMs(text) ?? Number.NaN).toISOString();
