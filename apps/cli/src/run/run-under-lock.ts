import { CoordProblem, EngineAway } from '@coord/client/index';
import type { Context } from '../context';
import { EXIT } from '../failure';
import { INTERRUPTED } from '../interrupt';
import { Child } from './child';
import { claimForRun, type Grant, type Terms } from './claim-for-run';
import { giveBack } from './give-back';
import { keepLock } from './keep-lock';
import { Signals } from './signals';

export interface RunOptions extends Terms {
  onLost: 'kill' | 'warn';
  /** Between SIGTERM and SIGKILL. */
  graceMs: number;
  /** Without the engine: without a lock. */
  anyway: boolean;
}

/**
 * Runs a command under a lock.
 * @returns the exit code: the command's, or that of a lock that was lost
 * @throws CoordProblem or Failure when the lock is not granted. @throws EngineAway when the engine does not answer and `anyway` is not given.
 */
export async function runUnderLock(coord: Context, words: readonly string[], options: RunOptions): Promise<number> {
  const signals = new Signals();
  try {
    const grant = await granted(coord, options, signals);
    try {
      if (signals.received !== null) return INTERRUPTED;
      return await run(coord, words, grant, options, signals);
    } finally {
      if (grant) await giveBack(coord, grant);
    }
  } finally {
    signals.close();
  }
}

async function granted(coord: Context, options: RunOptions, signals: Signals): Promise<Grant | null> {
  try {
    return await claimForRun(coord, options, signals.interrupt);
  } catch (error) {
    if (signals.received !== null) return null;
    const away = error instanceof EngineAway || (error instanceof CoordProblem && error.status >= 500);
    if (!away || !options.anyway) throw error;
    coord.output.note(`coord: ${error.message} Running without a lock, as --anyway says.`);
    return null;
  }
}

async function run(
  coord: Context,
  words: readonly string[],
  grant: Grant | null,
  { onLost, graceMs }: RunOptions,
  signals: Signals,
): Promise<number> {
  const { settings, output } = coord;
  const child = new Child(words, {
    ...{ COORD_URL: settings.url, COORD_SESSION_ID: settings.session_id, COORD_PROJECT: coord.project },
    ...(grant && { COORD_LOCK_ID: grant.lock.id, COORD_FENCE: String(grant.lock.fence) }),
  });
  signals.forwardTo(child);
  const over = new AbortController();
  const lost = (grant ? keepLock(coord, grant.lock, over.signal) : Promise.resolve(null)).then(async (why) => {
    if (why === null) return false;
    const stopped = onLost === 'kill' ? child.stop(graceMs) : null;
    output.note(`coord: the lock is lost: ${why} ${stopped ? 'Ending the command.' : 'The command goes on, without it.'}`);
    await stopped;
    return stopped !== null;
  });
  try {
    const [code, killed] = await Promise.all([child.ended.finally(() => over.abort()), lost]);
    return killed ? EXIT.lockConflict : code;
  } catch (error) {
    // The lock is released when this ends: whatever went wrong, the command must not go on without it.
    over.abort();
    await child.stop(graceMs);
    throw error;
  }
}
