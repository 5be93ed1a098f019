import { EngineAway } from '@coord/client/index';
import type { Context } from './context';

/**
 * What `look` finds, for commands that go on for long; null when the engine does not answer, which is said once, and once more when it is back.
 * @throws whatever else `look` throws
 */
export async function reachable<Found>({ output }: Context, look: () => Promise<Found>): Promise<Found | null> {
  try {
    const found = await look();
    if (away.has(output)) output.note('coord: the engine answers again.');
    away.delete(output);
    return found;
  } catch (error) {
    if (!(error instanceof EngineAway)) throw error;
    if (!away.has(output)) output.note(`coord: ${error.message} Going on when it is back.`);
    away.add(output);
    return null;
  }
}

const away = new WeakSet<object>();
