/** From one batch to the next, in ms, where nobody waits: what comes meanwhile goes into one transaction instead of many. */
const BREATH_MS = 20;
/** After a batch that shows more than some 2,000 events a second: there, fewer transactions count for more than read models that nobody asks. */
const LONG_BREATH_MS = 50;
const LONG_BATCH = 80;

/**
 * How fast batches follow each other. Under load small batches would cost more than the writes that they follow; a reader
 * who waits for one is not kept waiting.
 */
export class Pace {
  #urged = false;
  #wake: (() => void) | undefined;

  /** Somebody waits for a position that is not reached yet. */
  urge(): void {
    this.#urged = true;
    this.#wake?.();
  }

  /**
   * Resolves after a breath, at once when urged since the last one, or when `signal` aborts.
   * @param events how many the last batch had
   */
  async breathe(signal: AbortSignal, events: number): Promise<void> {
    if (!this.#urged && !signal.aborted) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, events < LONG_BATCH ? BREATH_MS : LONG_BREATH_MS);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
        signal.addEventListener('abort', this.#wake, { once: true });
      });
      if (this.#wake) signal.removeEventListener('abort', this.#wake);
      this.#wake = undefined;
    }
    this.#urged = false;
  }
}
