import { setTimeout as pause } from 'node:timers/promises';
import { EngineAway } from './problem';

export interface Patience {
  /** How long one attempt may take, in ms. */
  deadlineMs: number;
  /** The longest `Retry-After` that is waited for, in ms; 0: an answer of 503 stands. */
  patienceMs: number;
}

/**
 * `fetch` with a deadline, and with one more attempt when the engine says when to come again:
 * 503 with `Retry-After` (reference 001, "Softfail and Catch-Up": wait the seconds, then retry once). Safe to repeat, since writes carry an idempotency key.
 * @throws EngineAway when there is no answer in time. A 5xx comes back as it is.
 */
export function patientFetch({ deadlineMs, patienceMs }: Patience): (request: Request) => Promise<Response> {
  const attempt = async (request: Request): Promise<Response> => {
    try {
      return await fetch(request, { signal: AbortSignal.any([request.signal, AbortSignal.timeout(deadlineMs)]) });
    } catch (cause) {
      if (request.signal.aborted) throw cause;
      throw new EngineAway(new URL(request.url).origin, cause);
    }
  };
  return async (request) => {
    const again = request.clone();
    const answer = await attempt(request);
    const seconds = Number(answer.headers.get('retry-after') ?? Number.NaN);
    if (answer.status !== 503 || !(seconds * 1_000 <= patienceMs)) return answer;
    await answer.body?.cancel();
    await pause(seconds * 1_000, undefined, { signal: request.signal });
    return attempt(again);
  };
}
