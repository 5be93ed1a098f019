import { type Answer, exchange } from '../exchange';
import { reasonOf } from '../problem';
import { intendedAt, type QueuedLine } from './line';

/** What became of a line that was sent. */
export type Outcome = { kind: 'taken'; status: number } | { kind: 'refused'; status: number; answer: unknown } | { kind: 'unanswered'; why: string };

/** These say "later", not "no": request timeout, too early, too many requests. */
const LATER = new Set([408, 425, 429]);

/** Sends a line that waited, under its key and with the time at which it was meant. */
export async function send(base: string, line: QueuedLine, deadlineMs: number): Promise<Outcome> {
  const { method, path, body, idempotency_key } = line;
  const intended = intendedAt(line);
  const text = body === null || body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
  const headers = {
    accept: 'application/json, */*',
    ...(idempotency_key !== undefined && { 'idempotency-key': idempotency_key }),
    ...(intended !== null && { 'coord-intended-at': intended }),
    ...(text !== undefined && { 'content-type': 'application/json' }),
  };
  try {
    return outcomeOf(await exchange({ method, url: base + path, headers, body: text }, deadlineMs));
  } catch (error) {
    return { kind: 'unanswered', why: `no answer: ${reasonOf(error)}` };
  }
}

function outcomeOf({ status, ok, headers, text }: Answer): Outcome {
  if (status < 200 || (status >= 300 && status < 400) || status >= 500 || LATER.has(status))
    return { kind: 'unanswered', why: `answered with ${status}` };
  // A hotel's log-in page or another program's error page knows nothing of the write.
  if (/^text\/html\b/i.test(headers.get('content-type') ?? '')) return { kind: 'unanswered', why: 'something that is not Coord answers with a page' };
  return ok ? { kind: 'taken', status } : { kind: 'refused', status, answer: jsonOrText(text) };
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
