import { answered, CoordProblem, type Lock, UNQUEUED } from '@coord/client/index';
import type { Context } from '../context';
import { INTERRUPTED, untilInterrupted } from '../interrupt';
import type { claimOf } from './claim-terms';

/** The longest that the engine holds a claim (protocol, "Waiting"); who waits longer asks again. */
const LONGEST_S = 60;

/**
 * Claims and waits in the engine's queue, again and again, until the lock is granted.
 * @param timeoutMs infinite: for ever
 * @returns null when it was interrupted: then the exit code says so, and the claim has left the queue
 * @throws CoordProblem `lock-held` when the time is over
 */
export async function claimWhenFree(coord: Context, claim: ReturnType<typeof claimOf>, timeoutMs: number): Promise<Lock | null> {
  const end = Date.now() + timeoutMs;
  return untilInterrupted(async (signal) => {
    for (let told = false; ; told = true) {
      const wait_seconds = Math.max(0, Math.min(LONGEST_S, Math.ceil((end - Date.now()) / 1_000)));
      try {
        const api = coord.waitingApi(wait_seconds * 1_000);
        return await answered(api.POST('/api/coord/locks', { ...UNQUEUED, body: { ...claim, wait_seconds }, signal }));
      } catch (error) {
        if (signal.aborted) return interrupted(coord);
        if (!(error instanceof CoordProblem && error.kind === 'lock-held') || Date.now() >= end) throw error;
        if (!told) coord.output.note(`coord: ${error.message.split(';')[0]}; waiting goes on.`);
      }
    }
  });
}

function interrupted(coord: Context): null {
  coord.output.note('coord: interrupted; the claim has left the queue.');
  process.exitCode = INTERRUPTED;
  return null;
}
