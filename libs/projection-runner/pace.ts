/** From the beginning of one batch to that of the next, in ms, where nobody waits: what comes meanwhile goes into one transaction instead of many. */
const BEAT_MS = 30;
/** The same where more than so many events come in a ms: there, fewer transactions count for more than read models that nobody asks. */
const LONG_BEAT_MS = 90;
const MANY = 2;

/**
 * How fast batches follow each other. Under load small batches would cost more than the writes that they follow; a reader
 * who waits for one is not kept waiting.
 */
export class Pace {
  readonly #now: () => number;
  #began: number;
  /** Of the last batches, the last one counting most: how many events there were, and in how many ms they came. */
  #events = 0;
  #gatheredMs = 0;
  #urged = false;
  #wake: (() => void) | undefined;

  /** `now`: of a clock that only goes forward, in ms. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#began = now();
  }

  /** A batch of so many events begins. */
  begin(events: number): void {
    const now = this.#now();
    this.#events = this.#events / 2 + events;
    this.#gatheredMs = this.#gatheredMs / 2 + now - this.#began;
    this.#began = now;
  }

  /** Somebody waits for a position that is not reached yet. */
  urge(): void {
    this.#urged = true;
    this.#wake?.();
  }

  /**
   * How long to rest after the batch, in ms. A slow one has had its rest: what came meanwhile is late enough. And many events after a halt are no
   * more than usual.
   */
  get restMs(): number {
    const beat = this.#events > MANY * this.#gatheredMs ? LONG_BEAT_MS : BEAT_MS;
    return Math.max(0, this.#began + beat - this.#now());
  }

  /** Resolves when the next batch may begin, at once when urged since the last one, or when `signal` aborts. */
  async rest(signal: AbortSignal): Promise<void> {
    const { restMs } = this;
    if (restMs > 0 && !this.#urged && !signal.aborted) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, restMs);
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
