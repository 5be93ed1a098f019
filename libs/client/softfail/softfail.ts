import { statSync } from 'node:fs';
import type { Answer, Call } from '../exchange';
import { EngineAway } from '../problem';
import type { QueuedLine } from './line';
import type { QueueOptions } from './options';
import { lineFor, UNQUEUED_NAME } from './queueable';
import type { Waiting } from './waiting';
import { queuePath } from './where';

interface Behind {
  /** The engine's address, without a slash at the end. */
  base: string;
  /** How long one attempt may take. */
  deadlineMs: number;
  queue: QueueOptions;
}

type Attempt = (call: Call) => Promise<Answer>;

/**
 * `attempt` with a queue behind it (reference 001, "Softfail and Catch-Up"): a write that gets no answer, or a 5xx, is queued and the call throws
 * `Queued`. What waits is sent before the next write, which must not overtake it, and after the next read that was answered.
 * Without a queue file a call pays one `stat`.
 */
export function softfail(attempt: Attempt, { base, deadlineMs, queue }: Behind): Attempt {
  let path: string | undefined;
  const file = (): string => (path ??= queue.file ?? queuePath());
  const waits = (): boolean => sizeOf(file()) > 0;
  // Loaded when there is something to wait, or waiting: most calls find neither.
  const waiting = (): Waiting => new (require('./waiting') as typeof import('./waiting')).Waiting(file(), base, deadlineMs, queue);

  const read: Attempt = async (call) => {
    const answer = await attempt(call);
    if (answer.status < 500 && waits()) await waiting().sendAfterRead();
    return answer;
  };

  const write = async (call: Call, line: QueuedLine | null): Promise<Answer> => {
    const held = waits() ? await waiting().sendBeforeWrite() : null;
    if (line === null) return attempt(call);
    if (held !== null) return waiting().enqueue(line, held);
    const answer = await attempt(call).catch((error: unknown) => {
      if (error instanceof EngineAway) return waiting().enqueue(line, `no answer: ${error.reason}`);
      throw error;
    });
    return answer.status < 500 ? answer : waiting().enqueue(line, `answered with ${answer.status}`);
  };

  return (call) => {
    if (call.method === 'GET' || call.method === 'HEAD') return read(call);
    const { [UNQUEUED_NAME]: _, ...headers } = call.headers;
    return write({ ...call, headers }, lineFor(call, call.url.slice(base.length), new Date().toISOString()));
  };
}

/** In bytes; 0 also for what can't be looked at: that holds up no call. The call that has to be queued will say what is wrong. */
function sizeOf(file: string): number {
  try {
    return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  } catch {
    return 0;
  }
}
