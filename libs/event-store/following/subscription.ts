import { setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { type EventPage, StoreUnavailable } from '../event-store';
import type { Doorbell } from './doorbell';

const PAUSE = 200;

/** Reads page after page, only when asked for the next one, and sleeps at the end of the log. Any of the signals ends it; a store out of reach only delays it. */
export async function* subscription(
  read: (after: number) => Promise<EventPage>,
  doorbell: Doorbell,
  after: number,
  signals: readonly AbortSignal[],
): AsyncGenerator<EventPage, void, undefined> {
  // Not AbortSignal.any: what it makes stays in memory as long as the signal of the store, that is for ever.
  const ending = new AbortController();
  const end = (): void => ending.abort();
  // One signal may end any number of subscriptions.
  setMaxListeners(0, ...signals);
  for (const signal of signals) signal.addEventListener('abort', end);
  if (signals.some(({ aborted }) => aborted)) end();
  try {
    yield* pages(read, doorbell, after, ending.signal);
  } finally {
    for (const signal of signals) signal.removeEventListener('abort', end);
  }
}

async function* pages(
  read: (after: number) => Promise<EventPage>,
  doorbell: Doorbell,
  after: number,
  signal: AbortSignal,
): AsyncGenerator<EventPage, void, undefined> {
  let position = after;
  let woken = false;
  while (!signal.aborted) {
    const page = await readOrNothing(read, position);
    if (signal.aborted) return;
    if (page && page.position > position) {
      position = page.position;
      woken = false;
      yield page;
    } else {
      // Woken for what can't be read happens when a standby that lagged behind took over: the bell must not drive a busy loop.
      if (!page || woken) await pause(PAUSE, undefined, { signal }).catch(() => {});
      await doorbell.sleep(position, signal);
      woken = true;
    }
  }
}

async function readOrNothing(read: (after: number) => Promise<EventPage>, after: number): Promise<EventPage | undefined> {
  try {
    return await read(after);
  } catch (error) {
    if (error instanceof StoreUnavailable) return undefined;
    throw error;
  }
}
