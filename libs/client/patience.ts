import { setTimeout as pause } from 'node:timers/promises';
import { type Answer, type Call, exchange } from './exchange';
import { EngineAway } from './problem';

export interface Patience {
  /** How long one attempt may take, in ms. */
  deadlineMs: number;
  /** The longest `Retry-After` that is waited for, in ms; 0: an answer of 503 stands. */
  patienceMs: number;
}

/**
 * Sends calls with a deadline, and once more when the engine says when to come again:
 * 503 with `Retry-After` (reference 001, "Softfail and Catch-Up": wait the seconds, then retry once). Safe to repeat, since writes carry an idempotency key.
 * @throws EngineAway when there is no answer in time. A 5xx comes back as it is.
 */
export function patient({ deadlineMs, patienceMs }: Patience): (call: Call) => Promise<Answer> {
  const attempt = async (call: Call): Promise<Answer> => {
    try {
      return await exchange(call, deadlineMs);
    } catch (cause) {
      if (call.signal?.aborted) throw cause;
      throw new EngineAway(new URL(call.url).origin, cause);
    }
  };
  return async (call) => {
    const answer = await attempt(call);
    const seconds = Number(answer.headers.get('retry-after') ?? Number.NaN);
    if (answer.status !== 503 || !(seconds * 1_000 <= patienceMs)) return answer;
    await pause(seconds * 1_000, undefined, { signal: call.signal });
    return attempt(call);
  };
}
