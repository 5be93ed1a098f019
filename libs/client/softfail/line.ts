import { createHash } from 'node:crypto';

/** A write that waits, as reference 001 ("Softfail and Catch-Up") writes it: one JSON object to a line. Old clients write the first four members. */
export interface QueuedLine {
  /** When it was queued; ISO 8601. */
  ts: string;
  method: string;
  /** From `/api/coord` on, with its query. */
  path: string;
  /** The JSON that is sent; `null` for a call without one. A text is sent as it is, as the loop of reference 001 does. */
  body: unknown;
  /** Of the first attempt: should it have gone through after all, the engine answers the second as it answered the first. */
  idempotency_key?: string;
  /** When the first attempt was made; goes with it as `Coord-Intended-At`. */
  intended_at?: string;
}

/** A line of a queue file. */
export interface Entry {
  /** The line as it stands in the file, without the line feed. */
  raw: string;
  /** What it says; a text says why it can't be sent. */
  line: QueuedLine | string;
}

/** A key that fits in a header and that the engine takes (protocol, "General"). */
const KEY = /^[\x21-\x7e]([\x20-\x7e]{0,198}[\x21-\x7e])?$/;
const METHOD = /^(GET|HEAD|POST|PUT|PATCH|DELETE)$/i;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/i;

/** The lines of a queue file's text, in order; blank ones are none. Those of Windows end with a carriage return. */
export const linesOf = (text: string): string[] =>
  text
    .replace(/^\ufeff/, '')
    .split('\n')
    .map((line) => line.replace(/\r$/, ''))
    .filter((line) => line.trim() !== '');

/** Reads a line. */
export function parseLine(raw: string): Entry {
  return { raw, line: read(raw) };
}

function read(raw: string): QueuedLine | string {
  const value = jsonOf(raw);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'no JSON object';
  const { ts, method, path, body = null, idempotency_key, intended_at } = value as Record<string, unknown>;
  if (typeof method !== 'string' || !METHOD.test(method)) return '"method" is no HTTP method';
  if (typeof path !== 'string' || !/^\/[^/\\\s][^\s]*$/.test(path)) return '"path" is no path such as /api/coord/messages';
  return {
    ts: String(ts ?? ''),
    method: method.toUpperCase(),
    path,
    body,
    ...(typeof idempotency_key === 'string' && KEY.test(idempotency_key) && { idempotency_key }),
    ...(typeof intended_at === 'string' && { intended_at }),
  };
}

/** `undefined` for what is no JSON. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * The same lines, each with a key. A line of an old client gets one that derives from what it says and from how many lines that say the same
 * stand before it. It has to be in the file before the line is sent: derived once more when lines before it are gone, it would be another.
 */
export function withKeys(entries: readonly Entry[]): Entry[] {
  const seen = new Map<string, number>();
  return entries.map((entry) => {
    if (typeof entry.line === 'string' || entry.line.idempotency_key !== undefined) return entry;
    const nth = seen.get(entry.raw) ?? 0;
    seen.set(entry.raw, nth + 1);
    const digest = createHash('sha256')
      .update(JSON.stringify([entry.raw, nth]))
      .digest('hex');
    const idempotency_key = `queued-${digest.slice(0, 40)}`;
    // Whatever else an old client has written stays.
    return parseLine(JSON.stringify({ ...(JSON.parse(entry.raw) as object), idempotency_key }));
  });
}

/** When the write was meant, for `Coord-Intended-At`; `null` where the line says no time that the engine would take. */
export function intendedAt({ intended_at, ts }: QueuedLine): string | null {
  const time = [intended_at, ts].find((text) => text !== undefined && TIME.test(text) && !Number.isNaN(Date.parse(text)));
  return time === undefined ? null : new Date(time).toISOString();
}
