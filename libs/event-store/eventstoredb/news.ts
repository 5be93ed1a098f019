import { setTimeout as pause } from 'node:timers/promises';

import { readLogRequest, withoutSystemEvents } from './requests';
import type { Wire } from './wire';

/** Between a subscription that was dropped and the next one, in ms. */
const FIRST_PAUSE = 50;
const LONGEST_PAUSE = 2_000;

/**
 * A live subscription to the log that only rings: whoever is woken reads pages from what he handled last. So nothing depends
 * on it. The server drops it when it stops, when its reader is slow (more than 32 events behind, "Consumer too slow"), and
 * sometimes without an error, as an end; it never resumes by itself. Each time another one begins at the log's end, and
 * `resumed` is told that something may have been missed.
 */
export class News {
  readonly #closing = new AbortController();

  constructor(
    private readonly wire: Wire,
    private readonly ring: (position: number) => void,
    private readonly resumed: () => void,
  ) {
    void this.#follow();
  }

  close(): void {
    this.#closing.abort();
  }

  async #follow(): Promise<void> {
    const { signal } = this.#closing;
    for (let wait = FIRST_PAUSE; !signal.aborted; wait = Math.min(wait * 2, LONGEST_PAUSE)) {
      const began = performance.now();
      await this.#listen(signal).catch(() => {
        // Why it was dropped makes no difference, and a server that is gone is noticed by whoever asks it something.
      });
      if (performance.now() - began > LONGEST_PAUSE) wait = FIRST_PAUSE;
      await pause(wait, undefined, { signal }).catch(() => {});
    }
  }

  async #listen(signal: AbortSignal): Promise<void> {
    const request = readLogRequest({ from: 'end', live: true, filter: withoutSystemEvents() });
    const listening = this.wire.listen(request, signal);
    this.resumed();
    for await (const { position } of listening) this.ring(position);
  }
}
