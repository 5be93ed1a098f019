import { statSync } from 'node:fs';
import { drain, openQueue, queuePath, refusalText } from '@coord/client/index';
import { plainLine } from '../output/plain-text';
import type { Engine } from './engine';

/** Of the time that is left, what was queued may take this part; the rest goes with the next commands. */
const SHARE = 0.6;

/**
 * Sends the writes that waited for the engine (reference 001, "Catch-up": at session start).
 * @param folder of the agent, from where the queue is looked for
 * @returns what the agent should know of it, or null.
 */
export async function drained(engine: Engine, folder: string): Promise<string | null> {
  const path = queuePath(process.env, folder);
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) === 0) return null;
  const ms = (engine.until - performance.now()) * SHARE;
  const { sent, refused, left } = await drain(openQueue(path), engine.url, { ms, lines: 500, deadlineMs: ms }, { wait: false });
  const refusals = refused.map((one) => `- ${plainLine(refusalText(one))}`);
  const rest = left > 0 ? `; ${left} still wait: coord sync` : '';
  return [
    `Coord: of the writes that were queued while the engine was away, ${sent.length} were sent and ${refused.length} refused${rest}.`,
    ...refusals,
  ].join('\n');
}
