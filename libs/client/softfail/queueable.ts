import type { Call } from '../exchange';
import type { QueuedLine } from './line';

/** Calls whose point is the answer: carried out later, they would do something that nobody waits for any more. */
const ANSWERS_COUNT: readonly RegExp[] = [
  // The next work item, whichever it is then.
  /^\/api\/coord\/work-items\/claim$/,
  // Whether a lock is valid now.
  /^\/api\/coord\/locks\/verify$/,
  // Reads a log into an empty engine.
  /^\/api\/coord\/admin\//,
];
const READ = /^\/api\/coord\/messages\/read$/;
const SESSIONS = /^\/api\/coord\/sessions$/;
const HEARTBEAT = /^\/api\/coord\/sessions\/[^/]+\/heartbeat$/;

export const UNQUEUED_NAME = 'coord-unqueued';

/** In the headers of a call: it is not to be queued, `api.POST(path, {...UNQUEUED, body})`. It does not reach the engine. */
export const UNQUEUED = { headers: { [UNQUEUED_NAME]: '1' } } as const;

/**
 * The line that stands for a write when the engine is away; `null` for what can't wait: a read, a call whose point is its answer, and one that
 * depends on a header which a line has no place for.
 * @param path from `/api/coord` on, with the query
 * @param now ISO 8601
 */
export function lineFor({ method, headers, body: text }: Omit<Call, 'url'>, path: string, now: string): QueuedLine | null {
  const [route = ''] = path.split('?', 1);
  if (method === 'GET' || method === 'HEAD' || UNQUEUED_NAME in headers || 'if-match' in headers) return null;
  if (ANSWERS_COUNT.some((one) => one.test(route))) return null;
  const body = bodyOf(text ?? '');
  if (body === undefined) return null;
  const said = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  // Who registers without a name wants to be given one; a heartbeat that reports nothing says "I am there now".
  if ((SESSIONS.test(route) && said.session_id === undefined) || (HEARTBEAT.test(route) && Object.keys(said).length === 0)) return null;
  // "All" are those that are unread now: sent later, it would mark as read what nobody has seen.
  if (READ.test(route) && said.all === true) return null;
  const { wait_seconds, ...unhurried } = said;
  // Nobody waits in line for a lock any more. Another body needs another key.
  const waited = wait_seconds !== undefined && wait_seconds !== 0;
  return {
    ts: now,
    method,
    path,
    body: waited ? unhurried : body,
    idempotency_key: `${headers['idempotency-key']}${waited ? '-unhurried' : ''}`,
    intended_at: now,
  };
}

/** `undefined`: no JSON, which a line can't hold. */
function bodyOf(text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
